//! What is marked in a passage that is shown, and which part of a long passage is shown.
//!
//! Marks are spans of the source's own text, sorted and disjoint, and never cut a letter from its
//! marks. Words of what NOT excludes are never marked.

use unicode_normalization::char::is_combining_mark;

use crate::model::{Lang, Span};

use super::passage::{Looked, Passage};
use super::tree::{Filter, Node, NodeKind, Text, Tree};

/// Returns what the query marks in a passage: sorted, disjoint bytes of its text.
///
/// Where a query asks for no text at all, the mentions and references that its filters name are
/// marked. That the passage is a hit is the engine's word: `page:` and `para:` are not looked at.
pub fn highlight(tree: &Tree, passage: &Passage<'_>) -> Vec<Span> {
    let looked = Looked::new(*passage);
    let mut marks = Vec::new();
    mark(&tree.root, &looked, !tree.is_filters_alone(), &mut marks);
    tidy(passage.text, marks)
}

/// Returns what `title:` marks in a title: sorted, disjoint bytes.
pub fn highlight_title(tree: &Tree, title: &str, lang: Lang) -> Vec<Span> {
    let looked = Looked::new(Passage::of_text(title, lang));
    let asked = tree.filters().into_iter().filter_map(|filter| match filter {
        Filter::Title(text) => Some(looked.marks(text)),
        _ => None,
    });
    tidy(title, asked.flatten().collect())
}

/// Collects the marks of a node. An And whose own filters of passages turn the passage down finds
/// nothing in it.
fn mark(node: &Node, looked: &Looked<'_>, has_texts: bool, marks: &mut Vec<Span>) {
    match &node.kind {
        NodeKind::And(children) => {
            let is_taken = children.iter().all(|child| match &child.kind {
                NodeKind::Filter(Filter::Page(_) | Filter::Para(_)) => true,
                NodeKind::Filter(filter) => looked.is_taken(filter),
                _ => true,
            });
            if is_taken {
                children.iter().for_each(|child| mark(child, looked, has_texts, marks));
            }
        }
        NodeKind::Or(children) => {
            children.iter().for_each(|child| mark(child, looked, has_texts, marks));
        }
        NodeKind::Expanded { typed, others } => {
            mark(typed, looked, has_texts, marks);
            others.iter().for_each(|text: &Text| marks.extend(looked.marks(text)));
        }
        NodeKind::Text(text) => marks.extend(looked.marks(text)),
        NodeKind::Filter(Filter::Tag(tags) | Filter::Mention(tags)) if !has_texts => {
            marks.extend(looked.mentions(tags));
        }
        NodeKind::Filter(Filter::Cites(cited)) if !has_texts => {
            let references = looked.passage().references.iter();
            let cites = |id: &String| cited.iter().any(|cited| cited.ids.contains(id));
            marks.extend(references.filter(|(id, _)| cites(id)).map(|(_, span)| span.clone()));
        }
        NodeKind::All | NodeKind::Not(_) | NodeKind::Filter(_) => {}
    }
}

/// Sorts marks, joins those that overlap or touch, and takes combining marks in.
fn tidy(text: &str, mut marks: Vec<Span>) -> Vec<Span> {
    marks.sort_by_key(|span| (span.start, span.end));
    let mut tidy: Vec<Span> = Vec::with_capacity(marks.len());
    for span in marks {
        let behind = text.get(span.end..).unwrap_or_default().chars();
        let n_bytes: usize = behind.take_while(|&c| is_combining_mark(c)).map(char::len_utf8).sum();
        let end = span.end + n_bytes;
        match tidy.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(end),
            _ if span.start < end => tidy.push(span.start..end),
            _ => {}
        }
    }
    tidy
}

/// The part of a passage that is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snippet {
    /// Bytes of the passage; text before and after it was left out where it does not reach an end.
    pub span: Span,
    /// The marks within, as bytes of the shown part.
    pub marks: Vec<Span>,
    /// Whether `…` stands before the part.
    pub is_cut_before: bool,
    /// Whether `…` stands behind the part.
    pub is_cut_after: bool,
}

/// Returns the part of `text` with the most marks, of `max_chars` characters at most.
///
/// It begins and ends between sentences where it can, else between words, and never inside a mark:
/// a mark longer than `max_chars` is shown whole. `marks` are sorted and disjoint.
pub fn snippet(text: &str, marks: &[Span], max_chars: usize) -> Snippet {
    let starts: Vec<usize> =
        text.char_indices().map(|(byte, _)| byte).chain([text.len()]).collect();
    let n_chars = starts.len() - 1;
    let window = if n_chars <= max_chars {
        0..text.len()
    } else {
        let char_of = |byte: usize| starts.partition_point(|&start| start < byte);
        let chars: Vec<Span> =
            marks.iter().map(|span| char_of(span.start)..char_of(span.end)).collect();
        let borders = Borders::new(text, &starts);
        let window = borders.window(&densest(&chars, max_chars), max_chars);
        starts[window.start]..starts[window.end]
    };
    let inside = |span: &&Span| window.start <= span.start && span.end <= window.end;
    let shift = |span: &Span| span.start - window.start..span.end - window.start;
    Snippet {
        marks: marks.iter().filter(inside).map(shift).collect(),
        is_cut_before: window.start > 0,
        is_cut_after: window.end < text.len(),
        span: window,
    }
}

/// Returns the characters from the first to the last mark of the densest group that fits; the first
/// such group. An empty range where nothing is marked.
fn densest(marks: &[Span], max_chars: usize) -> Span {
    let group = |first: usize| {
        let start = marks[first].start;
        let fits = |mark: &&Span| mark.end <= start + max_chars;
        marks[first..].iter().take_while(fits).count().max(1)
    };
    let mut best: Option<(usize, usize)> = None;
    for first in 0..marks.len() {
        let n_marks = group(first);
        if best.is_none_or(|(_, most)| n_marks > most) {
            best = Some((first, n_marks));
        }
    }
    best.map_or(0..0, |(first, n_marks)| marks[first].start..marks[first + n_marks - 1].end)
}

/// Where a text may be cut; positions count characters.
struct Borders {
    n_chars: usize,
    /// First characters of sentences, 0 among them.
    sentences: Vec<usize>,
    /// First characters of words.
    words: Vec<usize>,
    /// The character behind the last of each word.
    word_ends: Vec<usize>,
}

impl Borders {
    fn new(text: &str, starts: &[usize]) -> Self {
        let chars: Vec<char> = text.chars().collect();
        let is_blank = |idx: usize| chars.get(idx).is_none_or(|c| c.is_whitespace());
        let begins_word = |idx: &usize| !is_blank(*idx) && (*idx == 0 || is_blank(*idx - 1));
        let words: Vec<usize> = (0..chars.len()).filter(begins_word).collect();
        let ends_word = |idx: &usize| *idx > 0 && !is_blank(*idx - 1) && is_blank(*idx);
        let word_ends: Vec<usize> = (0..=chars.len()).filter(ends_word).collect();
        let ends_sentence = |&(word, end): &(usize, usize)| {
            let letters = text.get(starts[word]..starts[end]).unwrap_or_default();
            is_sentence_end(letters)
        };
        let mut sentences = vec![0];
        for (idx, pair) in words.iter().copied().zip(word_ends.iter().copied()).enumerate() {
            if let Some(&next) = words.get(idx + 1) {
                let has_break = chars[pair.1..next].contains(&'\n');
                let next_begins = chars.get(next).is_some_and(|c| !c.is_lowercase());
                if has_break || (ends_sentence(&pair) && next_begins) {
                    sentences.push(next);
                }
            }
        }
        Self { n_chars: chars.len(), sentences, words, word_ends }
    }

    /// Returns the characters to show around `core`, which is always shown whole.
    fn window(&self, core: &Span, max_chars: usize) -> Span {
        let spare = max_chars.saturating_sub(core.len());
        let earliest = core.start.saturating_sub(spare);
        let sentence = last_within(&self.sentences, earliest, core.start);
        // Without a sentence in reach a third of what is left goes before the marks.
        let start = sentence.unwrap_or_else(|| {
            let from = core.start.saturating_sub(spare / 3);
            first_within(&self.words, from, core.start).unwrap_or(core.start)
        });
        let latest = (start + max_chars).max(core.end).min(self.n_chars);
        if latest == self.n_chars {
            return start..latest;
        }
        let behind = |sentence: &usize| {
            let end = self.word_ends.partition_point(|end| end <= sentence);
            end.checked_sub(1).and_then(|idx| self.word_ends.get(idx)).copied()
        };
        let ends: Vec<usize> = self.sentences.iter().skip(1).filter_map(behind).collect();
        // A sentence that ends early would leave half of the space empty.
        let early = core.end.max(start + max_chars / 2);
        let end = last_within(&ends, early, latest)
            .or_else(|| last_within(&self.word_ends, core.end, latest))
            .unwrap_or(latest);
        start..end
    }
}

fn last_within(places: &[usize], from: usize, to: usize) -> Option<usize> {
    places.iter().rev().copied().find(|&place| place <= to).filter(|&place| place >= from)
}

fn first_within(places: &[usize], from: usize, to: usize) -> Option<usize> {
    places.iter().copied().find(|&place| place >= from).filter(|&place| place <= to)
}

/// Words before which a full stop ends no sentence.
const SHORT: [&str; 22] = [
    "no", "nos", "v", "vs", "mr", "mrs", "ms", "dr", "hon", "justice", "art", "arts", "s", "ss",
    "sec", "para", "paras", "p", "pp", "ltd", "etc", "cf",
];

/// Tells whether a word with its signs ends a sentence: not `No.`, `v.`, `S.` or `W.P.`.
fn is_sentence_end(word: &str) -> bool {
    let bare = word.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']']);
    let Some(last) = bare.chars().last() else { return false };
    if matches!(last, '?' | '!' | '۔' | '؟') {
        return true;
    }
    if last != '.' {
        return false;
    }
    let letters = bare.trim_end_matches('.').trim_start_matches(['(', '"', '“', '‘', '[']);
    let lower = letters.to_lowercase();
    let is_initials = letters.contains('.') || letters.chars().count() < 2;
    let is_number = letters.chars().all(char::is_numeric);
    !(is_initials || is_number && letters.len() < 3 || SHORT.contains(&lower.as_str()))
}

#[cfg(test)]
mod tests {
    use super::super::parse;
    use super::super::testing::Known;
    use super::*;

    #[track_caller]
    fn check_passage(query: &str, passage: &Passage<'_>, expect: &[&str]) {
        let tree = parse(query, &Known).unwrap().tree;
        let marks = highlight(&tree, passage);
        let found: Vec<&str> =
            marks.iter().filter_map(|span| passage.text.get(span.clone())).collect();
        assert_eq!(found, expect, "{query}");
    }

    #[track_caller]
    fn check(query: &str, text: &str, expect: &[&str]) {
        check_passage(query, &Passage::of_text(text, Lang::En), expect);
    }

    #[test]
    fn a_phrase_is_marked_as_a_phrase() {
        check("\"lawful intercept\"", "Lawful Intercept … lawful orders", &["Lawful Intercept"]);
        check("2758/2023", "in W.P. No. 2758/2023 dated", &["2758/2023"]);
    }

    #[test]
    fn fuzzy_words_and_patterns_are_marked_whole() {
        check("surv*", "surveillance of a survey", &["surveillance", "survey"]);
        check("surveilance~1", "Surveillance law", &["Surveillance"]);
    }

    #[test]
    fn pairs_alone_and_no_excluded_word() {
        check("call w/2 data", "call data; but no call and not any data", &["call", "data"]);
        check("lims -firewall", "LIMS and firewall", &["LIMS"]);
    }

    #[test]
    fn a_reference_is_marked_where_it_is_printed() {
        let references = [("pk/wp/2023/2758".to_owned(), 3..21)];
        let text = "in W.P. No. 2758/2023 (Islamabad)";
        let passage = Passage { references: &references, ..Passage::of_text(text, Lang::En) };
        check_passage("WP 2758 of 2023", &passage, &["W.P. No. 2758/2023"]);
    }

    #[test]
    fn mentions_are_marked_when_no_words_are_asked() {
        let mentions = [("peca".to_owned(), 4..12)];
        let text = "نےپیکا کا";
        let passage = Passage { mentions: &mentions, ..Passage::of_text(text, Lang::Ur) };
        check_passage("tag:peca", &passage, &["پیکا"]);
        check_passage("tag:peca کا", &passage, &["کا"]);
    }

    #[test]
    fn filters_of_passages_decide_about_marks() {
        let text = "lims and firewall";
        check("(lims lang:ur) OR firewall", text, &["firewall"]);
        check("(lims lang:en) OR firewall", text, &["lims", "firewall"]);
    }

    fn one(span: Span) -> Vec<Span> {
        vec![span]
    }

    #[test]
    fn letters_keep_their_marks() {
        assert_eq!(tidy("بشریٰ بی", one(0..8)), one(0..10));
        assert_eq!(tidy("abc def", vec![4..7, 0..2, 1..3]), [0..3, 4..7]);
    }

    #[test]
    fn titles() {
        let tree = parse("title:retention lims", &Known).unwrap().tree;
        assert_eq!(highlight_title(&tree, "Data retention and LIMS", Lang::En), one(5..14));
    }

    /// Checks the shown part, marks in brackets.
    #[track_caller]
    fn check_snippet(text: &str, word: &str, max_chars: usize, expect: &str) {
        let marks: Vec<Span> =
            text.match_indices(word).map(|(at, word)| at..at + word.len()).collect();
        let snippet = snippet(text, &marks, max_chars);
        let shown = text.get(snippet.span.clone()).unwrap();
        let mut out = String::from(if snippet.is_cut_before { "…" } else { "" });
        let mut at = 0;
        for mark in &snippet.marks {
            out.push_str(shown.get(at..mark.start).unwrap());
            out.push_str(&format!("[{}]", shown.get(mark.clone()).unwrap()));
            at = mark.end;
        }
        out.push_str(shown.get(at..).unwrap());
        out.push_str(if snippet.is_cut_after { "…" } else { "" });
        assert_eq!(out, expect);
    }

    const LONG: &str = "The petition in W.P. No. 12 was filed late. It spoke of retention and of \
        calls. The court heard both sides at length. Then retention ended; retention was unlawful. \
        The rest is about costs and about nothing else.";

    #[test]
    fn short_texts_are_shown_whole() {
        check_snippet("A short text.", "short", 300, "A [short] text.");
        check_snippet("", "x", 10, "");
    }

    #[test]
    fn the_densest_part_is_cut_at_sentences() {
        check_snippet(LONG, "retention", 60, "…Then [retention] ended; [retention] was unlawful.…");
        check_snippet(LONG, "costs", 60, "…The rest is about [costs] and about nothing else.");
        check_snippet(LONG, "nothing here", 60, "The petition in W.P. No. 12 was filed late.…");
    }

    #[test]
    fn where_no_sentence_ends_words_are_kept_whole() {
        check_snippet(LONG, "at length", 20, "…[at length].…");
        check_snippet("one two three four five six", "three four", 4, "…[three four]…");
    }

    #[test]
    fn urdu_sentences_end_with_their_own_stop() {
        let text = "عدالت نے سماعت کی۔ پھر حکم سنایا گیا۔ کیس ختم ہوا۔";
        check_snippet(text, "حکم", 22, "…پھر [حکم] سنایا گیا۔…");
    }
}
