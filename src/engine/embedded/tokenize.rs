//! Hands our tokens to the index: they are analysed once, joined by blanks, and only split here.
//!
//! A word field holds tokens joined by one blank: token *n* stands at position *n*, and where a
//! position has no token, nothing stands between its blanks. The field
//! `mention` holds `<id>/<number of tokens>@<position>` joined by blanks, positions rising.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Name of the tokenizer of word fields; another analysis gets another name.
pub(super) const TOKENS: &str = "misl_tokens_v1";
/// Name of the tokenizer of mentions.
pub(super) const MENTIONS: &str = "misl_mentions_v1";

/// Splits a text at blanks; with `placed`, the position is written in the token.
#[derive(Clone)]
pub(super) struct Split {
    placed: bool,
}

impl Split {
    /// Tokens at positions 0, 1, 2 …
    pub(super) const fn tokens() -> Self {
        Self { placed: false }
    }

    /// Tokens that name their position after `@`.
    pub(super) const fn mentions() -> Self {
        Self { placed: true }
    }
}

/// The tokens of one text.
pub(super) struct Pieces<'a> {
    rest: Option<&'a str>,
    next: usize,
    placed: bool,
    token: Token,
}

impl Tokenizer for Split {
    type TokenStream<'a> = Pieces<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Pieces<'a> {
        let rest = (!text.is_empty()).then_some(text);
        Pieces { rest, next: 0, placed: self.placed, token: Token::default() }
    }
}

impl TokenStream for Pieces<'_> {
    fn advance(&mut self) -> bool {
        let piece = loop {
            let Some(rest) = self.rest else { return false };
            // Words are short: a search for long stretches would take longer to begin than to end.
            let (piece, rest) = match rest.bytes().position(|byte| byte == b' ') {
                Some(at) => (rest.get(..at).unwrap_or_default(), rest.get(at + 1..)),
                None => (rest, None),
            };
            self.rest = rest;
            if !piece.is_empty() {
                break piece;
            }
            self.next += 1;
        };
        // Tokens of texts, of which there are many, are not looked through.
        let placed = if self.placed { piece.rsplit_once('@') } else { None };
        let (text, position) = match placed {
            Some((text, position)) => (text, position.parse().unwrap_or_default()),
            None => (piece, self.next),
        };
        self.token.text.clear();
        self.token.text.push_str(text);
        self.token.position = position;
        self.next += 1;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(mut split: Split, text: &str, expect: &[(&str, usize)]) {
        let mut stream = split.token_stream(text);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push((stream.token().text.clone(), stream.token().position));
        }
        let expect: Vec<_> = expect.iter().map(|&(text, at)| (text.to_owned(), at)).collect();
        assert_eq!(tokens, expect);
    }

    #[test]
    fn a_token_a_position() {
        check(Split::tokens(), "", &[]);
        check(Split::tokens(), "  call  manag", &[("call", 2), ("manag", 4)]);
        check(Split::tokens(), "پی ٹی اے said", &[("پی", 0), ("ٹی", 1), ("اے", 2), ("said", 3)]);
    }

    #[test]
    fn mentions_name_their_position() {
        check(Split::mentions(), "lims/1@4 pta/3@9", &[("lims/1", 4), ("pta/3", 9)]);
    }
}
