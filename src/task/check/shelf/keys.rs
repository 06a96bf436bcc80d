//! Keys of documents in drafts, and the places that they name.

use super::super::pins::{self, KeyToken};
use super::{Cited, CitedState, DocError, Locator, Shelf, SourceId, TaskError};

impl Shelf<'_> {
    /// Reads a key; `None`: it only looks like one.
    pub(super) fn cited_key(&self, text: &str, token: &KeyToken<'_>) -> Option<Cited> {
        let written = match token.at {
            Some(at) => format!("{}@{at}", token.doc),
            None => token.doc.to_owned(),
        };
        let cited = |id, state, at, notes| Cited {
            span: token.span.clone(),
            written: written.clone(),
            id,
            others: Vec::new(),
            at,
            state,
            stands_for: None,
            notes,
        };
        let known = self.by_key.get(token.doc).copied();
        let mut renamed = Vec::new();
        let known = known.or_else(|| {
            let source = self.keep(self.desk.by_old_key(token.doc))?;
            renamed.extend(self.keep(self.desk.renamed(token.doc, &source)));
            Some(source.id)
        });
        let at: Result<Locator, _> = token.at.map_or_else(|| Ok(Locator::default()), str::parse);
        let is_hex = token.doc.len() >= 6 && token.doc.bytes().all(|b| b.is_ascii_hexdigit());
        // `@name` may be a person's name in some network, `a@b` nothing at all.
        let is_citation = token.is_bracketed
            || token.is_marked && token.at.is_none() && !pins::behind_key(text, token).is_empty()
            || token.at.is_some() && (is_hex || token.doc.contains(['-', '/', '.']));
        let found = match known {
            Some(id) => Ok(id),
            None if at.is_ok() && is_citation => self.desk.doc(token.doc).map(|source| source.id),
            None => return None,
        };
        Some(match (found, at) {
            (Ok(id), Ok(at)) => {
                let at = if token.at.is_some() { at } else { self.behind_key(id, text, token) };
                self.settle(cited(Some(id), CitedState::Found, at, renamed))
            }
            (Ok(id), Err(error)) => {
                cited(Some(id), CitedState::Malformed, Locator::default(), vec![error.to_string()])
            }
            (Err(TaskError::Doc(DocError::Ambiguous { candidates, .. })), Ok(at)) => {
                cited(None, CitedState::Ambiguous, at, candidates)
            }
            (Err(TaskError::Doc(DocError::Unknown { near, .. })), Ok(at)) => {
                let near = near.into_iter().take(1).map(|near| format!("did you mean {near}?"));
                cited(None, CitedState::Absent, at, near.collect())
            }
            (Err(error), _) => {
                self.failure.borrow_mut().get_or_insert(error);
                return None;
            }
        })
    }

    /// Returns the place in words behind a key that names none itself.
    fn behind_key(&self, id: SourceId, text: &str, token: &KeyToken<'_>) -> Locator {
        let pins = pins::behind_key(text, token);
        Locator(pins.iter().filter_map(|pin| self.title_pin(id, pin)).collect())
    }
}
