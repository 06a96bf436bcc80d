//! Does this quotation stand in that source?
//!
//! A quotation is compared with the kept text word by word. The *kind* of each difference decides
//! the [`Verdict`], and the worst one counts; no similarity number ever does. Words are facts and
//! never accusations: a source that cannot be read is said to be unread.

mod classify;
mod marks;
mod stream;
mod verdict;
mod words;

pub mod check;
pub mod draft;
mod short;

pub use check::{
    CheckedCitation, CheckedQuotation, Cited, CitedState, Corpus, DraftReport, Found, Names,
    check_draft,
};
pub use draft::{Draft, DraftKind, Quotation};
pub use verdict::{Checked, Difference, Place, Verdict};

use crate::model::document::is_within;
use crate::model::{Locator, Page, PageNo, PageOrigin, Pin, Span};
use classify::Run;
use marks::Marked;
use stream::Stream;
/// Below this a page's text is not trusted to prove that words are absent.
const TRUSTED_QUALITY: f32 = 0.6;
/// The most words that an ellipsis may leave out; what lies further apart was spliced.
const MAX_ELLIPSIS_WORDS: usize = 400;
/// The most words that a bracket may stand for.
const MAX_BRACKET_WORDS: usize = 12;
/// Up to here a gap that hides a negation changes the sense.
const SHORT_GAP_WORDS: usize = 5;
/// Fewer words in common than these per hundred: another sentence, not a changed one.
const MIN_SHARED_PERCENT: usize = 55;

/// Compares a quotation with the pages of one document; `at` is the place that was cited.
///
/// Never says [`Verdict::Exact`] for other characters than the source's, white space aside.
pub fn verify(quote: &str, pages: &[Page], at: Option<&Locator>) -> Checked {
    Source::new(pages).verify(quote, at)
}

/// A document made ready for many quotations.
pub struct Source<'a> {
    pages: &'a [Page],
    /// Whether the file has pages by which it is cited.
    paged: bool,
    stream: Stream<'a>,
}

/// A place in the stream: words from `first` to `end`, the end excluded.
type WordRange = std::ops::Range<usize>;

impl<'a> Source<'a> {
    /// Reads the words of a document: body text in one stream over page breaks, the rest behind it.
    pub fn new(pages: &'a [Page]) -> Self {
        Self { pages, paged: stream::is_paged(pages), stream: Stream::of_pages(pages) }
    }

    /// Compares one quotation; see [`verify`].
    pub fn verify(&self, quote: &str, at: Option<&Locator>) -> Checked {
        let words = Stream::of_text(quote);
        if words.words.is_empty() {
            return Checked::only(Verdict::NotCheckable, "the quotation has no words");
        }
        let unread = self.unread_pages(at);
        let mut checked = self.compare(quote, &words, at);
        if checked.verdict == Verdict::NotFound
            && let Some(why) = unread
        {
            checked.verdict = Verdict::NotCheckable;
            checked.notes.push(why);
        }
        let is_unreliable = !checked.places.is_empty()
            && checked.places.iter().all(|place| self.is_unreliable(place));
        if checked.passes() && is_unreliable {
            // Confidence does not say when Nastaliq was misread: equal words prove nothing.
            checked.verdict = Verdict::OcrLike;
            checked.notes.push("Urdu read by OCR: look at the picture of the page".to_owned());
        } else if let Some(how) = self.scanned(&checked.places) {
            checked.notes.push(how.to_owned());
        }
        checked
    }

    /// Says how the text of some places was read, where OCR read it: a difference may be its own.
    fn scanned(&self, places: &[Place]) -> Option<&'static str> {
        let pages = self.pages.iter().filter(|page| {
            places.iter().any(|place| (place.page..=place.last_page).contains(&page.number))
        });
        let origins: Vec<PageOrigin> =
            pages.map(|page| page.origin).filter(|origin| origin.is_ocr()).collect();
        match origins.first()? {
            PageOrigin::OcrLayer if origins.iter().all(|one| *one == PageOrigin::OcrLayer) => {
                Some("page read by OCR, by whoever made the file")
            }
            _ => Some("page read by OCR"),
        }
    }

    /// Tells whether a place is on a page whose words no comparison can rest on.
    fn is_unreliable(&self, place: &Place) -> bool {
        let is_there = |page: &&Page| (place.page..=place.last_page).contains(&page.number);
        self.pages.iter().filter(is_there).any(Page::is_doubtful_script)
    }

    fn compare(&self, quote: &str, words: &Stream<'_>, at: Option<&Locator>) -> Checked {
        let literal = self.stream.find_all(words, 0..words.words.len());
        if !literal.is_empty() {
            return self.judge_literal(words, &literal, at);
        }
        let marked = marks::parse(quote);
        if marked.has_marks()
            && let Some(checked) = self.judge_marked(&marked, at)
        {
            return checked;
        }
        let nearest = self.judge_nearest(words, at);
        // Half of what OCR misread may stand elsewhere as it should: the passage itself counts.
        if nearest.passes() || matches!(nearest.verdict, Verdict::OcrLike | Verdict::WrongPlace) {
            return nearest;
        }
        self.judge_spliced(words).unwrap_or(nearest)
    }

    /// Judges a quotation whose letters all stand in the source, one after the other.
    fn judge_literal(
        &self,
        words: &Stream<'_>,
        found: &[WordRange],
        at: Option<&Locator>,
    ) -> Checked {
        let all = 0..words.words.len();
        let mut best: Option<(bool, Verdict, Checked)> = None;
        for range in found {
            let mut differences = self.letters_alike(words, all.clone(), range.clone());
            let mut verdict = worst(&differences);
            let mut notes = Vec::new();
            if verdict.passes() && self.is_nested(range) {
                notes.push("the source itself quotes these words".to_owned());
                if verdict == Verdict::Exact {
                    verdict = Verdict::Nested;
                }
            }
            let place = self.place(range);
            let fits = at.is_none_or(|at| self.fits(&place, at));
            if !fits && verdict.passes() {
                verdict = Verdict::WrongPlace;
                differences.push(Difference {
                    kind: Verdict::WrongPlace,
                    wrote: at.map(ToString::to_string).unwrap_or_default(),
                    source: self.place_words(&place),
                    detail: at.map(|at| self.other_count(&place, at)).unwrap_or_default(),
                });
            }
            let better = best.as_ref().is_none_or(|(best_fits, best_verdict, _)| {
                (!fits, verdict) < (!*best_fits, *best_verdict)
            });
            if better {
                let source_words = Some(self.stream.raw(range.clone()));
                let checked =
                    Checked { verdict, differences, places: Vec::new(), source_words, notes };
                best = Some((fits, verdict, checked));
            }
        }
        let mut checked = best.map_or_else(|| Checked::only(Verdict::NotFound, ""), |best| best.2);
        checked.places = found.iter().map(|range| self.place(range)).collect();
        checked
    }

    /// Judges a quotation with ellipses and brackets: its segments must stand in order.
    fn judge_marked(&self, marked: &Marked, at: Option<&Locator>) -> Option<Checked> {
        let segments: Vec<Stream<'_>> =
            marked.segments.iter().map(|segment| Stream::of_text(segment)).collect();
        let found: Vec<Vec<WordRange>> = segments
            .iter()
            .map(|segment| {
                if segment.words.is_empty() {
                    Vec::new()
                } else {
                    self.stream.find_all(segment, 0..segment.words.len())
                }
            })
            .collect();
        let has_words = |idx: usize| !segments[idx].words.is_empty();
        if (0..segments.len()).any(|idx| has_words(idx) && found[idx].is_empty()) {
            return None;
        }
        let first = (0..segments.len()).find(|&idx| has_words(idx))?;
        let mut chains: Vec<Vec<(usize, WordRange)>> = found[first]
            .iter()
            .filter_map(|start| self.chain(marked, &found, first, start))
            .collect();
        // Of two beginnings before one end the nearer counts: a far one would make a long gap, in
        // which a negation may be hidden, out of a short one.
        let end_of = |chain: &[(usize, WordRange)]| chain.last().map(|(_, range)| range.start);
        let start_of = |chain: &[(usize, WordRange)]| chain.first().map(|(_, range)| range.start);
        chains.sort_by_key(|chain| (end_of(chain), std::cmp::Reverse(start_of(chain))));
        chains.dedup_by_key(|chain| end_of(chain));
        let mut best: Option<Checked> = None;
        for chain in &chains {
            let checked = self.judge_chain(marked, &segments, chain, at);
            if best.as_ref().is_none_or(|best| checked.verdict < best.verdict) {
                best = Some(checked);
            }
        }
        Some(best.unwrap_or_else(|| {
            let mut checked = Checked::only(
                Verdict::Spliced,
                "the parts stand in different places, or in another order",
            );
            let places = found.iter().flatten().take(20).map(|range| self.place(range));
            checked.places = places.collect();
            checked
        }))
    }

    /// Returns a range a segment with words: each the nearest after the one before.
    fn chain(
        &self,
        marked: &Marked,
        found: &[Vec<WordRange>],
        first: usize,
        start: &WordRange,
    ) -> Option<Vec<(usize, WordRange)>> {
        let mut chain = vec![(first, start.clone())];
        for (idx, ranges) in found.iter().enumerate().skip(first + 1) {
            if ranges.is_empty() {
                continue;
            }
            let (before_idx, before) = chain.last()?;
            let gap = marked.gap_limit(*before_idx, idx);
            let end = before.end;
            let next = ranges.iter().find(|range| range.start >= end)?;
            if next.start - end > gap || self.stream.is_broken(end, next.start) {
                return None;
            }
            chain.push((idx, next.clone()));
        }
        Some(chain)
    }

    /// Judges segments that stand in order: what the marks hide must not turn the sense.
    fn judge_chain(
        &self,
        marked: &Marked,
        segments: &[Stream<'_>],
        chain: &[(usize, WordRange)],
        at: Option<&Locator>,
    ) -> Checked {
        let mut differences = Vec::new();
        let mut notes = Vec::new();
        for (idx, range) in chain {
            let all = 0..segments[*idx].words.len();
            let own = self.letters_alike(&segments[*idx], all, range.clone());
            differences.extend(own);
        }
        for pair in chain.windows(2) {
            let [(before_idx, before), (after_idx, after)] = pair else { continue };
            let hidden = before.end..after.start;
            let given = marked.words_between(*before_idx, *after_idx);
            let source = self.stream.raw(hidden.clone());
            let n_hidden = hidden.len();
            let is_ocr = self.is_ocr(hidden.clone());
            let turned = classify::negations_differ(&given, &self.stream, hidden, is_ocr);
            let difference = |kind, detail: &str| Difference {
                kind,
                wrote: given.clone(),
                source: source.clone(),
                detail: detail.to_owned(),
            };
            match turned {
                Some(word) if n_hidden <= SHORT_GAP_WORDS || !given.is_empty() => {
                    let detail = format!("the mark hides or adds “{word}”");
                    differences.push(difference(Verdict::NegationChanged, &detail));
                }
                Some(word) => {
                    notes.push(format!("the omitted words hold “{word}”"));
                    differences.push(difference(Verdict::MarkedChange, ""));
                }
                None => differences.push(difference(Verdict::MarkedChange, "")),
            }
        }
        // A mark at the very beginning or end, or inside a word, leaves nothing between segments.
        let mut verdict = worst(&differences).max(Verdict::MarkedChange);
        let places: Vec<Place> = match (chain.first(), chain.last()) {
            (Some((_, first)), Some((_, last))) => vec![self.place(&(first.start..last.end))],
            _ => Vec::new(),
        };
        if verdict.passes()
            && let (Some(at), Some(place)) = (at, places.first())
            && !self.fits(place, at)
        {
            verdict = Verdict::WrongPlace;
        }
        let source_words =
            chain.first().zip(chain.last()).map(|((_, a), (_, b))| self.stream.raw(a.start..b.end));
        Checked { verdict, differences, places, source_words, notes }
    }

    /// Finds a quotation whose two halves stand apart: each exact, but not together.
    fn judge_spliced(&self, words: &Stream<'_>) -> Option<Checked> {
        let n_words = words.words.len();
        if n_words < 6 {
            return None;
        }
        let head = self.longest(words, |len| 0..len)?;
        let tail = self.longest(words, |len| n_words - len..n_words)?;
        // Words may stand in both halves: any cut between them will do.
        if head.0 + tail.0 < n_words {
            return None;
        }
        let cut = head.0.min(n_words - 3).max(n_words - tail.0).max(3);
        if cut < 3 || n_words - cut < 3 {
            return None;
        }
        let heads = self.stream.find_all(words, 0..cut);
        let tails = self.stream.find_all(words, cut..n_words);
        let is_near = heads.iter().any(|head| {
            tails.iter().any(|tail| {
                tail.start >= head.end
                    && tail.start - head.end <= MAX_DROPPED_WORDS
                    && self.stream.same_paragraph(head.end - 1, tail.start)
            })
        });
        if is_near {
            return None;
        }
        let mut checked = Checked::only(Verdict::Spliced, "the halves stand in different places");
        checked.places = heads
            .iter()
            .take(1)
            .chain(tails.iter().take(1))
            .map(|range| self.place(range))
            .collect();
        checked.source_words = heads.first().map(|range| self.stream.raw(range.clone()));
        Some(checked)
    }

    /// Returns the greatest number of words for which the range stands in the source, at least 3.
    fn longest(
        &self,
        words: &Stream<'_>,
        range: impl Fn(usize) -> WordRange,
    ) -> Option<(usize, WordRange)> {
        let n_words = words.words.len();
        let (mut low, mut high) = (2, n_words);
        // A longer range is found only where the shorter is: bisection.
        while low < high {
            let middle = (low + high).div_ceil(2);
            if self.stream.find_all(words, range(middle)).is_empty() {
                high = middle - 1;
            } else {
                low = middle;
            }
        }
        (low >= 3).then(|| (low, range(low)))
    }

    /// Aligns the quotation with the passages that share most words, and judges the differences.
    fn judge_nearest(&self, words: &Stream<'_>, at: Option<&Locator>) -> Checked {
        let mut best: Option<(usize, Verdict, WordRange, Vec<Difference>)> = None;
        // What stands where it was looked for is meant, if it has nearly all the words.
        let n_words = words.words.len();
        let is_near = |n_same: usize| n_same * 100 >= n_words * NEAR_PERCENT;
        let there = at.map_or_else(Vec::new, |at| {
            self.stream.windows(words, |part| self.part_fits(part, at))
        });
        let n_there = there.len();
        let windows = there.into_iter().chain(self.stream.windows(words, |_| true));
        for (idx, window) in windows.enumerate() {
            if idx == n_there && best.as_ref().is_some_and(|(n_same, ..)| is_near(*n_same)) {
                break;
            }
            let runs = classify::align(words, &self.stream, window.clone());
            let n_same: usize = runs.iter().map(Run::n_same).sum();
            let Some(range) = classify::extent(&runs) else { continue };
            let is_there = at.is_none_or(|at| self.fits(&self.place(&range), at));
            if idx < n_there && !is_there {
                continue;
            }
            let differences = self.differences(words, &runs);
            let verdict = worst(&differences);
            let better = best.as_ref().is_none_or(|(best_same, best_verdict, _, _)| {
                (n_same, std::cmp::Reverse(verdict))
                    > (*best_same, std::cmp::Reverse(*best_verdict))
            });
            if better {
                best = Some((n_same, verdict, range, differences));
            }
        }
        let Some((n_same, verdict, range, differences)) = best else {
            return Checked::only(Verdict::NotFound, "");
        };
        let source_words = Some(self.stream.raw(range.clone()));
        let places = vec![self.place(&range)];
        if n_same * 100 < words.words.len() * MIN_SHARED_PERCENT {
            let mut checked = Checked::only(Verdict::NotFound, "");
            if n_same * 100 >= words.words.len() * 30 && n_same >= 3 {
                checked.notes.push("the nearest passage is shown".to_owned());
                (checked.places, checked.source_words) = (places, source_words);
            }
            return checked;
        }
        let mut checked = Checked { verdict, differences, places, source_words, notes: Vec::new() };
        if let Some(at) = at
            && !self.fits(&checked.places[0], at)
        {
            let place = self.place_words(&checked.places[0]);
            let other = self.other_count(&checked.places[0], at);
            let gap = if other.is_empty() { "" } else { ": " };
            checked.notes.push(format!("it stands at {place}{gap}{other}"));
            if checked.verdict.passes() {
                checked.verdict = Verdict::WrongPlace;
            }
        }
        checked
    }

    /// Returns the differences of an alignment, each classified.
    fn differences(&self, words: &Stream<'_>, runs: &[Run]) -> Vec<Difference> {
        let mut differences = Vec::new();
        for run in runs {
            if run.same {
                let (quote, source) = (run.quote.clone(), run.source.clone());
                differences.extend(self.letters_alike(words, quote, source));
            } else {
                let is_ocr = self.is_ocr(run.source.clone());
                differences.push(classify::difference(words, &self.stream, run, is_ocr));
            }
        }
        differences
    }

    /// Compares what stands between equal letters: spaces and signs.
    fn letters_alike(
        &self,
        words: &Stream<'_>,
        quote: WordRange,
        source: WordRange,
    ) -> Vec<Difference> {
        let mut differences = classify::letters_alike(words, quote, &self.stream, source.clone());
        if self.is_ocr(source) {
            classify::misread_signs(&mut differences);
        }
        differences
    }

    /// Tells whether any of the words stands on a page that was read by OCR.
    fn is_ocr(&self, range: WordRange) -> bool {
        let words = self.stream.words.get(range).unwrap_or_default();
        words.iter().any(|word| {
            let page = self.pages.get(self.stream.part(word).page_idx);
            page.is_some_and(|page| page.origin.is_ocr())
        })
    }

    /// Tells whether the words stand inside quotation marks, or a set-off quotation, of the source.
    fn is_nested(&self, range: &WordRange) -> bool {
        let (Some(first), Some(last)) = (
            self.stream.words.get(range.start),
            range.end.checked_sub(1).and_then(|last| self.stream.words.get(last)),
        ) else {
            return false;
        };
        let part = self.stream.part(first);
        if part.is_quote {
            return true;
        }
        if first.part != last.part {
            return false;
        }
        let before = part.text.get(..first.source.start - part.offset).unwrap_or_default();
        let after = part.text.get(last.source.end - part.offset..).unwrap_or_default();
        let mut depth = 0;
        let mut straight = false;
        for c in before.chars() {
            match c {
                '“' | '«' => depth += 1,
                '”' | '»' => depth = i32::max(depth - 1, 0),
                '"' => straight = !straight,
                _ => {}
            }
        }
        let closes = |open: char| match open {
            '"' => after.contains('"'),
            _ => after.contains(['”', '»']),
        };
        depth > 0 && closes('“') || straight && closes('"')
    }

    /// Returns where a range of words stands.
    fn place(&self, range: &WordRange) -> Place {
        let words = self.stream.words.get(range.clone()).unwrap_or_default();
        let mut spans: Vec<(PageNo, Span)> = Vec::new();
        for word in words {
            let part = self.stream.part(word);
            let page = self.pages.get(part.page_idx).map_or(PageNo::FIRST, |page| page.number);
            match spans.last_mut() {
                Some((last, span)) if *last == page && word.source.start >= span.start => {
                    span.end = span.end.max(word.source.end);
                }
                _ => spans.push((page, word.source.clone())),
            }
        }
        let first = words.first().map(|word| self.stream.part(word));
        let page = first.and_then(|part| self.pages.get(part.page_idx));
        let number = page.map_or(PageNo::FIRST, |page| page.number);
        Place {
            page: number,
            last_page: spans.last().map_or(number, |(page, _)| *page),
            page_label: page.and_then(|page| page.label.clone()),
            paragraph: first.and_then(|part| part.label.clone()),
            item: first.and_then(|part| part.item.clone()),
            note: first.and_then(|part| part.note.clone()),
            spans,
        }
    }

    /// Tells whether the place lies where the locator says; pins that the document does not count
    /// by (sections, notes) are passed over.
    fn fits(&self, place: &Place, at: &Locator) -> bool {
        at.0.iter().all(|pin| match pin {
            Pin::Page(first, last) => {
                place.page <= last.unwrap_or(*first) && *first <= place.last_page
            }
            Pin::Label(first, last) => place.page_label.as_ref().is_none_or(|label| {
                label.eq_ignore_ascii_case(first)
                    || last.as_ref().is_some_and(|last| between(label, first, last))
            }),
            Pin::Para(first, last) => {
                // No paragraph of a note is known: the page alone can be checked.
                if !self.stream.has_labels() || place.note.is_some() {
                    return true;
                }
                // Whoever cites 12 for what stands in 12(b) is less exact, and right.
                place.paragraph.iter().chain(&place.item).any(|label| {
                    is_within(label, first)
                        || last.as_ref().is_some_and(|last| between(label, first, last))
                })
            }
            Pin::Section(..) | Pin::Article(..) | Pin::Rule(..) | Pin::Note(..) => true,
        })
    }

    /// Tells whether a part stands where the locator says; its page label is not asked.
    fn part_fits(&self, part: &stream::Part<'_>, at: &Locator) -> bool {
        let page = self.pages.get(part.page_idx);
        let number = page.map_or(PageNo::FIRST, |page| page.number);
        let place = Place {
            page: number,
            last_page: number,
            page_label: page.and_then(|page| page.label.clone()),
            paragraph: part.label.clone(),
            item: part.item.clone(),
            note: part.note.clone(),
            spans: Vec::new(),
        };
        self.fits(&place, at)
    }

    /// Returns a place in words: `p12,para18`; of a file without pages `para18`.
    fn place_words(&self, place: &Place) -> String {
        let mut words = Vec::new();
        if self.paged {
            let last = (place.last_page != place.page).then(|| format!("-{}", place.last_page));
            words.push(format!("p{}{}", place.page, last.unwrap_or_default()));
        }
        words.extend(place.paragraph.as_ref().map(|paragraph| format!("para{paragraph}")));
        words.extend(place.note.as_ref().map(|note| format!("n{note}")));
        if words.is_empty() { "no numbered paragraph".to_owned() } else { words.join(",") }
    }

    /// Says that the number of a page was counted in the other way: as printed, or as the file
    /// counts; empty where it was not.
    fn other_count(&self, place: &Place, at: &Locator) -> String {
        let Some(printed) = place.page_label.as_deref() else { return String::new() };
        let page = place.page.to_string();
        for pin in &at.0 {
            match pin {
                Pin::Page(first, _) if first.to_string() == printed && printed != page => {
                    return format!("{printed} is the number printed there: write pl{printed}");
                }
                Pin::Label(first, _) if *first == page && printed != page => {
                    return format!("{page} is the file's own count: write p{page}");
                }
                _ => {}
            }
        }
        String::new()
    }

    /// Says why "not found" cannot be said: cited or many pages without text to trust.
    fn unread_pages(&self, at: Option<&Locator>) -> Option<String> {
        let is_unread =
            |page: &&Page| page.text.trim().is_empty() || page.quality < TRUSTED_QUALITY;
        if self.pages.iter().all(|page| is_unread(&page)) {
            return Some("the document has no trustworthy text".to_owned());
        }
        let pinned = at.and_then(Locator::page);
        if let Some(number) = pinned {
            let page = self.pages.iter().find(|page| page.number == number);
            return page
                .filter(is_unread)
                .map(|page| format!("page {} has no trustworthy text", page.number));
        }
        // A blank page here and there hides nothing.
        let n_unread = self.pages.iter().filter(is_unread).count();
        (n_unread * 10 >= self.pages.len() && n_unread > 0)
            .then(|| format!("no trustworthy text on {n_unread} of {} pages", self.pages.len()))
    }
}

/// So many of a hundred words are nearly all: the passage that was looked for is meant.
const NEAR_PERCENT: usize = 75;
/// The most words that a quotation can have dropped, so that its halves still belong together.
const MAX_DROPPED_WORDS: usize = 30;

/// Returns the worst verdict; no difference at all is exact.
fn worst(differences: &[Difference]) -> Verdict {
    differences.iter().map(|difference| difference.kind).max().unwrap_or(Verdict::Exact)
}

/// Tells whether a numbered label lies in a range of labels.
fn between(label: &str, first: &str, last: &str) -> bool {
    let number = |text: &str| {
        text.chars().take_while(char::is_ascii_digit).collect::<String>().parse::<u32>().ok()
    };
    match (number(label), number(first), number(last)) {
        (Some(label), Some(first), Some(last)) => first <= label && label <= last,
        _ => false,
    }
}

#[cfg(test)]
pub(crate) mod mutations;
#[cfg(test)]
mod tests;
