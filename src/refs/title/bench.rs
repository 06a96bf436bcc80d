//! The bench: lines behind `Present:` or `Before`, also behind the parties.

use super::caption::{self, Title, Zone};
use super::judge;
use super::lines::{Line, squeeze};
use crate::model::PageNo;

/// Returns the names of a bench line that begins with `Before` or `PRESENT`.
pub(super) fn of_line(line: &Line) -> Vec<(String, PageNo)> {
    let text = line.plain();
    let lower = text.to_lowercase();
    let start =
        ["present:", "before:", "before :", "coram:", "present :", "bench:", "before ", "present "]
            .iter()
            .find_map(|word| lower.starts_with(word).then_some(word.len()))
            .unwrap_or(text.len());
    let rest = text.get(start..).unwrap_or_default();
    rest.split([',', ';'])
        .flat_map(|part| part.split(" and "))
        .filter_map(judge::bench_name)
        .map(|name| (name, line.page))
        .collect()
}

/// Reads a bench printed behind the parties: `Before A, B and C, Circuit Judges.`.
pub(super) fn later(head: &[Line], title: &Title, country: &str) -> Vec<(String, PageNo)> {
    let mut bench = Vec::new();
    let behind = head.get(title.end.min(head.len())..).unwrap_or_default();
    if country == "us"
        && let Some(line) = behind.iter().find(|line| line.squeezed().starts_with("PERCURIAM"))
        && line.text.contains('(')
    {
        // `Per Curiam (DELL, KITE, and WING, Circuit Judges.)` of an order without opinion.
        let inner = line.text.split('(').nth(1).unwrap_or_default();
        return american_names(inner, line.page);
    }
    if country == "in" && bench_in_brackets(behind).is_some_and(|bench| !bench.is_empty()) {
        return bench_in_brackets(behind).unwrap_or_default();
    }
    let Some(at) = behind.iter().take(30).position(|line| caption::zone(line) == Zone::Bench)
    else {
        return bench;
    };
    if country == "us" {
        return american_bench(behind.get(at..).unwrap_or_default());
    }
    if let Some(line) = behind.get(at) {
        bench.extend(of_line(line));
    }
    for line in behind.get(at + 1..).unwrap_or_default().iter().take(12) {
        let judicial = looks_judicial(&line.text) && line.text.len() < 60;
        match judge::bench_name(&line.plain()) {
            Some(name) if judicial => bench.push((name, line.page)),
            // The last word of a long name, in capitals as the line above it.
            Some(name)
                if country == "in"
                    && !name.contains(' ')
                    && !line.text.chars().any(char::is_lowercase)
                    && !bench.is_empty() =>
            {
                if let Some((last, _)) = bench.last_mut() {
                    last.push(' ');
                    last.push_str(&name);
                }
            }
            _ => break,
        }
    }
    bench
}

/// `Before` / `Dell, Chief Judge,` / `Kite and Nadir, Circuit Judges.`: one sentence over lines.
fn american_bench(lines: &[Line]) -> Vec<(String, PageNo)> {
    let Some(page) = lines.first().map(|line| line.page) else { return Vec::new() };
    let mut sentence = String::new();
    for line in lines.iter().take(4) {
        sentence.push_str(&line.plain());
        sentence.push(' ');
        if line.squeezed().ends_with("JUDGES") || line.squeezed().ends_with("JUSTICES") {
            break;
        }
    }
    let rest = sentence.trim_start_matches(char::is_alphabetic).trim_start_matches([':', ' ']);
    american_names(rest, page)
}

/// `[N. KITE, CJI, MIRA DELL AND` / `BOB WING, JJ.]` below the date of a law report.
fn bench_in_brackets(behind: &[Line]) -> Option<Vec<(String, PageNo)>> {
    let near = behind.iter().take(8);
    let at = near.clone().position(|line| line.text.starts_with('['))?;
    let mut whole = String::new();
    for line in behind.iter().skip(at).take(4) {
        whole.push_str(&line.plain());
        whole.push(' ');
        if line.text.ends_with(']') {
            break;
        }
    }
    let page = behind.get(at)?.page;
    let office = squeeze(&whole);
    let judges = office.ends_with("JJ") || office.ends_with('J') || office.ends_with("CJI");
    let names = whole.split(',').flat_map(|part| part.split(" AND ")).flat_map(|part| {
        part.trim_matches(['[', ']', ' ']).trim_start_matches("AND ").split(" and ")
    });
    let names = names.filter_map(judge::bench_name).map(|name| (name, page));
    judges.then(|| names.collect())
}

/// `Dell, Kite, and Wing, Circuit Judges.`
fn american_names(text: &str, page: PageNo) -> Vec<(String, PageNo)> {
    text.split(',')
        .flat_map(|part| part.split(" and "))
        .map(|part| part.trim().trim_start_matches("and "))
        .filter_map(judge::bench_name)
        .map(|name| (name, page))
        .collect()
}

/// Tells whether a line of the bench shows that its person is a judge.
pub(super) fn looks_judicial(text: &str) -> bool {
    let letters = squeeze(text);
    ["JUSTICE", "LORD", "LADY", "SIR", "JUDGE", "DAME", "HCJ", "MASTER"]
        .iter()
        .any(|word| letters.contains(word))
        || letters.ends_with('J')
}
