//! Every document that a query finds, one after the other: nothing but what the engine found is held
//! in memory, however many there are.

use super::search::{DocumentAnswer, QueryEcho, SearchOptions, ask, document_answer};
use super::{Desk, TaskError};

/// What is to be known of the documents that were handed out.
#[derive(Clone, Debug)]
pub struct Streamed {
    /// How the query was read.
    pub query: QueryEcho,
    /// How many documents match.
    pub total_documents: u64,
    /// Whether the count is exact.
    pub complete: bool,
}

/// Answers a query and hands every document of the window to `visit`, in order.
pub fn stream<E: From<TaskError>>(
    desk: &Desk,
    options: &SearchOptions<'_>,
    mut visit: impl FnMut(DocumentAnswer) -> Result<(), E>,
) -> Result<Streamed, E> {
    let engine = desk.engine()?;
    let (parsed, answer) = ask(desk, &engine, options)?;
    for hit in &answer.documents {
        visit(document_answer(desk, &parsed.tree, hit)?)?;
    }
    let mut notes: Vec<String> = parsed.notes.into_iter().map(|note| note.text).collect();
    notes.extend(answer.notes.iter().map(ToString::to_string));
    Ok(Streamed {
        query: QueryEcho { text: options.query.to_owned(), read_as: parsed.read_as, notes },
        total_documents: answer.total_documents,
        complete: answer.complete,
    })
}
