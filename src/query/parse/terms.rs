//! One term: a word with its wildcards, edits and boosts, the words of a phrase, `w/n`.

use super::Parser;
use crate::model::Span;
use crate::query::error::QueryError;
use crate::query::print::spelling;
use crate::query::tree::{Fuzzy, Link, Node, NodeKind, Phrase, PhraseWord, Text};
use crate::query::{Note, build, limits};

/// What stands behind `~` to ask for every name of an entity.
pub(super) const NAMES: &str = "names";

impl Parser<'_> {
    /// Returns the link of `w/5`, `pre/5`, `NEAR/5`, `w/s`, `w/p` …, or `None` for another word.
    pub(super) fn near_operator(&mut self, letters: &str, span: &Span) -> Option<Link> {
        let lower = letters.to_lowercase();
        let (name, distance) = match lower.split_once('/') {
            Some(parts) => parts,
            None if letters == "NEAR" => ("near", ""),
            None => return None,
        };
        let ordered = match name {
            "w" | "near" => false,
            "pre" => true,
            _ => return None,
        };
        let within = match distance {
            "p" => None,
            "s" => Some(limits::SENTENCE),
            "" => {
                self.note(span.clone(), format!("distance {} assumed", limits::USUAL_DISTANCE));
                Some(limits::USUAL_DISTANCE)
            }
            _ if !distance.bytes().all(|byte| byte.is_ascii_digit()) => return None,
            _ => Some(match distance.parse::<u8>() {
                Ok(0) => {
                    self.note(span.clone(), "1 is the least distance");
                    1
                }
                Ok(distance) => distance,
                Err(_) => {
                    self.note(span.clone(), "255 is the largest distance");
                    u8::MAX
                }
            }),
        };
        Some(Link { within, ordered })
    }

    /// Returns the phrase of `letters`, with wildcards; `None` where there is no word.
    pub(super) fn phrase(
        &mut self,
        letters: &str,
        slop: u8,
        span: &Span,
    ) -> Result<Option<Phrase>, QueryError> {
        let words = self.wild(letters, span);
        if words.len() > limits::PHRASE_WORDS {
            return Err(QueryError::LongPhrase { span: span.clone(), words: words.len() });
        }
        if words.is_empty() {
            self.note(span.clone(), "no word between the quotes: ignored");
            return Ok(None);
        }
        let slop = if words.len() == 1 { 0 } else { slop };
        Ok(Some(Phrase { words, slop }))
    }

    /// Returns the tokens and patterns of `letters`, with notes about wildcards.
    fn wild(&mut self, letters: &str, span: &Span) -> Vec<PhraseWord> {
        let wild = build::wild_words(letters);
        if let Some(plain) = wild.too_short {
            self.note(
                span.clone(),
                format!(
                    "too short for a wildcard, two letters at least: read as the word `{plain}`"
                ),
            );
        }
        if wild.bare && !wild.words.is_empty() {
            self.note(span.clone(), "a wildcard alone is no word: ignored");
        }
        if wild.leads {
            self.note(span.clone(), "a wildcard in front looks through every word: slow");
        }
        wild.words
    }

    /// Returns any name of the entity that `letters` name: `pta~names` finds what speaks of it in
    /// either script.
    pub(super) fn all_names(
        &mut self,
        letters: &str,
        span: &Span,
    ) -> Result<Option<Node>, QueryError> {
        let folded = build::folded(letters);
        let words: Vec<&str> = folded.split(' ').filter(|word| !word.is_empty()).collect();
        let Some(typed) = build::words(letters) else {
            self.note(span.clone(), "`~names` without a name: ignored");
            return Ok(None);
        };
        let found = self.vocabulary.name_forms(&words);
        let Some(found) = found.filter(|found| found.n_words == words.len()) else {
            let note = format!("no entity is called `{folded}`: `~names` ignored");
            self.note(span.clone(), note);
            self.count(span)?;
            return Ok(Some(Node::new(span.clone(), NodeKind::Text(typed))));
        };
        let mut texts = vec![typed];
        for text in found.forms.iter().filter_map(|form| build::words(form)) {
            // Capitals, which have no stem, are no other name.
            if !texts.iter().any(|known| known.letters() == text.letters()) {
                texts.push(text);
            }
        }
        let listed: Vec<String> = texts.iter().skip(1).map(spelling).collect();
        let note = format!("every name of {}: {}", found.name, listed.join(", "));
        self.note(span.clone(), note);
        let mut nodes = Vec::with_capacity(texts.len());
        for text in texts {
            self.count(span)?;
            nodes.push(Node::new(span.clone(), NodeKind::Text(text)));
        }
        Ok(Some(build::or(span.clone(), nodes)))
    }

    /// Returns the node of a plain word; `None` where it holds no letter.
    pub(super) fn plain(&mut self, letters: &str, span: &Span) -> Result<Option<Node>, QueryError> {
        if let Some(name) = letters.strip_suffix(NAMES).and_then(|rest| rest.strip_suffix('~')) {
            return self.all_names(name, span);
        }
        let Some(text) = self.plain_text(letters, span)? else {
            // `*` alone asks for everything that the filters leave.
            let is_star = !letters.is_empty() && letters.chars().all(|c| c == '*');
            return Ok(is_star.then(|| Node::new(span.clone(), NodeKind::All)));
        };
        self.count(span)?;
        Ok(Some(Node::new(span.clone(), NodeKind::Text(text))))
    }

    fn plain_text(&mut self, letters: &str, span: &Span) -> Result<Option<Text>, QueryError> {
        let mut letters = letters;
        if letters.contains("://") || letters.starts_with("www.") {
            self.note(span.clone(), "an address is read as its words: nothing in it is a wildcard");
            return bounded(build::words(letters), span);
        }
        if letters.len() > 2
            && letters.starts_with('/')
            && letters.ends_with('/')
            && letters.contains(['\\', '[', '{', '*', '+', '$'])
        {
            self.note(
                span.clone(),
                "no patterns between slashes: read as words; for numbers of persons see `misl pii`",
            );
            return bounded(build::words(letters), span);
        }
        if let Some((word, boost)) = letters.rsplit_once('^')
            && boost.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        {
            self.note(span.clone(), "boosts mean nothing here: ignored");
            letters = word;
        }
        if let Some((word, edits)) = letters.rsplit_once('~')
            && edits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
        {
            return self.fuzzy(word, edits, span);
        }
        self.starred(letters, span)
    }

    /// Returns the text of a word that may hold wildcards.
    fn starred(&mut self, letters: &str, span: &Span) -> Result<Option<Text>, QueryError> {
        // Marks alone (`???`) are no word, and a word loses nothing by them.
        if !letters.contains(['*', '?']) || !letters.contains(char::is_alphanumeric) {
            return bounded(build::words(letters.trim_matches(['*', '?'])), span);
        }
        if letters.ends_with('?') && letters.matches(['*', '?']).count() == 1 {
            let word = letters.trim_end_matches('?');
            let note = format!("`?` stands for one letter: for the word itself write `{word}`");
            self.read
                .notes
                .push(Note { instead: Some(word.to_owned()), ..Note::new(span.clone(), note) });
        }
        let mut words = self.wild(letters, span);
        if words.len() > limits::PHRASE_WORDS {
            return Err(QueryError::LongPhrase { span: span.clone(), words: words.len() });
        }
        match (words.len(), words.pop()) {
            (0, _) | (_, None) => Ok(None),
            (1, Some(PhraseWord::Pattern(pattern))) => Ok(Some(Text::Pattern(pattern))),
            (1, Some(PhraseWord::Token(token))) => Ok(build::words(&token)),
            (_, Some(last)) => {
                words.push(last);
                Ok(Some(Text::Phrase(Phrase { words, slop: 0 })))
            }
        }
    }

    /// Returns the text of `word~`, `word~1`, `word~2`.
    fn fuzzy(&mut self, word: &str, edits: &str, span: &Span) -> Result<Option<Text>, QueryError> {
        if word.contains(['*', '?']) {
            self.note(span.clone(), "a word with wildcards is not matched fuzzily: `~` ignored");
            return self.starred(word, span);
        }
        let text = match build::words(word) {
            Some(Text::Word(text)) => text,
            Some(phrase) => {
                self.note(span.clone(), "several words are not matched fuzzily: `~` ignored");
                return bounded(Some(phrase), span);
            }
            None => {
                self.note(span.clone(), "`~` without a word: ignored");
                return Ok(None);
            }
        };
        let n_chars = text.exact.chars().count();
        if n_chars < 4 {
            self.note(
                span.clone(),
                "words under four letters are not matched fuzzily: `~` ignored",
            );
            return Ok(Some(Text::Word(text)));
        }
        let usual = if n_chars < 8 { 1 } else { 2 };
        let whole = edits.split('.').next().unwrap_or_default();
        let edits = match whole {
            "" => usual,
            "0" if edits == "0" => {
                return Ok(Some(Text::Phrase(Phrase {
                    words: vec![PhraseWord::Token(text.exact)],
                    slop: 0,
                })));
            }
            // Other tools give a likeness from 0 to 1.
            "0" => usual,
            "1" => 1,
            "2" => 2,
            _ => {
                self.note(span.clone(), "2 edits are the most");
                2
            }
        };
        Ok(Some(Text::Fuzzy(Fuzzy { word: text.exact, edits })))
    }
}

/// Refuses a run of letters that is a phrase of too many words: `a:b:c` and so on.
fn bounded(text: Option<Text>, span: &Span) -> Result<Option<Text>, QueryError> {
    match &text {
        Some(Text::Phrase(phrase)) if phrase.words.len() > limits::PHRASE_WORDS => {
            Err(QueryError::LongPhrase { span: span.clone(), words: phrase.words.len() })
        }
        _ => Ok(text),
    }
}
