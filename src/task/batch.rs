//! Many queries at once: a table of queries in, a table of passages out.

use serde::Serialize;

use crate::model::SourceId;
use crate::query::FlagFilter;
use crate::text::csv::{Cells, read_rows, write_row};

use super::search::{SearchOptions, search_with};
use super::{Desk, TaskError};

/// Words that a first cell has when it is a heading.
const HEADINGS: [&str; 7] = ["query", "queries", "search", "question", "term", "terms", "سوال"];

/// The columns of the table; columns are only ever added at the end.
const COLUMNS: [&str; 11] = [
    "query",
    "key",
    "title",
    "page",
    "paragraph",
    "passage",
    "cite_as",
    "document",
    "documents",
    "read_as",
    "error",
];

/// The answers to many queries: schema `misl.batch/1`.
#[derive(Clone, Debug, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct BatchAnswer {
    pub schema: &'static str,
    /// How many queries were asked.
    pub queries: u64,
    /// How many of them could not be read.
    pub failed: u64,
    /// In the order of the queries; one row a passage, one for a query without any.
    pub rows: Vec<BatchRow>,
}

/// A passage that a query found, or what else came of the query.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub struct BatchRow {
    pub query: String,
    pub read_as: Option<String>,
    /// How many documents the query finds in all; `null`: it could not be read.
    pub documents: Option<u64>,
    pub id: Option<SourceId>,
    pub key: Option<String>,
    pub title: Option<String>,
    pub page: Option<u32>,
    pub paragraph: Option<String>,
    pub cite_as: Option<String>,
    pub passage: Option<String>,
    pub error: Option<String>,
}

/// How queries are asked.
pub struct BatchOptions<'a> {
    /// Filters that every query gets.
    pub flags: &'a [FlagFilter],
    /// How many documents of each query come into the table.
    pub limit: usize,
    /// How many passages of each document.
    pub passages: usize,
    /// Asked now and then; `true` ends the query at hand with what was gathered.
    pub stop: &'a dyn Fn() -> bool,
}

/// Returns the queries of a table: its first column, a heading left out.
pub fn queries(table: &str) -> Vec<String> {
    let mut queries: Vec<String> = read_rows(table)
        .into_iter()
        .filter_map(|row| row.into_iter().next())
        .map(|cell| cell.trim().to_owned())
        .collect();
    let is_heading = |first: &String| HEADINGS.contains(&first.to_lowercase().as_str());
    if queries.first().is_some_and(is_heading) {
        queries.remove(0);
    }
    queries.retain(|query| !query.is_empty());
    queries
}

/// Asks every query. One that cannot be read is a row that says so, not the end.
pub fn batch(
    desk: &Desk,
    queries: &[String],
    options: &BatchOptions<'_>,
) -> Result<BatchAnswer, TaskError> {
    let engine = desk.engine()?;
    let mut rows = Vec::new();
    let mut failed = 0;
    for query in queries {
        let search = SearchOptions {
            query,
            flags: options.flags,
            offset: 0,
            limit: options.limit,
            passages: options.passages,
            facets: &[],
            facet_limit: 0,
            sort: None,
            fold: false,
            stop: options.stop,
        };
        let row = BatchRow { query: query.clone(), ..BatchRow::default() };
        let answer = match search_with(desk, &engine, &search) {
            Ok(answer) => answer,
            Err(error @ (TaskError::Query(_) | TaskError::Usage { .. })) => {
                failed += 1;
                rows.push(BatchRow { error: Some(error.to_string()), ..row });
                continue;
            }
            Err(error) => return Err(error),
        };
        let row = BatchRow {
            read_as: Some(answer.query.read_as),
            documents: Some(answer.total_documents),
            ..row
        };
        if answer.documents.is_empty() {
            rows.push(row.clone());
        }
        for document in answer.documents {
            let row = BatchRow {
                id: Some(document.id),
                key: document.key,
                title: document.title,
                ..row.clone()
            };
            if document.passages.is_empty() {
                rows.push(row.clone());
            }
            for passage in document.passages {
                rows.push(BatchRow {
                    page: Some(passage.page),
                    paragraph: passage.cited_number,
                    cite_as: Some(passage.cite_as),
                    passage: Some(passage.text),
                    ..row.clone()
                });
            }
        }
    }
    Ok(BatchAnswer { schema: "misl.batch/1", queries: queries.len() as u64, failed, rows })
}

impl BatchAnswer {
    /// Returns the rows as CSV; nothing in it is taken for a formula.
    pub fn to_csv(&self) -> String {
        let mut out = String::new();
        write_row(&mut out, &COLUMNS, Cells::Raw);
        for row in &self.rows {
            let text = |value: &Option<String>| value.clone().unwrap_or_default();
            let number = |value: Option<u64>| value.map(|n| n.to_string()).unwrap_or_default();
            let cells = [
                row.query.clone(),
                text(&row.key),
                text(&row.title),
                number(row.page.map(u64::from)),
                text(&row.paragraph),
                text(&row.passage),
                text(&row.cite_as),
                row.id.map(|id| id.to_string()).unwrap_or_default(),
                number(row.documents),
                text(&row.read_as),
                text(&row.error),
            ];
            write_row(&mut out, &cells, Cells::Guarded);
        }
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_column_without_its_heading() {
        assert_eq!(
            queries("Query,who\nlims,me\n\"\"\"data retention\"\" pta\",you\n\n,x\n"),
            ["lims", "\"data retention\" pta"]
        );
        assert_eq!(queries("lims\npta\n"), ["lims", "pta"]);
        assert_eq!(queries("سوال\nپی ٹی اے\n"), ["پی ٹی اے"]);
    }

    #[test]
    fn a_passage_is_never_a_formula() {
        let row = BatchRow {
            query: "-lims".to_owned(),
            passage: Some("=HYPERLINK(\"x\")".to_owned()),
            ..BatchRow::default()
        };
        let answer = BatchAnswer { schema: "misl.batch/1", queries: 1, failed: 0, rows: vec![row] };
        let csv = answer.to_csv();
        let line = csv.lines().nth(1).unwrap();
        assert!(line.starts_with("\"'-lims\",,,,,\"'=HYPERLINK(\"\"x\"\")\""), "{line}");
    }
}
