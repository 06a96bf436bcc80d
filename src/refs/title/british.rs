//! The caption of a decision of the United Kingdom: number, bench and parties.
//!
//! `Before :` opens the bench, `Between :` the parties, rules of dashes end both; the Supreme Court
//! and the Privy Council print the parties on one line, some tribunals behind `Appellant:`.

use super::british_bench::{bench, names, starts_with_office};
use super::caption::Title;
use super::lines::{Line, squeeze};
use super::party;
use crate::model::PageNo;

/// How many lines a caption may have.
const MAX_LINES: usize = 60;

/// Reads the caption; `court_idx` is the line that names the court, or the neutral citation.
pub(super) fn read_title(head: &[Line], court_idx: usize) -> Title {
    let caption = head.get(..head.len().min(MAX_LINES)).unwrap_or_default();
    let mut title = Title { numbers: numbers(caption), end: court_idx + 1, ..Title::empty() };
    let versus_idx = versus(caption);
    title.bench = bench(caption, versus_idx);
    let sides = match versus_idx {
        Some(idx) => Some(two_sides(caption, idx)),
        None => in_line(caption).or_else(|| labelled(caption)).or_else(|| matter(caption)),
    };
    if let Some(Sides { a, b, page, end }) = sides {
        (title.side_a, title.side_b, title.parties_page, title.end) = (a, b, page, end);
    }
    title
}

// ------------------------------------------------------------------------------------ numbers

/// `Case No: A2/2021/1372`, `Claim No QB- 2017- 001637`, and a number alone in the first lines.
fn numbers(caption: &[Line]) -> Vec<(String, PageNo)> {
    let labelled =
        caption.iter().find_map(|line| Some((labelled_number(&line.plain())?, line.page)));
    let number = labelled.or_else(|| {
        caption.iter().take(6).find_map(|line| {
            let text = line.plain().trim().to_owned();
            is_bare_number(&text).then_some((text, line.page))
        })
    });
    number.into_iter().collect()
}

/// Returns the judges whom the author's line names, without their honours.
pub(super) fn judges(text: &str) -> Vec<String> {
    names(text, PageNo::FIRST).into_iter().map(|(name, _)| name).collect()
}

fn labelled_number(text: &str) -> Option<String> {
    const LABELS: [&str; 6] =
        ["case no", "case number", "claim no", "claim number", "appeal no", "appeal number"];
    if text.len() > 120 {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    let (at, label) = LABELS.iter().find_map(|label| Some((lower.find(label)?, label)))?;
    // `Privy Council Appeal No 0009 of 2014` has its words before the label.
    let start = if lower.starts_with("privy council") { 0 } else { at };
    let mut kept = text.get(start..at + label.len())?.to_owned();
    let mut has_digit = false;
    let mut open = true;
    let mut rest = text.get(at + label.len()..)?;
    if let Some(shorter) = rest.strip_prefix("s:").or_else(|| rest.strip_prefix("s ")) {
        // `Case Numbers:` is no label of one number.
        rest = shorter;
        kept.clear();
    }
    for word in rest.split_whitespace() {
        let fits = word
            .chars()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || "/-:.()".contains(c));
        // `2009 Folio 462` is a number of the Commercial Court.
        let of_year = has_digit && matches!(word, "of" | "Folio");
        if !(fits || of_year) || (has_digit && !open && !of_year && !word.starts_with(['-', '/'])) {
            break;
        }
        let glued = matches!(word, ":" | "." | ".:");
        if !glued && !word.starts_with([':', '.']) && !kept.is_empty() {
            kept.push(' ');
        }
        kept.push_str(word);
        has_digit |= word.chars().any(|c| c.is_ascii_digit());
        open = of_year || word.ends_with(['-', '/']);
    }
    has_digit.then(|| kept.trim_end_matches([',', '.', ' ']).to_owned())
}

/// `B2/2004/2060`.
fn is_bare_number(text: &str) -> bool {
    text.len() < 24
        && text.matches('/').count() == 2
        && text.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '/')
        && text.chars().any(|c| c.is_ascii_digit())
}

// ------------------------------------------------------------------------------------ parties

struct Sides {
    a: Vec<String>,
    b: Vec<String>,
    page: PageNo,
    end: usize,
}

/// Finds the line between the sides: `- and -`, `-v-`, `and` behind `Between`.
fn versus(caption: &[Line]) -> Option<usize> {
    let between = caption.iter().position(|line| line.squeezed() == "BETWEEN");
    let from = between.unwrap_or_default();
    caption.iter().enumerate().skip(from).find_map(|(idx, line)| {
        let plain = line.plain();
        let text = plain.trim();
        let dashed = text.starts_with(['-', '–']);
        let rest = text.trim_start_matches(['-', '–', ' ']);
        let word = rest.split([' ', '-', '–']).next().unwrap_or_default();
        let known =
            matches!(word.to_ascii_lowercase().as_str(), "and" | "v" | "v." | "versus" | "vs");
        let alone = squeeze(text) == squeeze(word);
        let closed =
            rest.get(word.len()..).is_some_and(|rest| rest.trim_start().starts_with(['-', '–']));
        let is_and = word.eq_ignore_ascii_case("and");
        let fits = known
            && (alone || (dashed && closed))
            && (dashed || !is_and || between.is_some())
            // The last name of a bench stands behind an `and` alone, before the parties.
            && !(is_and && between.is_none() && !dashed);
        fits.then_some(idx)
    })
}

/// Reads the lines above and below the line between the sides.
fn two_sides(caption: &[Line], versus_idx: usize) -> Sides {
    let start = caption
        .get(..versus_idx)
        .unwrap_or_default()
        .iter()
        .rposition(|line| {
            let letters = line.squeezed();
            letters == "BETWEEN"
                || line.is_rule()
                || starts_with_office(&line.text)
                || ["DATE", "BEFORE", "NEUTRALCITATION", "CASENO"]
                    .iter()
                    .any(|word| letters.starts_with(word))
        })
        .map_or(0, |at| at + 1);
    let above: Vec<String> =
        caption.get(start..versus_idx).unwrap_or_default().iter().flat_map(cells).collect();
    let mut below = Vec::new();
    // `- and – (1) A (2) B` in one cell of a table.
    if let Some(line) = caption.get(versus_idx) {
        let text = line.text.trim_start_matches(['-', '–', ' ']);
        let word = text.split([' ', '-', '–']).next().unwrap_or_default().len();
        let rest = text.get(word..).unwrap_or_default().trim_start_matches(['-', '–', ' ']);
        below.extend(
            rest.split('\t').map(str::trim).filter(|cell| !cell.is_empty()).map(str::to_owned),
        );
    }
    let mut end = versus_idx + 1;
    let mut closed = below.last().is_some_and(|cell| party::is_role_line(cell));
    while let Some(line) = caption.get(end).filter(|line| {
        !closed
            && !line.is_rule()
            && line.text.len() < 160
            && below.len() < 20
            && !ends_parties(line)
    }) {
        below.extend(cells(line));
        closed = below.last().is_some_and(|cell| party::is_role_line(cell));
        end += 1;
    }
    let page = caption.get(versus_idx).map_or(PageNo::FIRST, |line| line.page);
    Sides { a: parties(&above), b: parties(&below), page, end }
}

fn cells(line: &Line) -> Vec<String> {
    line.text
        .split('\t')
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .map(str::to_owned)
        .collect()
}

fn ends_parties(line: &Line) -> bool {
    let letters = line.squeezed();
    ["REPRESENTATION", "JUDGMENT", "ORDER", "DECISION", "COMPUTERAIDED", "FORTHE", "HEARINGDATE"]
        .iter()
        .any(|word| letters.starts_with(word))
        || letters.contains("INSTRUCTEDBY")
        || letters.contains("APPEAREDON")
}

/// Makes names of the lines of one side, up to the first line that is only a role.
fn parties(lines: &[String]) -> Vec<String> {
    let pieces: Vec<String> = lines
        .iter()
        .take_while(|line| !party::is_role_line(line))
        .filter(|line| !(line.starts_with('(') && line.to_uppercase().contains("ORDER")))
        .flat_map(|line| numbered(line))
        .flat_map(|piece| titled(&piece))
        .collect();
    let are_numbered = pieces.iter().any(|piece| without_number(piece) != piece);
    let mut names: Vec<String> = Vec::new();
    for piece in &pieces {
        let bare = without_number(piece);
        let goes_on = names.last().is_some_and(|last| {
            let last = last.trim_end().to_ascii_lowercase();
            (are_numbered && bare == piece)
                || [" of", " the", " and", " &", ","].iter().any(|end| last.ends_with(end))
                || bare.starts_with(char::is_lowercase)
                || bare.starts_with('(')
                || ["FOR ", "OF ", "ON THE APPLICATION OF"].iter().any(|w| bare.starts_with(w))
                || matches!(squeeze(bare).as_str(), "LIMITED" | "LTD" | "PLC" | "LLP" | "COMPANY")
        });
        match names.last_mut().filter(|_| goes_on) {
            Some(last) => {
                last.push(' ');
                last.push_str(bare);
            }
            None => names.push(bare.to_owned()),
        }
    }
    names
        .iter()
        .map(|name| clean(name))
        .filter(|name| name.chars().any(char::is_alphabetic))
        .collect()
}

/// Parts `DR A DR B`, two names of one cell, before each title; not inside brackets.
fn titled(piece: &str) -> Vec<String> {
    let mut parts: Vec<String> = vec![String::new()];
    let mut depth = 0;
    let mut joined = true;
    for word in piece.split(' ') {
        let title = matches!(word, "DR" | "MR" | "MRS" | "MISS" | "MS");
        let long = parts.last().is_some_and(|part| part.split(' ').count() >= 3);
        if title && depth == 0 && !joined && long {
            parts.push(String::new());
        }
        if let Some(part) = parts.last_mut() {
            if !part.is_empty() {
                part.push(' ');
            }
            part.push_str(word);
        }
        depth += word.matches('(').count();
        depth = depth.saturating_sub(word.matches(')').count());
        joined = matches!(squeeze(word).as_str(), "AND" | "OF" | "BY" | "FOR" | "" | "THE" | "OBO")
            || word.ends_with(',');
    }
    parts
}

/// Parts `(1) A (2) B`.
fn numbered(line: &str) -> Vec<String> {
    let mut parts = Vec::new();
    let mut start = 0;
    for no in 2..20 {
        let mark = format!(" ({no}) ");
        let Some(at) = line.get(start..).and_then(|rest| rest.find(&mark)) else { continue };
        parts.extend(line.get(start..start + at).map(str::to_owned));
        start += at + 1;
    }
    parts.extend(line.get(start..).map(str::to_owned));
    parts
}

fn without_number(line: &str) -> &str {
    let Some(rest) = line.strip_prefix('(') else { return line };
    let digits = rest.chars().take_while(char::is_ascii_digit).count();
    match rest.get(digits..).and_then(|rest| rest.strip_prefix(')')) {
        Some(rest) if digits > 0 => rest.trim(),
        _ => line,
    }
}

/// Drops `– FIRST APPELLANT`, role and place in brackets, and the blanks of `R E G I N A`.
fn clean(name: &str) -> String {
    let mut name = name.trim();
    for dash in [" – ", " - ", " — "] {
        if let Some((before, after)) = name.split_once(dash)
            && party::is_role_line(after)
        {
            name = before;
        }
    }
    // `KITE DELL (1)` has its number behind it.
    if let Some((before, number)) = name.rsplit_once(" (")
        && number.strip_suffix(')').is_some_and(|no| no.len() <= 2 && no.parse::<u8>().is_ok())
    {
        name = before;
    }
    let mut text = party::clean(name);
    // `(AP) (Appellant) (Scotland)`: at most these, from the end.
    while let Some(open) = text.rfind(" (").filter(|_| text.ends_with(')')) {
        let inner = squeeze(text.get(open..).unwrap_or_default());
        let is_remark = party::is_role_line(&inner.to_lowercase())
            || matches!(inner.as_str(), "AP" | "SCOTLAND" | "NORTHERNIRELAND" | "APPELLANTS")
            || inner.contains("PELLANT")
            || inner.contains("RESPONDENT");
        if !is_remark {
            break;
        }
        text.truncate(open);
    }
    let spaced = text.split(' ').all(|word| word.chars().count() == 1) && text.len() > 5;
    if spaced { squeeze(&text) } else { text }
}

/// `Kite (Respondent) v Bird Ltd (Appellant) (Scotland)` on one line, before the bench.
fn in_line(caption: &[Line]) -> Option<Sides> {
    caption.iter().take(14).enumerate().find_map(|(idx, line)| {
        let text = line.plain();
        let (a, b) = text.split_once(" v ")?;
        let fits = text.len() < 250 && !text.contains("] ") && !text.ends_with('.');
        fits.then(|| Sides { a: vec![clean(a)], b: vec![clean(b)], page: line.page, end: idx + 1 })
    })
}

/// `Appellant: Kite Ltd`, and `Respondent: …` where there is one.
fn labelled(caption: &[Line]) -> Option<Sides> {
    let find = |roles: &[&str]| {
        caption.iter().take(25).enumerate().find_map(|(idx, line)| {
            let text = line.plain();
            let (role, name) = text.split_once(':')?;
            let role = squeeze(role);
            let is_role = roles.iter().any(|known| role == *known || role == format!("{known}S"));
            let name = clean(name);
            (is_role && !name.is_empty() && name.len() < 120).then_some((idx, name, line.page))
        })
    };
    let (first, a, page) = find(&["APPELLANT", "CLAIMANT", "APPLICANT"])?;
    let other = find(&["RESPONDENT", "DEFENDANT"]);
    let end = other.as_ref().map_or(first, |(idx, _, _)| first.max(*idx)) + 1;
    let b = other.into_iter().map(|(_, name, _)| name).collect();
    Some(Sides { a: vec![a], b, page, end })
}

/// `IN THE MATTER OF`, the name, and `Applicant`: a matter of one side.
fn matter(caption: &[Line]) -> Option<Sides> {
    let at = caption.iter().position(|line| line.squeezed() == "INTHEMATTEROF")?;
    let behind = caption.get(at + 1..)?;
    let role = behind.iter().take(5).position(|line| party::is_role_line(&line.text))?;
    let names: Vec<String> = behind.get(..role)?.iter().map(Line::plain).collect();
    let page = caption.get(at)?.page;
    let a = parties(&names);
    (!a.is_empty()).then_some(Sides { a, b: Vec::new(), page, end: at + role + 2 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Role;

    fn title(text: &str) -> Title {
        let lines: Vec<Line> = text
            .lines()
            .map(str::trim)
            .enumerate()
            .map(|(idx, text)| Line {
                text: text.to_owned(),
                page: PageNo::FIRST,
                role: Role::Body,
                paragraph: idx,
                left: None,
                right: false,
            })
            .collect();
        read_title(&lines, 0)
    }

    #[track_caller]
    fn check(text: &str, expect: &str) {
        let title = title(text);
        let list = |values: Vec<(String, PageNo)>| {
            values.into_iter().map(|(value, _)| value).collect::<Vec<_>>().join("; ")
        };
        let found = [
            list(title.numbers),
            list(title.bench),
            title.side_a.join("; "),
            title.side_b.join("; "),
        ];
        assert_eq!(found.join(" | "), expect);
    }

    #[test]
    fn high_court_with_many_defendants() {
        check(
            "Claim No KB- 2031- 001637
            IN THE HIGH COURT OF JUSTICE
            Before:
            MRS JUSTICE DELL DBE
            (SITTING ALONE)
            - - - -
            Between:
            THE QUEEN
            on the application of
            KITE TOWN\tClaimant
            - and – (1) MR NADIR (2) BIRD INSURANCE\tDefendants
            (1) SKY LIMITED
            Interested Parties
            - - - -",
            "Claim No KB- 2031- 001637 | Mrs Justice Dell | THE QUEEN on the application of KITE TOWN | MR NADIR; BIRD INSURANCE",
        );
    }

    #[test]
    fn spaced_letters_and_a_bench_without_its_word() {
        check(
            "IN THE COURT OF APPEAL
            Case No: 2031/01379/B1
            Thursday 23rd September 2031
            LORD JUSTICE DELL
            MR JUSTICE NADIR KHAN
            ______
            R E G I N A
            - v –
            BILAL KITE
            ______",
            "Case No: 2031/01379/B1 | Lord Justice Dell; Mr Justice Nadir Khan | REGINA | BILAL KITE",
        );
    }

    #[test]
    fn supreme_court_in_single_lines() {
        check(
            "Easter Term [2031] UKSC 14 On appeal from: [2030] EWCA Civ 7
            JUDGMENT
            Kite Corp (Respondent) v Bird BV (previously known as Wing BV) (Appellant) (Scotland)
            before Lord Dell, President Lord Khan, Deputy President Lord Wing
            JUDGMENT GIVEN ON 8 May 2031",
            " | Lord Dell; Lord Khan; Lord Wing | Kite Corp | Bird BV (previously known as Wing BV)",
        );
    }

    #[test]
    fn names_of_several_lines() {
        check(
            "Claim No: 2031 Folio 462
            Before:
            COSTS JUDGE WING
            Between:
            THE KING
            ON THE APPLICATION OF
            MRS MIRA DELL
            Claimant
            and
            HIS MAJESTY’S ASSISTANT KEEPER
            FOR INNER KITE TOWN
            Defendant",
            "Claim No: 2031 Folio 462 | Costs Judge Wing | THE KING ON THE APPLICATION OF MRS MIRA DELL | HIS MAJESTY’S ASSISTANT KEEPER FOR INNER KITE TOWN",
        );
        check(
            "Date: 1 May 2031
            Before:
            COSTS JUDGE WING
            REX
            v
            KITE",
            " | Costs Judge Wing | REX | KITE",
        );
        check(
            "UTLC Case Numbers: LC-2031-353
            BETWEEN:
            MIRA DELL (1)
            BOB DELL (2)
            Appellants
            -and-
            the royal borough of kites
            Respondent
            Nadir Wing KC, Deputy Chamber President",
            "LC-2031-353 | Nadir Wing | MIRA DELL; BOB DELL | the royal borough of kites",
        );
        check(
            "Before:
            Mr JUSTICE WING
            IN THE MATTER OF
            Bob Dell
            Applicant
            ____",
            " | Mr Justice Wing | Bob Dell | ",
        );
        assert_eq!(titled("DR MIRA DELL DR BOB DELL"), ["DR MIRA DELL", "DR BOB DELL"]);
        assert_eq!(titled("KITE (BY HIS FRIEND MRS DELL)"), ["KITE (BY HIS FRIEND MRS DELL)"]);
    }

    #[test]
    fn tribunals() {
        check(
            "IN THE UPPER TRIBUNAL Appeal No. UA-2031-000019-T
            Before: M Dell: Judge of the Upper Tribunal
            A Khan: Member of the Upper Tribunal
            Appellant: Kite 2014 Limited
            Licence Number: OF2043707
            Nadir v Secretary of Kites [2030] EWCA Civ 695",
            "Appeal No. UA-2031-000019-T | M Dell; A Khan | Kite 2014 Limited | ",
        );
        check(
            "Upper Tribunal
            Before
            THE HON. MR JUSTICE LANE, PRESIDENT
            MR C M KITE, VICE PRESIDENT
            Between
            MIRA KHAN – FIRST APPELLANT
            MK – SECOND APPELLANT
            Appellants
            and
            THE SECRETARY OF KITES
            Respondent",
            " | Mr Justice Lane; Mr C M Kite | MIRA KHAN; MK | THE SECRETARY OF KITES",
        );
    }
}
