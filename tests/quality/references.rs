//! Legal references of whole documents, page by page and family by family.
//!
//! Columns of `labels-refs.tsv`: `file`, `page`, `family` (a name of `RefKind`), `text` as printed,
//! `id`, the normal form, `note`. A document without references has one line of family `none`.
//! `refs-upto.tsv` (`file`, then the last page that was read) says of which pages nothing is known.
//! References without a normal form (`ibid.` of something that is no reference) are not asked for.
//!
//! Not judged either way: rows of which the reader was unsure (`?` in the note), what stands in running
//! heads, menus and readers' comments (boilerplate is not searched), ids that misl has no form for (`unknown-type`), the sections
//! inside a range. Where the
//! reader had to guess the normal form (`slug-guess`), the printed words decide. A part found without
//! its section (`sub-section (2)`) in a table that lists no such part: its readers did not write them.

use std::collections::BTreeMap;

use super::{Labels, Tally, letters};
use misl::model::{Page, PageNo, Reference};
use misl::task::Knowledge;

/// The share of printed references that is found, and of found references that are printed.
const RECALL: f64 = 0.95;
const PRECISION: f64 = 0.98;

/// A labelled reference.
struct Label<'a> {
    page: u32,
    family: &'a str,
    text: &'a str,
    id: &'a str,
    note: &'a str,
}

impl Label<'_> {
    fn is_optional(&self) -> bool {
        let families = ["report", "neutral", "case", "statute", "instrument", "index", "treaty"];
        self.note.contains('?')
            || ["running header", "site menu", "reader comment"]
                .iter()
                .any(|chrome| self.note.contains(chrome))
            || self.note.contains("unknown-type")
            || self.id.is_empty()
            || !families.contains(&self.family) && self.family != "back"
    }

    /// Tells whether `reference`, printed as `printed`, is the one that the reader saw.
    fn is(&self, reference: &Reference, printed: &str) -> bool {
        if self.page != reference.page.get() {
            return false;
        }
        let (seen, found) = (letters(self.text), letters(printed));
        self.id == reference.id
            || ["slug-guess", "unknown-type", "?"].iter().any(|guess| self.note.contains(guess))
                && !found.is_empty()
                && (seen.contains(&found) || found.contains(&seen))
    }
}

#[test]
fn references_are_those_of_the_pages() {
    let Some(labels) = Labels::open("labels-refs.tsv") else { return };
    let upto: BTreeMap<String, u32> =
        Labels::open("refs-upto.tsv").map_or_else(BTreeMap::new, |table| {
            let cell = |row: &BTreeMap<String, String>| -> Option<(String, u32)> {
                let last = row.iter().filter(|(name, _)| *name != "file");
                Some((row["file"].clone(), last.filter_map(|(_, cell)| cell.parse().ok()).max()?))
            };
            table.rows.iter().filter_map(cell).collect()
        });
    let knowledge = Knowledge::builtin().unwrap();
    let mut by_file: BTreeMap<&str, Vec<Label<'_>>> = BTreeMap::new();
    for row in &labels.rows {
        let references = by_file.entry(row["file"].as_str()).or_default();
        if row["family"] != "none" {
            references.push(Label {
                page: row["page"].parse().unwrap(),
                family: &row["family"],
                text: &row["text"],
                id: &row["id"],
                note: row.get("note").map_or("", String::as_str),
            });
        }
    }
    let lists_parts =
        by_file.values().flatten().any(|label| !label.is_optional() && is_bare_part(label.text));
    let mut recall: BTreeMap<String, Tally> = BTreeMap::new();
    let mut precision: BTreeMap<String, Tally> = BTreeMap::new();
    let mut without_text = Tally::default();
    for (file, mut printed) in by_file {
        let understood = labels.understand(file, &knowledge);
        let words = |page: PageNo, span: &std::ops::Range<usize>| -> String {
            let page = understood.pages.iter().find(|one| one.number == page);
            page.and_then(|page| page.text.get(span.clone())).unwrap_or_default().to_owned()
        };
        // What the reader is sure of first, so that an unsure row takes nothing from it.
        printed.sort_by_key(Label::is_optional);
        // What only stands inside a range takes no label from what is printed elsewhere.
        let inside = |one: &Reference| is_inside_a_range(&one.id, &words(one.page, &one.span));
        let (ranged, plain): (Vec<&Reference>, Vec<&Reference>) =
            understood.references.iter().partition(|one| inside(one));
        for reference in plain.into_iter().chain(ranged) {
            let page = reference.page.get();
            if reference.id.is_empty() || upto.get(file).is_some_and(|last| page > *last) {
                continue;
            }
            let whole = words(reference.page, &reference.whole);
            if !lists_parts && is_bare_part(&whole) {
                continue;
            }
            let exact = |label: &Label<'_>| label.page == page && label.id == reference.id;
            let at = printed
                .iter()
                .position(exact)
                .or_else(|| printed.iter().position(|label| label.is(reference, &whole)));
            let Some(at) = at else {
                if is_inside_a_range(&reference.id, &words(reference.page, &reference.span)) {
                    continue;
                }
                let family = precision.entry(reference.kind.name().to_owned()).or_default();
                family.add(false, || format!("{file} p. {page}: {}  `{whole}`", reference.id));
                continue;
            };
            let label = printed.remove(at);
            if !label.is_optional() {
                // The family is the label's: a resolved `supra` counts as such.
                precision.entry(label.family.to_owned()).or_default().n_right += 1;
                recall.entry(label.family.to_owned()).or_default().n_right += 1;
            }
        }
        for label in printed.iter().filter(|label| !label.is_optional()) {
            let has_text = |page: &Page| page.number.get() == label.page && !page.text.is_empty();
            let tally = if understood.pages.iter().any(has_text) {
                recall.entry(label.family.to_owned()).or_default()
            } else {
                &mut without_text
            };
            tally
                .add(false, || format!("{file} p. {}: {}  `{}`", label.page, label.id, label.text));
        }
    }
    println!("references on pages without text, not judged: {}", without_text.wrong.len());
    let (recall, precision) = (whole(recall, "found"), whole(precision, "right"));
    assert!(recall >= RECALL, "recall {recall:.3}");
    assert!(precision >= PRECISION, "precision {precision:.3}");
}

/// Tells whether a section is named by `421 to 424` or `8–25` alone: readers wrote down the ends.
fn is_inside_a_range(id: &str, printed: &str) -> bool {
    let item = id.rsplit('/').next().unwrap_or_default();
    let number: String = item.chars().filter(char::is_ascii_digit).collect();
    let dashed = printed.split(['-', '–']).filter(|part| !part.is_empty()).collect::<Vec<_>>();
    let range = dashed.windows(2).any(|pair| {
        pair[0].trim_end().ends_with(|c: char| c.is_ascii_digit())
            && pair[1].trim_start().starts_with(|c: char| c.is_ascii_digit())
    });
    (range || printed.to_lowercase().contains(" to "))
        && !number.is_empty()
        && !printed.contains(&number)
}

/// Tells whether `sub-section (2)` or `clause (b) and (c)` stands alone, without its section or act.
fn is_bare_part(printed: &str) -> bool {
    let lower = printed.to_lowercase().replace([' ', '-', '\n', '.'], "");
    let names =
        ["subsections", "subsection", "subrules", "subrule", "subss", "subs", "clauses", "clause"];
    let Some(rest) = names.iter().find_map(|name| lower.strip_prefix(name)) else { return false };
    let words = rest.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() > 3);
    rest.starts_with('(') && words.count() == 0
}

/// Prints the figures of each family and of all, and returns the share of all.
fn whole(families: BTreeMap<String, Tally>, what: &str) -> f64 {
    let mut all = Tally::default();
    for (family, tally) in families {
        tally.print(&format!("{family}, {what}"));
        all.take(tally);
    }
    all.print_share(&format!("all families, {what}"));
    all.share()
}
