//! Warnings for people: those that say the same of many pages are one line.

use misl::task::document::WarningView;

/// More different details of one kind than this are counted, not printed.
const MAX_DETAILS: usize = 3;
/// More runs of pages than this are counted, not printed.
const MAX_RUNS: usize = 8;

/// One kind of warning with one detail, and the pages it stands on, in order.
struct Group<'a> {
    of: &'a WarningView,
    pages: Vec<u32>,
}

/// Returns the lines that say `warnings`, in the order of their first pages:
/// `hidden-text, p. 1–500: 4 letters lie under an opaque box`.
pub(crate) fn lines(warnings: &[&WarningView]) -> Vec<String> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for &warning in warnings {
        let same = |group: &&mut Group<'_>| {
            (group.of.kind, &group.of.detail) == (warning.kind, &warning.detail)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.pages.extend(warning.page),
            None => groups.push(Group { of: warning, pages: warning.page.into_iter().collect() }),
        }
    }
    let mut lines = Vec::new();
    let mut told: Vec<&str> = Vec::new();
    for group in &groups {
        let kind = group.of.kind;
        let n_told = told.iter().filter(|told| **told == kind).count();
        told.push(kind);
        if n_told < MAX_DETAILS {
            lines.push(line(group.of, &group.pages));
        } else if n_told == MAX_DETAILS {
            lines.push(rest(&groups, kind));
        }
    }
    lines
}

fn line(warning: &WarningView, pages: &[u32]) -> String {
    let what = if warning.detail.is_empty() { warning.words } else { &warning.detail };
    format!("{}{}: {what}", warning.kind, places(pages))
}

/// Returns the line for all details of a kind beyond those that are printed.
fn rest(groups: &[Group<'_>], kind: &str) -> String {
    let rest = groups.iter().filter(|group| group.of.kind == kind).skip(MAX_DETAILS);
    let (mut n, mut pages) = (0_usize, Vec::new());
    for group in rest {
        n += group.pages.len().max(1);
        pages.extend(&group.pages);
    }
    pages.sort_unstable();
    pages.dedup();
    format!("{kind}{}: {n} more", places(&pages))
}

/// Returns `, p. 1–3, 7`, or nothing where a warning stands on no page.
fn places(pages: &[u32]) -> String {
    let mut runs = Vec::new();
    for run in pages.chunk_by(|a, b| a.checked_add(1) == Some(*b) || a == b) {
        if let (Some(first), Some(last)) = (run.first(), run.last()) {
            runs.push(if first == last { first.to_string() } else { format!("{first}–{last}") });
        }
    }
    let n_more = runs.len().saturating_sub(MAX_RUNS);
    runs.truncate(MAX_RUNS);
    match (runs.is_empty(), n_more) {
        (true, _) => String::new(),
        (false, 0) => format!(", p. {}", runs.join(", ")),
        (false, n) => format!(", p. {} and {n} more places", runs.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn warning(kind: &'static str, page: Option<u32>, detail: &str) -> WarningView {
        WarningView { kind, words: "in words", page, detail: detail.to_owned() }
    }

    fn told(warnings: &[WarningView]) -> Vec<String> {
        lines(&warnings.iter().collect::<Vec<_>>())
    }

    #[test]
    fn what_is_said_of_many_pages_is_one_line() {
        let mut all = vec![warning("no-date", None, "")];
        all.extend([1, 2, 3, 7].map(|page| warning("no-text", Some(page), "")));
        all.push(warning("hidden-text", Some(2), "4 letters"));
        assert_eq!(
            told(&all),
            ["no-date: in words", "no-text, p. 1–3, 7: in words", "hidden-text, p. 2: 4 letters"]
        );
    }

    #[test]
    fn many_details_of_one_kind_are_counted() {
        let all: Vec<WarningView> =
            (1..=9).map(|n| warning("member", None, &format!("file {n}"))).collect();
        assert_eq!(
            told(&all),
            ["member: file 1", "member: file 2", "member: file 3", "member: 6 more"]
        );
        let all: Vec<WarningView> = (1..=5)
            .map(|page| warning("low-text", Some(page), &format!("quality .{page}")))
            .collect();
        assert_eq!(told(&all).last().map(String::as_str), Some("low-text, p. 4–5: 2 more"));
    }

    #[test]
    fn scattered_pages_end_in_a_count() {
        let all: Vec<WarningView> =
            (0..20).map(|n| warning("blank-page", Some(2 * n + 1), "")).collect();
        assert_eq!(
            told(&all),
            ["blank-page, p. 1, 3, 5, 7, 9, 11, 13, 15 and 12 more places: in words"]
        );
    }
}
