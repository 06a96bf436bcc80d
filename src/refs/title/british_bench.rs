//! The bench of a decision of the United Kingdom.

use super::court::title_case;
use super::lines::{Line, squeeze};
use crate::model::PageNo;

/// What a judge is called before his name.
const OFFICES: [&str; 22] = [
    "LORD",
    "LADY",
    "SIR",
    "DAME",
    "MRJUSTICE",
    "MRSJUSTICE",
    "MSJUSTICE",
    "THEHON",
    "HISHONOUR",
    "HERHONOUR",
    "HHJUDGE",
    "THERECORDER",
    "JUDGE",
    "MRRECORDER",
    "COSTSJUDGE",
    "SENIORCOSTSJUDGE",
    "DISTRICTJUDGE",
    "DEPUTYDISTRICTJUDGE",
    "EMPLOYMENTJUDGE",
    "UPPERTRIBUNALJUDGE",
    "MASTER",
    "HHJ",
];

/// Returns the judges named in a caption, each with the page.
pub(super) fn bench(caption: &[Line], versus_idx: Option<usize>) -> Vec<(String, PageNo)> {
    let opens = |line: &Line| line.squeezed().starts_with("BEFORE") && line.text.len() < 200;
    let Some(at) = caption.iter().position(opens) else {
        // The Lands Chamber prints its judge below the parties, with his office.
        let officer = caption.iter().skip(versus_idx.unwrap_or_default()).find_map(|line| {
            let (name, office) = line.text.split_once(", ")?;
            let office = squeeze(office);
            let fits = ["CHAMBERPRESIDENT", "TRIBUNALJUDGE", "JUDGEOFTHEUPPERTRIBUNAL"]
                .iter()
                .any(|end| office.ends_with(end));
            let name = one_name(name).filter(|_| fits && line.text.len() < 80)?;
            Some((name, line.page))
        });
        if let Some(officer) = officer.filter(|_| versus_idx.is_some()) {
            return vec![officer];
        }
        // A transcript of the criminal division has no word before its judges.
        let above = caption.get(..versus_idx.unwrap_or_default()).unwrap_or_default();
        return above
            .iter()
            .filter(|line| starts_with_office(&line.text) && line.text.len() < 60)
            .flat_map(|line| names(&line.plain(), line.page))
            .collect();
    };
    let mut bench = Vec::new();
    for (idx, line) in caption.iter().enumerate().skip(at).take(12) {
        let text = line.plain();
        let text = if idx == at { behind_before(&text) } else { text.as_str() };
        if idx > at && (line.is_rule() || ends_bench(line)) {
            break;
        }
        bench.extend(names(text, line.page));
    }
    bench
}

/// Returns what stands behind `Before:`, also where it is printed `B E F O R E:`.
fn behind_before(text: &str) -> &str {
    let mut n_letters = 0;
    for (at, c) in text.char_indices() {
        if n_letters == 6 {
            return text.get(at..).unwrap_or_default().trim_start_matches([' ', ':', ',']);
        }
        n_letters += usize::from(c.is_alphabetic());
    }
    ""
}

fn ends_bench(line: &Line) -> bool {
    let letters = line.squeezed();
    [
        "BETWEEN",
        "JUDGMENT",
        "HEARD",
        "DATE",
        "APPELLANT",
        "CLAIMANT",
        "RESPONDENT",
        "ORDER",
        "INTHEMATTER",
        "REGINA",
        "SITTINGAS",
    ]
    .iter()
    .any(|word| letters.starts_with(word))
        || letters.chars().any(|c| c.is_ascii_digit())
}

/// Tells whether a text begins with what a judge is called.
pub(super) fn starts_with_office(text: &str) -> bool {
    let letters = squeeze(text);
    OFFICES.iter().any(|office| letters.starts_with(office))
}

/// Returns the judges of one line: `LORD JUSTICE BEAN, LADY JUSTICE LAING`, `Lord Reed, President`,
/// `Lord Reed, President Lord Hodge, Deputy President Lord Briggs` (a table cell read as one line).
pub(super) fn names(text: &str, page: PageNo) -> Vec<(String, PageNo)> {
    let text = text.split('(').next().unwrap_or_default();
    // `M Hemingway: Judge of the Upper Tribunal`.
    let text = text.split(": ").next().unwrap_or_default();
    let mut names: Vec<String> = Vec::new();
    let mut ended = false;
    let pieces = text.split([',', ';']).flat_map(|piece| piece.split(" and "));
    for piece in pieces.flat_map(|piece| piece.split(" AND ")) {
        for name in split_at_offices(piece) {
            let is_office = ["President", "PRESIDENT", "Vice", "VICE", "Master", "Deputy"];
            let name = name.trim();
            // `Deputy Upper Tribunal Judge Dell` has a name behind the office.
            let named = name.contains(" Judge ") || name.contains(" JUDGE ");
            if !named && is_office.iter().any(|office| name.starts_with(office)) {
                continue;
            }
            // Behind a comma only another judge of an office is a name: `Lane, of Kite Chambers`.
            if !ended || starts_with_office(name) {
                names.extend(one_name(name));
            }
            ended = true;
        }
    }
    names.into_iter().map(|name| (name, page)).collect()
}

/// Parts `President Lord Hodge` and `Lord Briggs Lord Hamblen` before each `Lord` and `Lady`.
fn split_at_offices(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for office in [" Lord ", " Lady ", " Sir ", " Dame "] {
        let office_at = text.match_indices(office).map(|(at, _)| at + 1);
        pieces.extend(office_at);
    }
    pieces.sort_unstable();
    let mut parts = Vec::new();
    for at in pieces.into_iter().chain([text.len()]) {
        parts.extend(text.get(start..at));
        start = at;
    }
    parts
}

/// Cleans one name: no `THE HON.`, no orders behind it.
fn one_name(name: &str) -> Option<String> {
    let name = name.trim().trim_matches(['-', '–', ' ', '.']);
    let name = ["THE HON. ", "THE HON ", "The Hon. ", "The Honourable ", "THE HONOURABLE "]
        .iter()
        .find_map(|title| name.strip_prefix(title))
        .unwrap_or(name);
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.last().is_some_and(|word| {
        matches!(
            *word,
            "DBE" | "CBE" | "KBE" | "OBE" | "and" | "AND" | "QC" | "KC" | "Q.C" | "Q.C."
        ) && words.len() > 2
    }) {
        words.pop();
    }
    let letters = words.iter().map(|word| word.chars().filter(|c| c.is_alphabetic()).count());
    let fits = (2..=7).contains(&words.len()) && letters.sum::<usize>() >= 5;
    let lower = name.chars().next().is_some_and(char::is_lowercase);
    let capital = !lower;
    let digits = name.chars().any(|c| c.is_ascii_digit());
    (fits && capital && !digits).then(|| {
        let name = initials(&title_case(&words.join(" ")));
        name.split(' ').map(proper).collect::<Vec<_>>().join(" ")
    })
}

/// Writes a word of a name with its capital: `Lord hamblen`, where small capitals were meant, and
/// `Mr JUSTICE DELL`.
fn proper(word: &str) -> String {
    if matches!(word, "of" | "and" | "the" | "de" | "at" | "HHJ" | "ICC") {
        return word.to_owned();
    }
    let word = if word.len() > 2 { title_case(word) } else { word.to_owned() };
    let mut letters = word.chars();
    let first = letters.next().map(|c| c.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}", letters.as_str())
}

/// `Mr C M G Ockelton` keeps its initials; a title of a name in capitals has made none small.
fn initials(name: &str) -> String {
    name.split(' ')
        .map(|word| if word.chars().count() == 1 { word.to_uppercase() } else { word.to_owned() })
        .collect::<Vec<_>>()
        .join(" ")
}
