//! The one analysis chain: index, query, highlighter, tagger and quote check all see these tokens.

use crate::model::{Lang, Span};

/// One token: its folded form, its stem, and where it stands in the source's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The folded form.
    pub exact: &'a str,
    /// The stem; equal to `exact` where nothing is stemmed.
    pub stem: &'a str,
    /// Bytes of the analysed text.
    pub span: Span,
}

/// The tokens of one text, in order; token *n* has position *n*.
#[derive(Clone, Debug, Default)]
pub struct Analysed {
    letters: String,
    tokens: Vec<(Span, Span, Span)>,
}

impl Analysed {
    /// Returns how many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Tells whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// Returns the token at `position`, counted from 0.
    pub fn get(&self, position: usize) -> Option<Token<'_>> {
        let (exact, stem, span) = self.tokens.get(position)?;
        let letters = |span: &Span| self.letters.get(span.clone()).unwrap_or_default();
        Some(Token { exact: letters(exact), stem: letters(stem), span: span.clone() })
    }

    /// Returns the tokens in order.
    pub fn iter(&self) -> impl Iterator<Item = Token<'_>> {
        (0..self.len()).filter_map(|position| self.get(position))
    }
}

/// Splits `text` into folded tokens.
pub fn analyse(text: &str, _lang: Lang) -> Analysed {
    let mut analysed = Analysed::default();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        match (start, c.is_alphanumeric()) {
            (None, true) => start = Some(at),
            (Some(from), false) => {
                let begin = analysed.letters.len();
                analysed.letters.extend(
                    text.get(from..at)
                        .into_iter()
                        .flat_map(str::chars)
                        .flat_map(char::to_lowercase),
                );
                let folded = begin..analysed.letters.len();
                analysed.tokens.push((folded.clone(), folded, from..at));
                start = None;
            }
            _ => {}
        }
    }
    analysed
}
