//! What kind of difference it is: number, negation, name, words, letters a scanner confuses.

use super::stream::Stream;
use super::words::{COMMON_CAPITALS, NEGATIONS, NUMBERS, TITLES, UNITS};
use super::{Difference, Verdict, WordRange};
use crate::text::urdu;

/// A stretch of an alignment: the same words on both sides, or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Run {
    /// Whether every word is the same.
    pub(super) same: bool,
    /// Words of the quotation.
    pub(super) quote: WordRange,
    /// Words of the source.
    pub(super) source: WordRange,
}

impl Run {
    /// Returns how many words are the same.
    pub(super) fn n_same(&self) -> usize {
        if self.same { self.quote.len() } else { 0 }
    }
}

/// Judges two ranges of the same letters: what stands between the letters, and how they look.
///
/// Nothing is returned where the characters are the same, white space aside.
pub(super) fn letters_alike(
    quote: &Stream<'_>,
    quote_range: WordRange,
    source: &Stream<'_>,
    source_range: WordRange,
) -> Vec<Difference> {
    let mut differences = Vec::new();
    ends(quote, &quote_range, source, &source_range, &mut differences);
    let n_ends = differences.len();
    let (wrote, printed) = (quote.raw(quote_range.clone()), source.raw(source_range.clone()));
    if wrote == printed {
        return differences;
    }
    let gaps = |stream: &Stream<'_>, range: &WordRange| {
        let mut at = 0;
        let mut gaps = std::collections::BTreeMap::new();
        for word_idx in range.start..range.end.saturating_sub(1) {
            at += stream.letters(word_idx).len();
            gaps.insert(at, (word_idx, stream.gap(word_idx).unwrap_or(" ").to_owned()));
        }
        gaps
    };
    let letters = quote.joined(quote_range.clone());
    let (quote_gaps, source_gaps) = (gaps(quote, &quote_range), gaps(source, &source_range));
    let mut places: Vec<usize> = quote_gaps.keys().chain(source_gaps.keys()).copied().collect();
    places.sort_unstable();
    places.dedup();
    for at in places {
        let (ours, theirs) = (quote_gaps.get(&at), source_gaps.get(&at));
        let kind = gap_kind(
            ours.map(|(_, gap)| gap.as_str()),
            theirs.map(|(_, gap)| gap.as_str()),
            letters.get(..at).and_then(|text| text.chars().next_back()),
            letters.get(at..).and_then(|text| text.chars().next()),
        );
        let around = |stream: &Stream<'_>, found: Option<&(usize, String)>| {
            found.map(|(idx, _)| stream.raw(*idx..idx + 2)).unwrap_or_default()
        };
        let (wrote, printed) = (around(quote, ours), around(source, theirs));
        // `not able` and `notable`: a space can hide a negation.
        let turned = ours.is_none() != theirs.is_none() && {
            let has = |stream: &Stream<'_>, found: Option<&(usize, String)>| {
                found.is_some_and(|(idx, _)| {
                    is_negation(stream.letters(*idx)) || is_negation(stream.letters(idx + 1))
                })
            };
            has(quote, ours) || has(source, theirs)
        };
        let kind = if turned { Some(Verdict::NegationChanged) } else { kind };
        if let Some(kind) = kind {
            differences.push(Difference { kind, wrote, source: printed, detail: String::new() });
        }
    }
    if differences.len() == n_ends {
        let (wrote, printed) = first_difference(quote, &quote_range, source, &source_range);
        differences.push(Difference {
            kind: Verdict::Typography,
            wrote,
            source: printed,
            detail: "letter forms, quotes, dashes or spaces".to_owned(),
        });
    }
    differences
}

/// Takes signs that differ on a page of OCR for misread ones: of all it reads it is least sure of
/// them. A word that is cut through, or another one, stays what it is.
pub(super) fn misread_signs(differences: &mut [Difference]) {
    let letters = |text: &str| -> String { text.chars().filter(|c| c.is_alphanumeric()).collect() };
    for one in differences.iter_mut().filter(|one| one.kind == Verdict::WordsChanged) {
        if letters(&one.wrote) == letters(&one.source) {
            one.kind = Verdict::OcrLike;
            "signs: look at the picture of the page".clone_into(&mut one.detail);
        }
    }
}

/// Judges what stands between two letters on both sides; `None`: at most the typography differs.
fn gap_kind(
    ours: Option<&str>,
    theirs: Option<&str>,
    before: Option<char>,
    after: Option<char>,
) -> Option<Verdict> {
    let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if is_digit(before) && is_digit(after) && ours.is_none() != theirs.is_none() {
        return Some(Verdict::NumberChanged);
    }
    let (ours, theirs) = (ours.unwrap_or_default(), theirs.unwrap_or_default());
    // A dash that stands free before a number is its sign.
    let sign = |gap: &str| {
        let dash = gap.trim_start().starts_with(is_dash) && gap.ends_with(is_dash);
        dash && (gap.starts_with(char::is_whitespace) || is_digit(before))
    };
    if is_digit(after) && sign(ours) != sign(theirs) {
        return Some(Verdict::NumberChanged);
    }
    signs_kind(&signs(ours), &signs(theirs))
}

/// Judges two rows of signs without spaces, quotes and dashes.
fn signs_kind(ours: &str, theirs: &str) -> Option<Verdict> {
    if ours == theirs {
        return None;
    }
    let without = |text: &str, drop: &[char]| text.replace(|c| drop.contains(&c), "");
    let points = ['.', ',', ';', ':', '،', '۔', '؛'];
    if without(ours, &points) == without(theirs, &points) {
        return Some(Verdict::Typography);
    }
    let brackets = ['[', ']', '…', '.', ',', ';', ':'];
    if ours.contains(['[', ']', '…']) && without(ours, &brackets) == without(theirs, &brackets) {
        return Some(Verdict::MarkedChange);
    }
    Some(Verdict::WordsChanged)
}

/// Returns the signs of a gap that can bear sense; spaces, quotes, dashes and the marks of notes go.
fn signs(gap: &str) -> String {
    let folded = crate::text::fold(gap);
    folded
        .replace("...", "…")
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '"' | '\'' | '`' | '\u{1}') && !is_dash(*c))
        .collect()
}

const fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}')
}

/// Judges the two ends: a word or number cut through, and signs that the source does not have.
fn ends(
    quote: &Stream<'_>,
    quote_range: &WordRange,
    source: &Stream<'_>,
    source_range: &WordRange,
    differences: &mut Vec<Difference>,
) {
    let (Some(last), Some(source_last)) =
        (quote_range.end.checked_sub(1), source_range.end.checked_sub(1))
    else {
        return;
    };
    let at_start = quote_range.start == 0;
    let at_end = quote_range.end == quote.words.len();
    let before = source.around(source_range.start).0;
    let after = source.around(source_last).1;
    let mut push = |kind, wrote: String, printed: String, detail: &str| {
        differences.push(Difference { kind, wrote, source: printed, detail: detail.to_owned() });
    };
    // `249` of `249-A`, `bailable` of `non-bailable`: the rest of the word belongs to it.
    if at_end && let Some((sign, rest)) = joined_after(after) {
        let kind = if ends_in_digit(source.letters(source_last)) && !quote_goes_on(quote, last) {
            Verdict::NumberChanged
        } else {
            Verdict::WordsChanged
        };
        if !quote_goes_on(quote, last) {
            let whole = format!("{}{sign}{rest}", source.printed(source_last));
            push(kind, quote.printed(last).to_owned(), whole, "the word goes on in the source");
        }
    }
    if at_start && let Some(head) = joined_before(before) {
        let first = quote.printed(quote_range.start);
        let own = joined_before(quote.around(quote_range.start).0);
        if own.is_none() {
            let is_negation = is_negation(&crate::text::fold(head.trim_end_matches(is_dash)));
            let kind = if is_negation {
                Verdict::NegationChanged
            } else if first.starts_with(|c: char| c.is_numeric()) {
                Verdict::NumberChanged
            } else {
                Verdict::WordsChanged
            };
            let whole = format!("{head}{}", source.printed(source_range.start));
            push(kind, first.to_owned(), whole, "the word begins earlier in the source");
        }
    }
    if at_end {
        let (ours, theirs) = (signs(quote.around(last).1), signs(after));
        if theirs.starts_with(ours.as_str()) {
            let tail = super::stream::collapse(quote.around(last).1);
            let tail = tail.trim();
            if !super::stream::collapse(after).trim_start().starts_with(tail) {
                push(Verdict::Typography, tail.to_owned(), String::new(), "signs at the end");
            }
        } else {
            // The writer's own full stop or comma ends the sentence of the draft.
            let theirs: String = theirs.chars().take(ours.chars().count()).collect();
            let kind = match signs_kind(&ours, &theirs) {
                Some(Verdict::WordsChanged) if ours.contains(['…', '[', ']']) => {
                    Verdict::MarkedChange
                }
                Some(kind) => kind,
                None => Verdict::Typography,
            };
            push(kind, ours, theirs, "signs at the end");
        }
    }
    if at_start {
        let head = super::stream::collapse(quote.around(quote_range.start).0);
        let printed = super::stream::collapse(before);
        let is_number = quote.letters(quote_range.start).starts_with(|c: char| c.is_ascii_digit());
        // A minus before a number is part of it.
        let minus = |text: &str| {
            let mut chars = text.chars().rev();
            chars.next().is_some_and(is_dash) && chars.next().is_none_or(char::is_whitespace)
        };
        if is_number && minus(&head) != minus(&printed) {
            push(Verdict::NumberChanged, head.clone(), String::new(), "a minus sign");
        } else if !printed.trim_end().ends_with(head.trim()) {
            push(
                Verdict::Typography,
                head.trim().to_owned(),
                String::new(),
                "signs at the beginning",
            );
        }
        let ours = signs(quote.around(quote_range.start).0);
        if ours.contains(['…', '[', ']']) {
            push(Verdict::MarkedChange, ours, String::new(), "a mark at the beginning");
        }
    }
}

/// Tells whether the quotation itself has letters joined to its last word.
fn quote_goes_on(quote: &Stream<'_>, last: usize) -> bool {
    joined_after(quote.around(last).1).is_some()
}

/// Returns the dash or slash and the letters that are joined to a word's end.
fn joined_after(after: &str) -> Option<(char, String)> {
    let mut chars = after.chars();
    let sign = chars.next().filter(|c| is_dash(*c) || *c == '/')?;
    let rest: String = chars.take_while(|c| c.is_alphanumeric()).collect();
    // A dash of a sentence — set without spaces — is followed by longer words; it joins none.
    let is_joint = matches!(sign, '-' | '\u{2010}' | '\u{2011}' | '/') && !rest.is_empty();
    is_joint.then_some((sign, rest))
}

/// Returns the letters and the hyphen that are joined to a word's beginning.
fn joined_before(before: &str) -> Option<String> {
    let mut chars = before.chars().rev();
    chars.next().filter(|c| matches!(c, '-' | '\u{2010}' | '\u{2011}'))?;
    let head: Vec<char> = chars.take_while(|c| c.is_alphanumeric()).collect();
    (!head.is_empty()).then(|| head.into_iter().rev().chain(['-']).collect())
}

fn ends_in_digit(letters: &str) -> bool {
    letters.ends_with(|c: char| c.is_ascii_digit())
}

/// Returns the first words that look different.
fn first_difference(
    quote: &Stream<'_>,
    quote_range: &WordRange,
    source: &Stream<'_>,
    source_range: &WordRange,
) -> (String, String) {
    for (ours, theirs) in quote_range.clone().zip(source_range.clone()) {
        if quote.printed(ours) != source.printed(theirs) {
            return (quote.printed(ours).to_owned(), source.printed(theirs).to_owned());
        }
        if quote.gap(ours).map(super::stream::collapse)
            != source.gap(theirs).map(super::stream::collapse)
            && ours + 1 < quote_range.end
            && theirs + 1 < source_range.end
        {
            return (quote.raw(ours..ours + 2), source.raw(theirs..theirs + 2));
        }
    }
    (String::new(), String::new())
}

/// Returns a negation or modal word that one side has and the other has not.
pub(super) fn negations_differ(
    given: &str,
    source: &Stream<'_>,
    hidden: WordRange,
    is_ocr: bool,
) -> Option<String> {
    let given = Stream::of_text(given);
    let ours = negations(&given, 0..given.words.len());
    let mut theirs = negations(source, hidden.clone());
    if is_ocr {
        // `nnless` on a scan is `unless`, and an ellipsis over it turns the sense.
        let misread = hidden.map(|word_idx| source.letters(word_idx)).filter_map(misread_negation);
        theirs.extend(misread.map(str::to_owned));
        theirs.sort_unstable();
    }
    (ours != theirs).then(|| {
        let other = theirs.iter().find(|word| !ours.contains(word));
        other.or_else(|| ours.iter().find(|word| !theirs.contains(word))).cloned()
    })?
}

/// Returns the negations of a range, sorted.
fn negations(stream: &Stream<'_>, range: WordRange) -> Vec<String> {
    let mut words: Vec<String> = range
        .filter(|word_idx| is_negation(stream.letters(*word_idx)))
        .filter(|word_idx| !is_of_a_number(stream, *word_idx))
        .map(|word_idx| stream.letters(word_idx).to_owned())
        .collect();
    words.sort_unstable();
    words
}

/// Tells whether a word is the `No.` before a number: `R.F.A.No.778/2021`, `NO 02`.
fn is_of_a_number(stream: &Stream<'_>, word_idx: usize) -> bool {
    let is_digit = stream.letters(word_idx + 1).starts_with(|c: char| c.is_ascii_digit());
    let gap = stream.gap(word_idx).unwrap_or_default();
    let printed = stream.printed(word_idx);
    // `no 5 of them` is a negation.
    stream.letters(word_idx) == "no"
        && is_digit
        && (gap.contains(['.', ':']) || printed.chars().all(char::is_uppercase))
}

/// Returns the negation that a scanner may have read as this word, which is none itself.
fn misread_negation(letters: &str) -> Option<&'static str> {
    if is_negation(letters) || letters.len() < 3 {
        return None;
    }
    let seen = confused(letters);
    NEGATIONS.iter().copied().find(|word| confused(word) == seen)
}

fn is_negation(letters: &str) -> bool {
    NEGATIONS.contains(&letters)
}

/// The cost of one word for another.
const OTHER: u32 = 30;
/// The cost of a word of the source that was left out.
const DROPPED: u32 = 20;
/// The cost of a word that the source does not have: more than [`OTHER`], for at the ends of the
/// source's window nothing is paid for the word that another one replaced.
const ADDED: u32 = 31;
/// What a replaced word costs more where the source's sentence has ended before it.
const CROSSING: u32 = 12;

/// Aligns the words of a quotation with a window of the source; the source's ends are free.
pub(super) fn align(quote: &Stream<'_>, source: &Stream<'_>, window: WordRange) -> Vec<Run> {
    let (n_rows, n_cols) = (quote.words.len(), window.len());
    // Longer ones are never typed by hand: pasted text is found word by word or not at all.
    if n_rows > 2000 {
        return Vec::new();
    }
    let width = n_cols + 1;
    let mut cost = vec![0_u32; (n_rows + 1) * width];
    let same = |row: usize, col: usize| quote.letters(row) == source.letters(window.start + col);
    // Of two equal readings the one counts that keeps the quotation's first and last words.
    let added = |row: usize| ADDED + u32::from(row == 1 || row == n_rows);
    // Where a sentence of the source begins and none of the quotation, the word was hardly replaced.
    let other = |row: usize, col: usize| {
        let crosses = source.starts_sentence(window.start + col) && !quote.starts_sentence(row);
        if crosses && row > 0 { OTHER + CROSSING } else { OTHER }
    };
    for row in 1..=n_rows {
        cost[row * width] = cost[(row - 1) * width] + added(row);
        for col in 1..=n_cols {
            let diagonal = cost[(row - 1) * width + col - 1]
                + if same(row - 1, col - 1) { 0 } else { other(row - 1, col - 1) };
            let up = cost[(row - 1) * width + col] + added(row);
            let left = cost[row * width + col - 1] + DROPPED;
            cost[row * width + col] = diagonal.min(up).min(left);
        }
    }
    let last_row = &cost[n_rows * width..];
    let mut col = (0..=n_cols).min_by_key(|&col| last_row[col]).unwrap_or(0);
    let mut row = n_rows;
    let mut steps: Vec<Run> = Vec::new();
    while row > 0 {
        let here = cost[row * width + col];
        let (d_row, d_col, is_same) =
            if col > 0 && same(row - 1, col - 1) && cost[(row - 1) * width + col - 1] == here {
                (1, 1, true)
            } else if col > 0 && cost[(row - 1) * width + col - 1] + other(row - 1, col - 1) == here
            {
                (1, 1, false)
            } else if cost[(row - 1) * width + col] + added(row) == here {
                (1, 0, false)
            } else {
                (0, 1, false)
            };
        if d_row + d_col == 1 && d_col == 1 && col == 0 {
            break;
        }
        let at = window.start + col - d_col;
        steps.push(Run { same: is_same, quote: row - d_row..row, source: at..at + d_col });
        row -= d_row;
        col -= d_col;
    }
    steps.reverse();
    let mut runs: Vec<Run> = Vec::new();
    for step in steps {
        match runs.last_mut() {
            Some(last) if last.same == step.same => {
                last.quote.end = step.quote.end;
                last.source.end = step.source.end;
            }
            _ => runs.push(step),
        }
    }
    runs
}

/// Returns the words of the source from the first to the last that an alignment holds.
pub(super) fn extent(runs: &[Run]) -> Option<WordRange> {
    let first = runs.iter().find(|run| run.same)?;
    let last = runs.iter().rev().find(|run| run.same)?;
    let start = runs.first().map_or(first.source.start, |run| run.source.start);
    let end = runs.last().map_or(last.source.end, |run| run.source.end);
    (start < end).then_some(start..end)
}

/// Classifies a stretch of different words.
pub(super) fn difference(
    quote: &Stream<'_>,
    source: &Stream<'_>,
    run: &Run,
    is_ocr: bool,
) -> Difference {
    let (kind, detail) = kind_of(quote, source, run, is_ocr);
    Difference {
        kind,
        wrote: quote.raw(run.quote.clone()),
        source: source.raw(run.source.clone()),
        detail: detail.to_owned(),
    }
}

/// Tells whether a scan lost one letter inside a long word: `goverment`. In shorter words a letter
/// makes another word.
fn lost_a_letter(printed: &str, read: &str) -> bool {
    let is_long = printed.len() >= 9 && printed.len() == read.len() + 1;
    if !is_long || !printed.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    let same = printed.bytes().zip(read.bytes()).take_while(|(a, b)| a == b).count();
    same > 0 && same + 1 < printed.len() && printed.get(same + 1..) == read.get(same..)
}

/// Returns `30` for `30th`; anything else as it is.
fn without_ordinal(letters: &str) -> &str {
    let number = letters.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let is_ordinal = matches!(letters.get(number.len()..), Some("st" | "nd" | "rd" | "th"));
    let is_number = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
    if is_ordinal && is_number { number } else { letters }
}

fn kind_of(
    quote: &Stream<'_>,
    source: &Stream<'_>,
    run: &Run,
    is_ocr: bool,
) -> (Verdict, &'static str) {
    let (ours, theirs) = (run.quote.clone(), run.source.clone());
    let (our_letters, their_letters) = (quote.joined(ours.clone()), source.joined(theirs.clone()));
    let (our_numbers, their_numbers) =
        (numbers(quote, ours.clone()), numbers(source, theirs.clone()));
    // Before negations: `nnless` on a scan is no other word than `unless`.
    if is_ocr
        && !ours.is_empty()
        && our_letters != their_letters
        && (our_numbers == their_numbers || our_numbers.is_empty())
        && confused(&our_letters) == confused(&their_letters)
    {
        return (Verdict::OcrLike, "look at the picture of the page");
    }
    // The raised letters of `30th` are read as specks, or not at all.
    if is_ocr
        && !ours.is_empty()
        && without_ordinal(&our_letters) == without_ordinal(&their_letters)
    {
        return (Verdict::OcrLike, "look at the picture of the page");
    }
    if negations(quote, ours.clone()) != negations(source, theirs.clone()) {
        return (Verdict::NegationChanged, "");
    }
    if is_ocr && ours.len() == 1 && theirs.len() == 1 {
        let raw = quote.raw(ours.clone());
        let is_name =
            raw.trim_start_matches(|c: char| !c.is_alphabetic()).starts_with(char::is_uppercase)
                && !COMMON_CAPITALS.contains(&our_letters.as_str());
        if !is_name && lost_a_letter(&our_letters, &their_letters) {
            return (Verdict::OcrLike, "look at the picture of the page");
        }
    }
    if ours.is_empty() || theirs.is_empty() {
        let (numbers, n_words, dropped) = if ours.is_empty() {
            (their_numbers.len(), theirs.len(), Verdict::WordsDropped)
        } else {
            (our_numbers.len(), ours.len(), Verdict::WordsAdded)
        };
        let all_numbers = numbers == n_words;
        return (if all_numbers { Verdict::NumberChanged } else { dropped }, "");
    }
    if our_numbers != their_numbers {
        let all = |numbers: &[String], range: &WordRange| numbers.len() == range.len();
        let values = (value(&our_numbers), value(&their_numbers));
        return match values {
            (Some(ours_value), Some(theirs_value))
                if (ours_value - theirs_value).abs() < f64::EPSILON * ours_value.abs()
                    && all(&our_numbers, &ours)
                    && all(&their_numbers, &theirs) =>
            {
                (Verdict::WordsChanged, "same value")
            }
            _ => (Verdict::NumberChanged, ""),
        };
    }
    if our_letters == their_letters {
        return (Verdict::Typography, "spaces");
    }
    let has_name =
        |stream: &Stream<'_>, range: WordRange| range.into_iter().any(|idx| is_name(stream, idx));
    if has_name(quote, ours) && has_name(source, theirs) {
        return (Verdict::NameChanged, "");
    }
    (Verdict::WordsChanged, "")
}

/// Returns the numbers, number words, units and months of a range, in order.
fn numbers(stream: &Stream<'_>, range: WordRange) -> Vec<String> {
    range
        .map(|word_idx| stream.letters(word_idx))
        .filter(|letters| {
            letters.chars().any(char::is_numeric)
                || UNITS.contains(letters)
                || NUMBERS.iter().any(|(word, _)| word == letters)
        })
        .map(str::to_owned)
        .collect()
}

/// Returns the value of `4 million`, `4,000,000`, `forty lakh`.
fn value(numbers: &[String]) -> Option<f64> {
    let mut total = 0.0;
    let mut part: Option<f64> = None;
    for word in numbers {
        let known = NUMBERS.iter().find(|(name, _)| name == word).map(|(_, value)| *value);
        match known {
            Some(factor) if factor >= 1e2 => {
                let grown = part.unwrap_or(1.0) * factor;
                if factor >= 1e3 {
                    total += grown;
                    part = None;
                } else {
                    part = Some(grown);
                }
            }
            Some(value) => part = Some(part.unwrap_or(0.0) + value),
            None => part = Some(part.unwrap_or(0.0) + word.replace(',', "").parse::<f64>().ok()?),
        }
    }
    (!numbers.is_empty()).then_some(total + part.unwrap_or(0.0))
}

/// Tells whether a word is a name: a capital inside a sentence, after a title, a spelled acronym.
fn is_name(stream: &Stream<'_>, word_idx: usize) -> bool {
    let letters = stream.letters(word_idx);
    let before = word_idx.checked_sub(1).map(|before| stream.letters(before));
    let after = stream.letters(word_idx + 1);
    if urdu::letter(letters).is_some() {
        let beside = |word: &str| urdu::letter(word).is_some();
        return before.is_some_and(beside) || beside(after);
    }
    if before.is_some_and(|before| TITLES.contains(&before)) {
        return true;
    }
    let printed = stream.printed(word_idx);
    let starts_large = printed.starts_with(char::is_uppercase);
    let bare = letters.strip_suffix('s').unwrap_or(letters);
    if !starts_large || COMMON_CAPITALS.contains(&letters) || COMMON_CAPITALS.contains(&bare) {
        return false;
    }
    let is_large = |text: &str| text.chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    let neighbours_large = word_idx > 0
        && is_large(stream.printed(word_idx - 1))
        && stream.printed(word_idx - 1).chars().count() > 1;
    if neighbours_large && is_large(printed) && is_large(stream.printed(word_idx + 1)) {
        // Everything is in capitals: they say nothing.
        return false;
    }
    let is_acronym = is_large(printed) && printed.chars().count() >= 2;
    let gap = word_idx.checked_sub(1).and_then(|before| stream.gap(before));
    let starts_sentence = gap.is_none_or(|gap| gap.contains(['.', '!', '?', '۔', '“', '"', ':']));
    is_acronym || !starts_sentence
}

/// Returns the letters with those that scanners confuse made one.
fn confused(letters: &str) -> String {
    let one: String = letters
        .replace("ii", "n")
        .chars()
        .map(|c| match c {
            '0' => 'o',
            '1' | 'i' | 'j' | '!' | '|' => 'l',
            '5' => 's',
            '8' => 'b',
            '6' | 'q' => 'g',
            '2' => 'z',
            'e' => 'c',
            'u' | 'v' => 'n',
            _ => c,
        })
        .collect();
    // Pairs come after single letters, or `tclecom` would lose the `cl` that `telecom` gets.
    let pairs = [("rn", "m"), ("cl", "d"), ("nn", "w"), ("rm", "w"), ("ll", "h"), ("rl", "n")];
    pairs.iter().fold(one, |text, (seen, meant)| text.replace(seen, meant))
}
