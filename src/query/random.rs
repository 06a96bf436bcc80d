//! Random trees, queries and documents for property tests, here and of engines.
//!
//! The same seed gives the same things. Trees keep the promises of [`super::tree`], so that
//! printing and parsing must give them again.

use crate::model::record::DateRole;
use crate::model::{Kind, Lang, SourceId};

use super::build::{and, exact_phrase, folded, not, or, words};
use super::oracle::{Document, OwnPassage};
use super::testing::doc_id;
use super::tree::{
    Apart, Cited, DateRange, Filter, Fuzzy, Link, ListDocs, Missing, Near, Node, NodeKind, Number,
    NumberRange, Operand, OperandKind, PathPart, Pattern, Phrase, PhraseWord, Reference, Tag, Text,
    Tree,
};

/// Words that meet often enough for random queries to find something.
const WORDS: &[&str] = &[
    "surveillance",
    "surveilance",
    "survey",
    "lawful",
    "unlawful",
    "intercept",
    "intercepts",
    "intercepted",
    "data",
    "retention",
    "LIMS",
    "lims",
    "order",
    "orders",
    "call",
    "caller",
    "54",
    "2758",
    "2023",
    "phone-tapping",
    "tapping",
    "W.P.",
    "پیکا",
    "پی",
    "ٹی",
    "اے",
    "عدالت",
    "فون",
    "ٹیپنگ",
];
const PATTERNS: &[&str] = &["surv*", "*law*", "inter?ept", "or??r*", "پی*", "*tapping", "ca*l*"];
const FUZZY: &[(&str, u8)] =
    &[("surveilance", 1), ("intrecept", 1), ("retenshun", 2), ("lawful", 2), ("عدالتی", 1)];
/// A case that the vocabulary of the tests knows, and how it is typed.
const CASE: &str = "pk/wp/2023/2758";
const CASE_TYPED: &str = "WP 2758 of 2023";
const ENTITIES: &[&str] = &["pta", "lims", "fia-ccw", "jazz"];

/// A small generator (splitmix64): fast, and the same on every machine.
#[derive(Clone, Debug)]
pub(crate) struct Maker {
    state: u64,
}

impl Maker {
    /// Starts at `seed`.
    pub(crate) const fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Returns a number below `n`, which is above 0.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % n as u64).unwrap_or(0)
    }

    /// Returns one of `things`, which is not empty.
    pub(crate) fn one<'a, T>(&mut self, things: &'a [T]) -> &'a T {
        &things[self.below(things.len())]
    }

    /// Returns `n` documents of one to four passages, with mentions, dates, courts and titles.
    pub(crate) fn documents(&mut self, n: u16) -> Vec<Document> {
        (1..=n).map(|n| self.document(n)).collect()
    }

    fn document(&mut self, n: u16) -> Document {
        let n_passages = 1 + self.below(4);
        let passages = (0..n_passages).map(|idx| self.passage(idx)).collect();
        // The first ones can be named in a query.
        let id = u8::try_from(n).map_or_else(|_| wide_id(n), doc_id);
        let mut document = Document::new(id, passages);
        document.paths = vec![format!("{}/File {n}.pdf", self.one(&["ihc", "News", "acts"]))];
        document.kind = Some(*self.one(&[Kind::Order, Kind::News, Kind::Statute]));
        document.court = self.one(&[None, Some("ihc"), Some("lhc")]).map(str::to_owned);
        document.title = Some(self.text(3));
        let date = *self.one(&["2023", "2024-06", "2024-06-25", "2025-01-31"]);
        document.main_date = date.parse().ok().filter(|_| self.below(5) > 0);
        document.dates = document.main_date.iter().map(|&date| (DateRole::Hearing, date)).collect();
        if self.below(3) == 0 {
            document.judges = vec!["babar-sattar".to_owned()];
        }
        if self.below(8) == 0 {
            document.numbers = vec![(vec![CASE.to_owned()], folded(CASE_TYPED))];
        }
        let lacks = [
            (document.main_date.is_none(), Missing::Date),
            (document.court.is_none(), Missing::Court),
            (document.judges.is_empty(), Missing::Judge),
            (document.numbers.is_empty(), Missing::Number),
        ];
        document.missing = lacks.into_iter().filter(|(is, _)| *is).map(|(_, what)| what).collect();
        document
    }

    fn passage(&mut self, idx: usize) -> OwnPassage {
        let n_words = 1 + self.below(14);
        let text = self.text(n_words);
        let mut mentions = Vec::new();
        for (start, word) in
            text.split(' ').map(|word| (word.as_ptr() as usize - text.as_ptr() as usize, word))
        {
            if self.below(6) == 0 {
                mentions.push(((*self.one(ENTITIES)).to_owned(), start..start + word.len()));
            }
        }
        let references = if self.below(5) == 0 {
            vec![(CASE.to_owned(), 0..text.split(' ').next().map_or(0, str::len))]
        } else {
            Vec::new()
        };
        OwnPassage {
            text,
            lang: *self.one(&[Lang::En, Lang::En, Lang::Ur]),
            page: 1 + u32::try_from(idx).unwrap_or(0) / 2,
            paragraph: u32::try_from(idx + 1).ok(),
            mentions,
            references,
        }
    }

    fn text(&mut self, n_words: usize) -> String {
        let words: Vec<&str> = (0..n_words).map(|_| *self.one(WORDS)).collect();
        words.join(" ")
    }

    /// Returns a tree whose brackets nest at most `depth` deep.
    pub(crate) fn tree(&mut self, depth: usize) -> Tree {
        Tree { root: self.node(depth) }
    }

    fn node(&mut self, depth: usize) -> Node {
        let choice = if depth == 0 { 3 + self.below(9) } else { self.below(12) };
        match choice {
            0 | 1 => and(0..0, self.nodes(depth - 1)),
            2 => or(0..0, self.nodes(depth - 1)),
            3 => not(0..0, self.leaf()),
            4 => plain(NodeKind::Filter(self.filter())),
            _ => self.leaf(),
        }
    }

    fn nodes(&mut self, depth: usize) -> Vec<Node> {
        (0..2 + self.below(2)).map(|_| self.node(depth)).collect()
    }

    fn leaf(&mut self) -> Node {
        let text = match self.below(11) {
            10 => Text::Reference(Reference {
                ids: vec![CASE.to_owned()],
                phrase: exact_phrase(CASE_TYPED).unwrap_or(Phrase { words: Vec::new(), slop: 0 }),
                typed: CASE_TYPED.to_owned(),
            }),
            0 => Text::Pattern(self.pattern()),
            1 => Text::Fuzzy(self.fuzzy()),
            2 | 3 => Text::Phrase(self.phrase(true)),
            4 | 5 => {
                let n_operands = 2 + self.below(2);
                Text::Near(Near {
                    operands: (0..n_operands).map(|_| self.operand(true)).collect(),
                    links: (1..n_operands).map(|_| self.link()).collect(),
                })
            }
            6 => Text::Apart(Apart {
                keep: Box::new(self.operand(true)),
                other: Box::new(self.operand(true)),
                link: self.link(),
            }),
            _ => self.word(),
        };
        plain(NodeKind::Text(text))
    }

    fn word(&mut self) -> Text {
        let letters: &str = self.one::<&str>(WORDS);
        words(letters).unwrap_or(Text::Pattern(Pattern { text: "surv*".to_owned() }))
    }

    fn pattern(&mut self) -> Pattern {
        Pattern { text: (*self.one(PATTERNS)).to_owned() }
    }

    fn fuzzy(&mut self) -> Fuzzy {
        let (word, edits) = *self.one(FUZZY);
        Fuzzy { word: folded(word), edits }
    }

    fn phrase(&mut self, with_slop: bool) -> Phrase {
        let letters = self.text(2);
        let mut words: Vec<PhraseWord> =
            folded(&letters).split(' ').map(|word| PhraseWord::Token(word.to_owned())).collect();
        if self.below(4) == 0 {
            words.pop();
            words.push(PhraseWord::Pattern(self.pattern()));
        }
        let slop = if with_slop && words.len() > 1 { *self.one(&[0, 0, 1, 2, 4]) } else { 0 };
        Phrase { words, slop }
    }

    fn link(&mut self) -> Link {
        Link { within: *self.one(&[Some(1), Some(2), Some(5), None]), ordered: self.below(3) == 0 }
    }

    fn operand(&mut self, with_any: bool) -> Operand {
        let kind = match self.below(if with_any { 8 } else { 6 }) {
            0 => OperandKind::Pattern(self.pattern()),
            1 => OperandKind::Fuzzy(self.fuzzy()),
            2 => OperandKind::Phrase(self.phrase(false)),
            3 => OperandKind::Mention(vec![self.tag()]),
            6 | 7 => OperandKind::Any((0..2).map(|_| self.operand(false)).collect()),
            _ => match self.word() {
                Text::Word(word) => OperandKind::Word(word),
                Text::Phrase(phrase) => OperandKind::Phrase(phrase),
                _ => OperandKind::Pattern(self.pattern()),
            },
        };
        Operand { span: 0..0, kind }
    }

    fn tag(&mut self) -> Tag {
        match self.below(4) {
            0 => Tag {
                id: "fia".to_owned(),
                children: vec!["fia-ccw".to_owned()],
                with_children: true,
            },
            _ => Tag {
                id: (*self.one(ENTITIES)).to_owned(),
                children: Vec::new(),
                with_children: false,
            },
        }
    }

    fn filter(&mut self) -> Filter {
        match self.below(17) {
            10 => Filter::Judge(vec!["babar-sattar".to_owned()]),
            11 => {
                Filter::Missing(vec![*self.one(&[Missing::Date, Missing::Court]), Missing::Judge])
            }
            12 => Filter::Para(vec![NumberRange { first: 2, last: *self.one(&[2, u32::MAX]) }]),
            13 => Filter::Cites(vec![Cited {
                ids: vec![CASE.to_owned()],
                typed: CASE_TYPED.to_owned(),
            }]),
            14 => Filter::Number(vec![Number {
                ids: vec![CASE.to_owned()],
                words: folded(CASE_TYPED),
                typed: CASE_TYPED.to_owned(),
            }]),
            15 => Filter::Doc(vec![doc_id(*self.one(&[1, 2, 7])), doc_id(3)]),
            16 => Filter::List(vec![ListDocs {
                name: "brief".to_owned(),
                docs: vec![doc_id(1), doc_id(3)],
            }]),
            0 | 1 => Filter::Tag(vec![self.tag()]),
            2 => Filter::Mention(vec![self.tag(), self.tag()]),
            3 => Filter::Court(vec![(*self.one(&["ihc", "lhc", "scp"])).to_owned()]),
            4 => Filter::Kind(vec![*self.one(&[Kind::Order, Kind::News])]),
            5 => Filter::Lang(vec![*self.one(&[Lang::En, Lang::Ur])]),
            6 => Filter::Page(vec![NumberRange { first: 1, last: *self.one(&[1, u32::MAX]) }]),
            7 => {
                let from = "2024-06".parse().ok();
                let to = if self.below(2) == 0 { from } else { None };
                let role = *self.one(&[None, Some(DateRole::Hearing)]);
                Filter::Date { role, ranges: vec![DateRange { from, to }] }
            }
            8 => Filter::Title(self.word()),
            _ => Filter::Source(vec![PathPart {
                text: (*self.one(&["news/", "ihc", "file 1"])).to_owned(),
                anchored: self.below(2) == 0,
            }]),
        }
    }

    /// Returns a text of up to 40 pieces that a person, or a cat on the keyboard, could type.
    pub(crate) fn query(&mut self) -> String {
        const PIECES: &[&str] = &[
            " ",
            " ",
            " ",
            " ",
            "\"",
            "“",
            "”",
            "«",
            "(",
            ")",
            "-",
            "+",
            "~",
            "~1",
            "*",
            "?",
            "^2",
            "AND",
            "OR",
            "NOT",
            "and",
            "or",
            "not",
            "NEAR",
            "w/5",
            "pre/3",
            "w/p",
            "w/s",
            "w/",
            "tag:",
            "tag:pta",
            "court:ihc",
            "title:",
            "date:",
            "2024",
            "..",
            "2024-06",
            "page:3",
            "lang:ur",
            "source:",
            "sort:newest",
            "mention:jazz",
            "number:",
            "cites:",
            "doc:",
            ",",
            "|",
            ":",
            "/",
            "\\",
            "'",
            ".",
            "\0",
            "\u{1b}",
            "\u{200F}",
            "\u{200C}",
            "\u{0301}",
            "ہائی",
            "کورٹ",
            "پی ٹی اے",
            "W.P. No. 2758/2023",
            "PLD 1998 SC 388",
            "http://a.b/c?d",
            "lims?",
            "[2024 TO *]",
            ">=",
            "<",
            "🙂",
            "İ",
            "ß",
            "ﷲ",
            "۱۲",
        ];
        let n_pieces = self.below(40);
        let mut text = String::new();
        for _ in 0..n_pieces {
            let piece = if self.below(3) == 0 { self.one(WORDS) } else { self.one(PIECES) };
            text.push_str(piece);
        }
        text
    }
}

/// Returns an id that no [`doc_id`] is.
fn wide_id(n: u16) -> SourceId {
    let mut bytes = [0xEE; 32];
    bytes[..2].copy_from_slice(&n.to_be_bytes());
    SourceId(bytes)
}

fn plain(kind: NodeKind) -> Node {
    Node::new(0..0, kind)
}
