//! One way to write an entity, and what must be true of a place in a text to be that form.
//!
//! The matcher finds letters alone; here the blanks, dots, capitals and marks between and on them
//! are compared.

use super::table::squeeze;
use super::urdu::is_particle;
use crate::model::Span;
use crate::text::fold;
use crate::text::fold::{Letters, fold_cluster};
use crate::text::script::{is_arabic_script, is_letter_or_mark};

/// How much a form says by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Class {
    /// A strong name, any case.
    Alias,
    /// A strong acronym, exact case.
    Acronym,
    /// Evidence is needed.
    Weak,
    /// The document must bind it.
    Defined,
    /// A strong Urdu name.
    Urdu,
    /// An Urdu word that needs evidence.
    UrduWeak,
    /// A word that is evidence for or against others; its owner is a context, not an entity.
    Context,
}

impl Class {
    /// Tells whether the form stands without evidence.
    pub(super) const fn is_strong(self) -> bool {
        matches!(self, Self::Alias | Self::Acronym | Self::Urdu)
    }

    /// Tells whether the form is a full name, which binds the weak forms of its entity.
    pub(super) const fn is_full_name(self) -> bool {
        matches!(self, Self::Alias | Self::Urdu)
    }
}

/// A form of one owner.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// Index of the entity, or of the context for [`Class::Context`].
    pub owner: usize,
    pub class: Class,
    /// As the table has it.
    pub text: String,
    /// Its folded letters and digits.
    pub squeezed: String,
    letters: usize,
    gaps: Vec<(usize, String)>,
    case: Case,
    arabic: bool,
    marks: Vec<char>,
    before: Option<char>,
    after: Option<char>,
}

/// How the capitals of a form bind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Case {
    Any,
    Exact,
    /// Exact, or all of it in capitals as in headings.
    ExactOrCapitals,
}

/// How the border of a find was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Border {
    /// No letter follows.
    Hard,
    /// A letter that does not join stands on one side: a missing blank.
    Soft,
    /// An ending of inflection follows (context words alone).
    Inflected,
}

/// Tells whether more initials stand right before or after: the `A.I` of `D.A.I.A.`
fn is_among_initials(text: &str, span: &Span) -> bool {
    let mut before = text.get(..span.start).unwrap_or_default().chars().rev();
    let mut after = text.get(span.end..).unwrap_or_default().chars();
    before.next() == Some('.') && before.next().is_some_and(|c| c.is_ascii_uppercase())
        || after.next() == Some('.') && after.next().is_some_and(|c| c.is_ascii_uppercase())
}

impl Form {
    pub(super) fn new(owner: usize, class: Class, text: &str) -> Self {
        let squeezed = squeeze(text);
        let has_upper = text.chars().any(char::is_uppercase);
        let all_upper = has_upper && !text.chars().any(char::is_lowercase);
        let exact = if class == Class::Context { all_upper } else { has_upper };
        let case = match class {
            Class::Weak | Class::Defined if has_upper && text.contains(' ') => {
                Case::ExactOrCapitals
            }
            Class::Acronym => Case::Exact,
            Class::Weak | Class::Defined | Class::Context if exact => Case::Exact,
            _ => Case::Any,
        };
        let letters = squeezed.chars().count();
        let sign = |c: Option<char>| c.filter(|c| matches!(c, '(' | ')' | '-'));
        let is_context = class == Class::Context;
        Self {
            owner,
            class,
            letters,
            gaps: gaps(text, 0..text.len(), letters),
            case,
            arabic: text.chars().any(is_arabic_script),
            marks: marks(text),
            before: sign(text.chars().next()).filter(|_| is_context),
            after: sign(text.chars().next_back()).filter(|_| is_context),
            text: text.to_owned(),
            squeezed,
        }
    }

    /// Returns how many letters and digits the form has.
    pub(super) const fn letters(&self) -> usize {
        self.letters
    }

    /// Tells whether a text can print the form with a small first letter.
    pub(super) fn may_begin_small(&self) -> bool {
        let first = self.text.chars().find(|c| c.is_alphanumeric());
        self.case == Case::Any || !first.is_some_and(|c| c.is_ascii_uppercase())
    }

    /// Tells whether the form is one word of capital letters, such as `PTA`.
    pub(super) fn is_acronym(&self) -> bool {
        self.text.len() >= 2 && self.text.bytes().all(|byte| byte.is_ascii_uppercase())
    }

    /// Tells whether `text[span]`, whose letters are those of the form, is the form.
    pub(super) fn fits(&self, text: &str, span: &Span, start: Border, end: Border) -> bool {
        if end == Border::Inflected && self.class != Class::Context {
            return false;
        }
        let soft = usize::from(start == Border::Soft) + usize::from(end == Border::Soft);
        if soft > 0
            && (!self.arabic || self.letters < 3 + soft || !self.glued_fits(text, span, start, end))
        {
            return false;
        }
        let Some(found) = text.get(span.clone()) else { return false };
        if self.is_acronym() && is_among_initials(text, span) {
            return false;
        }
        let (before, after) = (self.before, self.after);
        if before.is_some()
            && text.get(..span.start).and_then(|text| text.chars().next_back()) != before
            || after.is_some() && text.get(span.end..).and_then(|text| text.chars().next()) != after
        {
            return false;
        }
        if found == self.text || (self.case == Case::Any && found.eq_ignore_ascii_case(&self.text))
        {
            return true;
        }
        if self.case == Case::Exact && found.eq_ignore_ascii_case(&self.text) {
            return false;
        }
        self.case_fits(found)
            && (self.marks.is_empty() || self.marks == marks(found))
            && self.gaps_fit(text, span)
    }

    /// Tells whether what is glued to the form is a word: a particle, or beside a long name any two
    /// letters. (دپیکا and پیکار hold پیکا and have nothing to do with it.)
    fn glued_fits(&self, text: &str, span: &Span, start: Border, end: Border) -> bool {
        let is_sign = |c: char| !is_letter_or_mark(c);
        let is_word = |word: &str| {
            let word = fold(word);
            is_particle(&word) || (self.letters >= 6 && word.chars().count() >= 2)
        };
        let before = text.get(..span.start).unwrap_or_default();
        let after = text.get(span.end..).unwrap_or_default();
        (start != Border::Soft || before.rsplit(is_sign).next().is_some_and(is_word))
            && (end != Border::Soft || after.split(is_sign).next().is_some_and(is_word))
    }

    /// Widens a span by the brackets that belong to a context word: `(PTI)`.
    pub(super) fn with_signs(&self, span: Span) -> Span {
        span.start - usize::from(self.before.is_some())
            ..span.end + usize::from(self.after.is_some())
    }

    fn case_fits(&self, found: &str) -> bool {
        match self.case {
            Case::Any => true,
            Case::Exact => self.has_same_letters(found),
            Case::ExactOrCapitals => self.has_same_capitals(found),
        }
    }

    fn has_same_letters(&self, found: &str) -> bool {
        let letters =
            |text: &str| -> Vec<char> { text.chars().filter(|c| c.is_alphanumeric()).collect() };
        letters(found) == letters(&self.text)
    }

    /// Tells whether the capitals are those of the form, or all letters are capitals, as in headings.
    fn has_same_capitals(&self, found: &str) -> bool {
        !found.chars().any(char::is_lowercase) || self.has_same_letters(found)
    }

    /// Compares what stands between the letters.
    fn gaps_fit(&self, text: &str, span: &Span) -> bool {
        let found = gaps(text, span.clone(), self.letters);
        let mut split_words = 0;
        let letters: Vec<char> = self.squeezed.chars().collect();
        for at in 1..self.letters {
            let listed = gap_at(&self.gaps, at);
            let printed = gap_at(&found, at);
            let digits = letters[at - 1].is_ascii_digit() && letters[at].is_ascii_digit();
            if digits && listed.is_empty() != printed.is_empty() {
                return false;
            }
            if printed.is_empty() || printed == listed {
                continue;
            }
            let piece =
                at - found.iter().rev().map(|(at, _)| *at).find(|&gap| gap < at).unwrap_or(0);
            let blank = printed.chars().all(|c| matches!(c, ' ' | '-'));
            // پی کا is no پیکا: a short word has no blank inside.
            let whole = self.arabic && self.gaps.is_empty() && self.letters < 6;
            let fits = if blank && !whole && (self.arabic || !listed.is_empty()) {
                true
            } else if blank {
                split_words += 1;
                // `Whats App` is the name with a blank, `Justice is a` are other words.
                self.letters >= 8
                    && split_words == 1
                    && piece >= 2
                    && text.get(span.clone()).is_some_and(|found| self.has_same_capitals(found))
            } else if listed.chars().any(|c| !matches!(c, ' ' | '-')) {
                printed.chars().count() <= 4
            } else if printed.trim_end() == "." {
                // Initials and abbreviations: `P.T.A`, `Ltd. Co`; the end of a sentence is none.
                if listed.is_empty() { piece == 1 } else { piece <= 3 }
            } else {
                // `Act, 2016` for `Act 2016`.
                printed.trim_end() == "," && letters[at].is_ascii_digit()
            };
            if !fits {
                return false;
            }
        }
        true
    }
}

fn gap_at(gaps: &[(usize, String)], at: usize) -> &str {
    gaps.iter().find(|(gap, _)| *gap == at).map_or("", |(_, text)| text)
}

/// Returns what stands after the n-th letter, where anything does: folded, blanks single.
fn gaps(text: &str, span: Span, letters: usize) -> Vec<(usize, String)> {
    let mut found: Vec<(usize, String)> = Vec::new();
    let mut folded = String::new();
    let (mut at, mut n) = (span.start, 0);
    while at < span.end {
        folded.clear();
        at = fold_cluster(text, at, Letters::Usual, &mut folded);
        for c in folded.chars() {
            if c.is_alphanumeric() || c == '@' {
                n += 1;
            } else if n > 0 && n < letters {
                match found.last_mut().filter(|(gap, _)| *gap == n) {
                    Some((_, gap)) if c == ' ' && gap.ends_with(' ') => {}
                    Some((_, gap)) => gap.push(c),
                    None => found.push((n, c.to_string())),
                }
            }
        }
    }
    found
}

/// Returns the vowel signs of a text: forms that are told apart by them alone keep them.
fn marks(text: &str) -> Vec<char> {
    text.chars().filter(|c| matches!(c, '\u{064B}'..='\u{0650}' | '\u{0652}')).collect()
}

/// Letters of the Arabic script that do not join to the left, so that a blank after them is often
/// left out.
pub(super) const fn is_non_joining(c: char) -> bool {
    matches!(
        c,
        'ا' | 'آ'
            | 'أ'
            | 'إ'
            | 'د'
            | 'ڈ'
            | 'ذ'
            | 'ر'
            | 'ڑ'
            | 'ز'
            | 'ژ'
            | 'و'
            | 'ؤ'
            | 'ے'
            | 'ں'
            | 'ۃ'
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(form: &str, class: Class, found: &str, expect: bool) {
        let form = Form::new(0, class, form);
        let fits = form.fits(found, &(0..found.len()), Border::Hard, Border::Hard);
        assert_eq!(fits, expect, "{found}");
    }

    #[test]
    fn gaps_are_free_where_names_have_them() {
        check("Citizen Lab", Class::Alias, "CitizenLab", true);
        check("Islamabad High Court", Class::Alias, "ISLAMABAD HIGH-\nCOURT", true);
        check("Imran Khan", Class::Alias, "Imran. Khan", false);
        check("Imran Khan", Class::Alias, "Imran, Khan", false);
        check("PECA 2016", Class::Alias, "PECA, 2016", true);
        check("W.P. No. 1805/2023", Class::Alias, "WP No 1805/2023", true);
        check("Narus", Class::Alias, "Na rus", false);
        check("Cellebrite", Class::Alias, "Celle-\nbrite", true);
        check("PLD 1998 SC 388", Class::Alias, "P.L.D. 1998 SC 388", true);
    }

    #[test]
    fn capitals_bind_acronyms() {
        check("PTA", Class::Weak, "P.T.A", true);
        check("PTA", Class::Weak, "Pta", false);
        check("Supreme Court", Class::Weak, "SUPREME COURT", true);
        check("Supreme Court", Class::Weak, "supreme court", false);
        check("federal government", Class::Weak, "Federal Government", true);
    }

    #[test]
    fn marks_that_are_listed_must_be_printed() {
        check("لِمز", Class::Urdu, "لمز", false);
        check("لِمز", Class::Urdu, "لِمز", true);
        check("لمز سسٹم", Class::Urdu, "لِمز سسٹم", true);
    }
}
