//! The literals that announce a reference, in one pass over a text.

use std::collections::HashMap;

use super::flow::Flow;
use super::scan::squeeze;
use super::tables::Act;

/// What a literal announces.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Anchor {
    /// A reporter that is written volume, reporter, page.
    Volume(usize),
    /// A reporter's letters, for years that were misread.
    SeriesLetters,
    /// A name of an act.
    Act(usize, Strength),
    /// `Act`, `Ordinance`, `Rules` … at the end of a title.
    TitleEnd,
    /// `section`, `u/s`, `§`, دفعہ.
    Section,
    /// `sub-section`, `clause (`: a part that may stand without its section.
    Part,
    /// `article`, آرٹیکل.
    Article,
    /// `rule`.
    Rule,
    /// `regulation`.
    Regulation,
    /// `Order` before a roman number.
    Order,
    /// `S.R.O.`
    Sro,
    /// An index number of a body.
    Index(usize),
    /// `Application no.` of the court in Strasbourg.
    Strasbourg,
    /// `C-311/18`.
    Luxembourg,
    /// The code of the District of Columbia, or one of its laws.
    District(bool),
    /// `Law No. 1 of 1975`, `Law 108/2011`.
    Law,
    /// `Directive 95/46/EC`, `Regulation (EU)`.
    UnionAct,
    /// `U.S. Const.`
    UsConstitution,
    /// `U.S.C.` and `C.F.R.`
    UsCode(bool),
    /// `ibid`, `id.`
    Ibid,
    /// `supra`
    Supra,
    /// `paragraph`, `at [`: a place of a case that a short name may name.
    Paragraph,
    /// A court's full name.
    Court(usize),
    /// `ECLI:`
    Ecli,
    /// `against the judgment`, `on appeal from`, `impugned`.
    Appeal,
    /// `No.` before a number.
    No,
    /// `versus`.
    Versus,
    /// `hereinafter`, `("…")`: a term is defined.
    Defines,
}

/// How much a name says alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Strength {
    /// The name means this act.
    Strong,
    /// An acronym: exact case.
    Acronym,
    /// Needs a section beside it.
    Weak,
}

pub(super) fn folded(text: &str) -> String {
    Flow::of_text(text).text.trim().to_owned()
}

pub(super) fn add_act(
    idx: usize,
    act: &Act,
    anchors: &mut Anchors,
    titles: &mut HashMap<String, Vec<usize>>,
    numbers: &mut HashMap<String, usize>,
) {
    let long = std::iter::once(&act.title).chain(&act.alias);
    for name in long {
        let ends_in_year = name.trim_end().ends_with(|c: char| c.is_ascii_digit());
        let strength =
            if act.needs_year && !ends_in_year { Strength::Weak } else { Strength::Strong };
        for written in hyphened(name) {
            anchors.add(&written, Anchor::Act(idx, strength));
        }
        let bare = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == ' ' || c == ',');
        titles.entry(squeeze(bare)).or_default().push(idx);
    }
    for name in &act.weak {
        anchors.add(name, Anchor::Act(idx, Strength::Weak));
    }
    for name in &act.short {
        let strength = if act.weak_short { Strength::Weak } else { Strength::Acronym };
        for written in spellings(name) {
            anchors.add(&written, Anchor::Act(idx, strength));
        }
        titles.entry(squeeze(name)).or_default().push(idx);
    }
    for name in &act.urdu {
        anchors.add(&folded(name), Anchor::Act(idx, Strength::Strong));
    }
    if let Some(number) = &act.number {
        numbers.insert(squeeze(number), idx);
    }
}

/// Returns the ways to write a name with hyphens, a blank before or behind them, as law reports are set:
/// `Qanun -e-Shahadat`, `Qanun- e-Shahadat`, `Anti - Terrorism`.
fn hyphened(name: &str) -> Vec<String> {
    let n_hyphens = name.matches('-').count();
    let mut written = vec![String::new()];
    for (idx, part) in name.split('-').enumerate() {
        let joints = match idx {
            0 => &[""][..],
            // More than two hyphens would make a crowd.
            _ if n_hyphens > 2 => &["-"],
            _ => &["-", " -", "- ", " - "],
        };
        written = written
            .iter()
            .flat_map(|start| joints.iter().map(move |joint| format!("{start}{joint}{part}")))
            .collect();
    }
    written
}

/// Returns the ways to write an acronym: `CrPC`, `Cr.P.C`, `Cr. P. C` …
fn spellings(name: &str) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    for c in name.chars().filter(|&c| c != '.') {
        match units.last_mut() {
            Some(unit) if c.is_lowercase() => unit.push(c),
            _ => units.push(c.to_string()),
        }
    }
    // Spaces alone stand between all letters or none: `IP A` would hide the `Act` of `Citizenship Act`.
    let joints: &[&str] = if units.len() <= 4 { &["", ".", ". "] } else { &["", "."] };
    let mut written = vec![String::new()];
    for (idx, unit) in units.iter().enumerate() {
        written = written
            .iter()
            .flat_map(|start| {
                let joints = if idx == 0 { &[""][..] } else { joints };
                joints.iter().map(move |joint| format!("{start}{joint}{unit}"))
            })
            .collect();
    }
    written.push(units.join(" "));
    written
}

/// The literals of the anchor pass with what they announce.
#[derive(Default)]
pub(super) struct Anchors {
    pub(super) texts: Vec<String>,
    pub(super) kinds: Vec<Anchor>,
    seen: HashMap<String, usize>,
}

impl Anchors {
    pub(super) fn add(&mut self, text: &str, kind: Anchor) {
        let key = text.to_ascii_lowercase();
        if self.seen.contains_key(&key) {
            return;
        }
        self.seen.insert(key, self.texts.len());
        self.texts.push(text.to_owned());
        self.kinds.push(kind);
    }

    /// Adds the literals that are the same in every table.
    pub(super) fn add_fixed(&mut self) {
        const FIXED: &[(&[&str], Anchor)] = &[
            (
                &[
                    "section",
                    "sections",
                    "sec. ",
                    "secs. ",
                    "u/s",
                    "u/ss",
                    "s. ",
                    "ss. ",
                    "§",
                    "§§",
                    "دفعہ",
                    "دفعات",
                    "سیکشن",
                    // A blank inside the word, as the text under a scan has it.
                    "sectio n",
                    "secti on",
                    "sect ion",
                    "sec tion",
                    "s ection",
                    "sectio ns",
                ],
                Anchor::Section,
            ),
            (
                &[
                    "sub-section",
                    "subsection",
                    "sub section",
                    "sub- section",
                    "sub-s.(",
                    "sub-ss.(",
                    "sub-s. (",
                    "sub-ss. (",
                    "sub-rule",
                    "sub rule",
                    "sub- rule",
                    "sub-article",
                    "sub article",
                    "sub- article",
                    "clause (",
                    "clauses (",
                    "clause(",
                    "clauses(",
                ],
                Anchor::Part,
            ),
            (
                &[
                    "article",
                    "articles",
                    "art. ",
                    "arts. ",
                    "art ",
                    "arts ",
                    "u/art ",
                    "u/arts ",
                    "u/art. ",
                    "آرٹیکل",
                    "آرٹیکلز",
                ],
                Anchor::Article,
            ),
            // A one that was read as a letter, a blank inside the word.
            (&["art.l", "arts.l", "articl e", "artic le", "arti cle", "art icle"], Anchor::Article),
            (&["rule ", "rules ", "rr. ", "r. ", "قاعدہ"], Anchor::Rule),
            (&["regulation ", "regulations "], Anchor::Regulation),
            (
                &["آرڈر ", "order ", "u/o ", "u/o. ", "u/or. ", "o. ", "o.x", "o.v", "o.i"],
                Anchor::Order,
            ),
            (
                &[
                    "act",
                    "ordinance",
                    "code",
                    "rules",
                    "regulations",
                    "regulation,",
                    "order,",
                    "order)",
                    "constitution",
                    "bill",
                    "ordnance",
                ],
                Anchor::TitleEnd,
            ),
            (&["s.r.o", "sro", "s. r. o", "ایس آر او"], Anchor::Sro),
            (
                &[
                    "app no",
                    "app. no",
                    "application no",
                    "appl. no",
                    "applications no",
                    "apps no",
                    "apps. no",
                ],
                Anchor::Strasbourg,
            ),
            (&["c-"], Anchor::Luxembourg),
            (
                &[
                    "directive ",
                    "framework decision ",
                    "regulation (e",
                    "regulation no ",
                    "decision (eu",
                    "decision (cfsp",
                    "decision 20",
                    "decision 19",
                ],
                Anchor::UnionAct,
            ),
            (
                &[
                    "u.s.c.",
                    "u.s.c",
                    "usc §",
                    "u. s. c.",
                    "us code",
                    "u.s. code",
                    "u. s. code",
                    "united states code",
                ],
                Anchor::UsCode(false),
            ),
            (&["c.f.r.", "c. f. r.", "cfr "], Anchor::UsCode(true)),
            (&["d.c. official code", "d.c. code", "dc code"], Anchor::District(true)),
            (&["d.c. law "], Anchor::District(false)),
            (
                &["u.s. const.", "u. s. const.", "us const.", "u.s. const", "u. s. const"],
                Anchor::UsConstitution,
            ),
            (&["ibid", "id. ", "id., ", "id.,", "id.;", "id.)", "id.\n"], Anchor::Ibid),
            (&["supra"], Anchor::Supra),
            (&["paragraph ", "paragraphs ", "para ", "paras ", "at ["], Anchor::Paragraph),
            (&["no.", "nos."], Anchor::No),
            (&["ecli:"], Anchor::Ecli),
            (
                &[
                    "against the judgment",
                    "against the order",
                    "on appeal from",
                    "against the judgement",
                    "impugned",
                    "assailed",
                    "arising out of",
                    "appeal against",
                    "against judgment",
                ],
                Anchor::Appeal,
            ),
            (&["versus", "vs. ", "vs ", "v/s ", "v. ", "بنام"], Anchor::Versus),
            (&["hereinafter", "hereafter", "(\"", "('", "(the \"", "(the '"], Anchor::Defines),
            (
                &[
                    "scmr",
                    "s c m r",
                    "clc ",
                    "ylr ",
                    "mld ",
                    "p cr. l j",
                    "pcrlj",
                    "ptd ",
                    "cld ",
                    "plc ",
                    "pld ",
                ],
                Anchor::SeriesLetters,
            ),
        ];
        for (texts, kind) in FIXED {
            for text in *texts {
                self.add(text, *kind);
            }
        }
        for digit in 1..=9 {
            self.add(&format!("law {digit}"), Anchor::Law);
        }
        self.add("law no", Anchor::Law);
        // `s.37`, `s 37` and `s37`: with the digit, for `s` and a space end every other word.
        for digit in 1..=9 {
            for (opening, kind) in [
                ("s.", Anchor::Section),
                ("ss.", Anchor::Section),
                ("s ", Anchor::Section),
                ("ss ", Anchor::Section),
                ("s", Anchor::Section),
                ("ss", Anchor::Section),
                ("art.", Anchor::Article),
                ("arts.", Anchor::Article),
                ("r.", Anchor::Rule),
                ("rr.", Anchor::Rule),
            ] {
                self.add(&format!("{opening}{digit}"), kind);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hyphens_have_blanks_beside_them() {
        assert_eq!(
            hyphened("Anti-Kite Act"),
            ["Anti-Kite Act", "Anti -Kite Act", "Anti- Kite Act", "Anti - Kite Act"]
        );
        assert_eq!(hyphened("Kite-e-Azam").len(), 16);
    }

    #[test]
    fn acronyms_are_written_many_ways() {
        let written = spellings("CrPC");
        for form in ["CrPC", "Cr.P.C", "Cr. P.C", "Cr.PC", "Cr P C"] {
            assert!(written.iter().any(|one| one == form), "{form}");
        }
    }
}
