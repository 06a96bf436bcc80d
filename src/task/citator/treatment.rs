//! What a court says it does with a citation: `followed`, `set aside`, `distinguished`.
//!
//! The words are evidence that a reader looks at, never a status. Most of them stand for the citations
//! of their sentence. Those that anybody may do to anything (`the members followed the officer's
//! recommendation`, `this Court had set aside the judgments below`) count only where the citation
//! is what was followed or set aside.

use crate::model::Span;

/// Words by which a court says what it does with the citations of a sentence.
///
/// Where `not` stands before one, it belongs to it.
const OF_SENTENCE: [&str; 15] = [
    "relied upon",
    "relied on",
    "reliance is placed",
    "reliance has been placed",
    "reliance was placed",
    "distinguished",
    "distinguishable",
    "not applicable",
    "not attracted",
    "per incuriam",
    "dissented",
    // Declared void; suspended; upheld; set aside.
    "کالعدم",
    "معطل",
    "برقرار",
    "منسوخ",
];

/// Verbs whose object must be the citation.
const OF_OBJECT: [&str; 16] = [
    "followed",
    "follow",
    "reiterated",
    "affirmed",
    "upheld",
    "approved",
    "endorsed",
    "doubted",
    "disapproved",
    "departed from",
    "overruled",
    "set aside",
    "set-aside",
    "reversed",
    "recalled",
    "suspended",
];

/// Words in small letters that may stand between such a verb and the citation behind it, or the
/// citation and the verb behind it: names of decisions and of courts, and what joins them.
const DECISION: &[&str] = &[
    "a",
    "an",
    "and",
    "the",
    "of",
    "in",
    "as",
    "at",
    "by",
    "this",
    "its",
    "our",
    "their",
    "own",
    "same",
    "said",
    "case",
    "cases",
    "judgment",
    "judgments",
    "judgement",
    "judgements",
    "decision",
    "decisions",
    "ruling",
    "rulings",
    "view",
    "views",
    "dictum",
    "dicta",
    "law",
    "principle",
    "principles",
    "ratio",
    "rule",
    "test",
    "approach",
    "reasoning",
    "order",
    "orders",
    "precedent",
    "authority",
    "laid",
    "down",
    "reported",
    "titled",
    "settled",
    "rendered",
    "expressed",
    "held",
    "taken",
    "enunciated",
    "set",
    "out",
    "cited",
    "earlier",
    "previous",
    "recent",
    "august",
    "apex",
    "learned",
    "honourable",
    "hon'ble",
    "hon’ble",
    "supreme",
    "high",
    "court",
    "courts",
    "bench",
    "division",
    "full",
    "larger",
    "supra",
    "ibid",
    "ors",
    "others",
    "another",
    "etc",
    "v",
    "vs",
    "versus",
    "para",
    "paras",
    "paragraph",
    "page",
    "p",
    "dated",
    "passed",
    "from",
    "above",
    "to",
    "well",
    "also",
    "both",
    "or",
    "with",
    "per",
];

/// Words by which a verb behind the citation says what was done to it.
const PASSIVE: &[&str] = &["was", "were", "is", "are", "been", "be", "being", "stands", "stood"];

/// Words that may stand beside these.
const BESIDE: &[&str] = &[
    "has",
    "have",
    "had",
    "not",
    "later",
    "subsequently",
    "since",
    "expressly",
    "which",
    "further",
    "duly",
    "consistently",
    "rightly",
    "never",
    "recently",
    "respectfully",
    "impliedly",
    "must",
    "should",
    "shall",
    "may",
    "can",
    "cannot",
    "then",
    "now",
];

/// Nouns that, with an article behind a citation, begin another clause: `in which the order was set
/// aside`.
const SUBJECTS: &[&str] = &[
    "judgment",
    "judgments",
    "judgement",
    "judgements",
    "decision",
    "decisions",
    "order",
    "orders",
    "ruling",
    "view",
    "views",
    "rule",
    "law",
    "principle",
    "principles",
    "case",
    "cases",
];

/// Returns the words of treatment of `sentence` for the citation at `cited`, in the order of the
/// lists; whole words alone.
pub(super) fn words(sentence: &str, cited: &Span) -> Vec<String> {
    let (printed, cited) = tidied(sentence, cited);
    // The same bytes: only ASCII letters change.
    let text = printed.to_ascii_lowercase();
    let mut found: Vec<String> = Vec::new();
    let of_sentence = OF_SENTENCE.iter().map(|words| (*words, false));
    for (words, needs_object) in of_sentence.chain(OF_OBJECT.iter().map(|words| (*words, true))) {
        for (at, _) in text.match_indices(words) {
            let end = at + words.len();
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(end..).unwrap_or_default();
            if before.ends_with(char::is_alphanumeric) || after.starts_with(char::is_alphanumeric) {
                continue;
            }
            if needs_object && !is_object(&printed, &(at..end), &cited) {
                continue;
            }
            let is_denied = !words.starts_with("not ")
                && before.strip_suffix("not ").is_some_and(|b| !b.ends_with(char::is_alphanumeric));
            // `we follow` is the act that others tell as `followed`.
            let words = if words == "follow" { "followed" } else { words };
            let words = if is_denied { format!("not {words}") } else { words.to_owned() };
            if !found.contains(&words) {
                found.push(words);
            }
        }
    }
    found
}

/// Returns the sentence with its blanks collapsed, and where the citation lies in it.
fn tidied(sentence: &str, cited: &Span) -> (String, Span) {
    let mut text = String::with_capacity(sentence.len());
    let (mut start, mut end) = (0, None);
    for (at, c) in sentence.char_indices() {
        if at == cited.start {
            start = text.len();
        }
        if at == cited.end {
            end = Some(text.len());
        }
        if !c.is_whitespace() {
            text.push(c);
        } else if !text.ends_with(' ') && !text.is_empty() {
            text.push(' ');
        }
    }
    let end = end.unwrap_or(text.len());
    (text, start.min(end)..end)
}

/// Tells whether what the verb at `verb` says was done to the citation.
fn is_object(text: &str, verb: &Span, cited: &Span) -> bool {
    if verb.end <= cited.start {
        // `we followed the view in PLD 1998 SC 388`; `was followed in PLD 1998 SC 388` tells what
        // that case did, and `followed by this Court` who did it.
        let gap = words_of(text.get(verb.end..cited.start).unwrap_or_default());
        let before = words_of(text.get(..verb.start).unwrap_or_default());
        let is_agent = gap.first().is_some_and(|word| ["in", "by", "at", "vide"].contains(word));
        let is_passive = before
            .last()
            .is_some_and(|word| PASSIVE.contains(word) || ["not", "also"].contains(word));
        return !is_agent && !is_passive && gap.iter().all(|word| is_one_of(word, &[DECISION]));
    }
    let Some(gap) = text.get(cited.end..verb.start) else { return false };
    let gap = words_of(gap);
    let is_other = gap.windows(2).any(|pair| {
        matches!(pair, [article, noun]
            if ["the", "this", "that", "said", "a", "an", "its"].contains(article)
                && SUBJECTS.contains(noun))
    });
    if is_other || !gap.iter().all(|word| is_one_of(word, &[DECISION, PASSIVE, BESIDE])) {
        return false;
    }
    // `PLD 1998 SC 388 followed.` of a headnote has nothing behind it that it would be done to.
    let after = text.get(verb.end..).unwrap_or_default().trim_start();
    let is_bare = after.is_empty()
        || after.starts_with(['.', ',', ';', ')', ']', '-', '–', '—'])
        || ["in ", "by ", "and "].iter().any(|word| after.starts_with(word));
    is_bare || gap.iter().any(|word| PASSIVE.contains(word))
}

/// Tells whether a word is of one of these lists, or part of a name or number.
fn is_one_of(word: &str, lists: &[&[&str]]) -> bool {
    word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        || lists.iter().any(|list| list.contains(&word))
}

/// Returns the words of a text that stand in no brackets.
fn words_of(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let mut words = Vec::new();
    let mut from = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_part = c.is_alphanumeric() || matches!(c, '\'' | '’');
        match (is_part, from) {
            (true, None) => from = Some(at),
            (false, Some(start)) => {
                words.extend(text.get(start..at).filter(|_| depth == 0));
                from = None;
            }
            _ => {}
        }
        depth =
            (depth + i32::from(matches!(c, '(' | '[')) - i32::from(matches!(c, ')' | ']'))).max(0);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(sentence: &str, citation: &str, expect: &[&str]) {
        let at = sentence.find(citation).unwrap();
        assert_eq!(words(sentence, &(at..at + citation.len())), expect, "{citation}: {sentence}");
    }

    #[test]
    fn of_the_sentence() {
        check("PLD 1998 SC 388 was relied upon.", "PLD 1998 SC 388", &["relied upon"]);
        check("See 2020 SCMR 1.", "2020 SCMR 1", &[]);
        check("عدالت نے PLD 1998 SC 388 معطل کر دیا", "PLD 1998 SC 388", &["معطل"]);
        check("The unaffirmed party unapproved 2020 SCMR 1.", "2020 SCMR 1", &[]);
    }

    #[test]
    fn the_citation_is_what_was_followed() {
        let rule = "The rule of 2019 SCMR 5 was not followed, for it is distinguishable.";
        check(rule, "2019 SCMR 5", &["distinguishable", "not followed"]);
        check("The appeal against PLD 2021 SC 1 was set\naside.", "PLD 2021 SC 1", &["set aside"]);
        check("PLD 1998 SC 388 was followed in 2020 SCMR 1.", "PLD 1998 SC 388", &["followed"]);
        check("PLD 1998 SC 388 was followed in 2020 SCMR 1.", "2020 SCMR 1", &[]);
        check(
            "We follow the view taken in Kite v. State (PLD 1998 SC 388).",
            "PLD 1998 SC 388",
            &["followed"],
        );
        check(
            "PLD 1998 SC 388 has been overruled by 2020 SCMR 1.",
            "PLD 1998 SC 388",
            &["overruled"],
        );
        check("PLD 1998 SC 388 has been overruled by 2020 SCMR 1.", "2020 SCMR 1", &[]);
        check("Kite v. State PLD 1998 SC 388 followed.", "PLD 1998 SC 388", &["followed"]);
    }

    #[test]
    fn another_thing_was() {
        let members = "See [2016] EWCA Civ 1061: if the members followed the officer’s recommendation, \
                       they are taken to adopt its reasons, as in [2011] UKSC 2.";
        check(members, "[2016] EWCA Civ 1061", &[]);
        check(members, "[2011] UKSC 2", &[]);
        let below = "Reference is made to Kite v. Dell (2022 YLR 1920) wherein this Court had set-aside \
                     that judgments of both the Courts below.";
        check(below, "2022 YLR 1920", &[]);
        check("In PLD 2021 SC 1 the order was set aside.", "PLD 2021 SC 1", &[]);
        check(
            "The scheme of 2020 SCMR 1 was discussed; the plan was approved.",
            "2020 SCMR 1",
            &[],
        );
        check("The office objection is overruled in view of 2020 SCMR 1.", "2020 SCMR 1", &[]);
    }
}
