//! Heads of Indian High Courts, as their registries print them.

use super::lines::Line;
use super::{number, party};
use crate::model::Role;

/// Returns the head without the registry's marks and without counsel.
///
/// `$~`, `*`, `%` and `+` stand before the lines of an order of Delhi; a block `Through: Mr. …` stands
/// below each party, between it and `versus`; the stamp of the signature stands at the foot.
pub(super) fn head(head: Vec<Line>) -> Vec<Line> {
    let mut kept: Vec<Line> = Vec::with_capacity(head.len());
    let mut counsel = 0;
    for mut line in head {
        if line.role == Role::Form || line.text.starts_with("$~") {
            continue;
        }
        if let Some(rest) = without_mark(&line.text).map(str::to_owned) {
            line.text = rest;
        }
        let opens = line.text.get(..8).is_some_and(|head| head.eq_ignore_ascii_case("through:"));
        let closes = party::versus(&line.text).is_some()
            || number::is_number_line(&line.text)
            || line.is_rule()
            || ["CORAM", "BEFORE", "PRESENT", "HONBLE", "JUDGMENT", "ORDER", "DATE"]
                .iter()
                .any(|word| line.squeezed().starts_with(word));
        if opens {
            counsel = 30;
        } else if closes {
            counsel = 0;
        }
        if counsel > 0 {
            counsel -= 1;
            continue;
        }
        kept.push(line);
    }
    kept
}

/// Returns what follows a mark of the registry.
fn without_mark(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['*', '%', '+'])?;
    rest.starts_with(['\t', ' ']).then(|| rest.trim())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::PageNo;

    #[test]
    fn marks_and_counsel_go() {
        let text = "$~3 & 4
            *\tIN THE HIGH COURT OF DELHI AT NEW DELHI
            +\tITA 363/2031
            KITE PVT LTD\t.....Appellant
            Through: Mr. Adil, Mr. Bird
            & Ms. Wing, Advs.
            versus
            DELL\t.....Respondent
            Through:\tMr. Sky, Adv.
            CORAM:";
        let lines = text.lines().map(|text| Line {
            text: text.trim().to_owned(),
            page: PageNo::FIRST,
            role: Role::Body,
            paragraph: 0,
            left: None,
            right: false,
        });
        let kept = head(lines.collect());
        let texts: Vec<&str> = kept.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "IN THE HIGH COURT OF DELHI AT NEW DELHI",
                "ITA 363/2031",
                "KITE PVT LTD\t.....Appellant",
                "versus",
                "DELL\t.....Respondent",
                "CORAM:"
            ]
        );
    }
}
