//! Hostile queries over the starter corpus: each is refused with a place, or answered with whatever
//! was cut said in the answer. How long they take is what `cargo bench --bench hostile` prints.

use misl::query;
use misl::task::TaskError;
use misl::task::search::{SearchOptions, search};

use super::starter;
use crate::common::hostile;

#[test]
fn hostile_queries_are_refused_or_answered() {
    // As much stack as a thread of the program has, also where the machine gives tests more.
    let thread = std::thread::Builder::new().stack_size(8 << 20).spawn(|| {
        let folder = tempfile::tempdir().unwrap();
        let desk = starter(folder.path());
        let queries = hostile::queries();
        assert_eq!(queries.len(), 27);
        for (name, query) in queries {
            let options = SearchOptions {
                query: &query,
                flags: &[],
                offset: 0,
                limit: 10,
                passages: 5,
                facets: &[],
                facet_limit: 0,
                sort: None,
                fold: true,
                stop: &|| false,
            };
            match search(&desk, &options) {
                Ok(answer) => {
                    assert!(query.len() <= query::limits::BYTES, "{name}");
                    let cut = |note: &String| note.contains("forms") || note.contains("stopped");
                    let says_so = answer.query.notes.iter().any(cut);
                    assert_eq!(answer.complete, !says_so, "{name}: {:?}", answer.query.notes);
                }
                Err(TaskError::Query(error)) => {
                    let span = error.span();
                    assert!(query.get(span.clone()).is_some(), "{name}: {span:?}");
                    assert!(!error.hint().is_empty(), "{name}");
                }
                Err(TaskError::Engine(error)) => {
                    assert!(error.to_string().contains("parts"), "{name}: {error}");
                }
                Err(error) => panic!("{name}: {error}"),
            }
        }
    });
    thread.unwrap().join().unwrap();
}
