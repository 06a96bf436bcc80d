//! What a facet counts is what choosing its value finds: every value of fifty queries.

use misl::engine::FacetField;
use misl::query::FlagFilter;
use misl::task::search::{SearchOptions, search};

use super::{questions, starter};

/// How many of the questions are asked.
const QUERIES: usize = 50;

/// Returns the filter that chooses a value.
fn chosen(field: FacetField, value: &str) -> FlagFilter {
    let (name, value) = match field {
        FacetField::Year => ("date", value.to_owned()),
        FacetField::Source => ("source", format!("/{}", value.trim_start_matches('/'))),
        other => (other.name(), value.to_owned()),
    };
    FlagFilter { field: name.to_owned(), values: vec![value] }
}

#[test]
fn choosing_a_value_finds_what_was_counted() {
    let folder = tempfile::tempdir().unwrap();
    let desk = starter(folder.path());
    let mut n_values = 0;
    let mut wrong = Vec::new();
    // Questions of every kind: each fourth one.
    for question in questions().iter().step_by(4).take(QUERIES) {
        let options = SearchOptions {
            query: &question.query,
            flags: &[],
            offset: 0,
            limit: 0,
            passages: 0,
            facets: &FacetField::ALL,
            facet_limit: usize::MAX,
            sort: None,
            fold: false,
            stop: &|| false,
        };
        let answer = search(&desk, &options).unwrap();
        for field in FacetField::ALL {
            for value in answer.facets.get(field.name()).into_iter().flatten() {
                let flags = [chosen(field, &value.value)];
                let options = SearchOptions { flags: &flags, facets: &[], ..options };
                n_values += 1;
                match search(&desk, &options) {
                    Ok(answer) if answer.total_documents == value.documents => {}
                    Ok(answer) => wrong.push(format!(
                        "{} {}:{} counts {}, choosing finds {}",
                        question.query,
                        field.name(),
                        value.value,
                        value.documents,
                        answer.total_documents
                    )),
                    Err(error) => wrong.push(format!("{}: {error}", value.value)),
                }
            }
        }
    }
    assert!(n_values > 500, "{n_values} values");
    assert!(wrong.is_empty(), "{} of {n_values}:\n{}", wrong.len(), wrong.join("\n"));
}
