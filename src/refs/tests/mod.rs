//! The grammar: what is a reference, in every written form, and what is none.

mod abroad;
mod acts;
mod again;
mod back;
mod elsewhere;
mod home;
mod lawyers;
mod meant;
mod places;
mod rows;
mod sections;
mod states;

use super::*;
use crate::model::{PageNo, PageOrigin, Relation, Role};

/// Returns `id|pinpoint|note` of every reference of a text.
fn read(text: &str) -> Vec<String> {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push(text, Role::Body);
    find(&[page], &Context::default(), Tables::builtin()).into_iter().map(|one| one.id).collect()
}

#[track_caller]
fn check(text: &str, expect: &[&str]) {
    assert_eq!(read(text), expect, "{text}");
    // The same with a line break at each space.
    let spaces: Vec<usize> = text.match_indices(' ').map(|(at, _)| at).collect();
    for at in spaces {
        let mut broken = text.to_owned();
        broken.replace_range(at..=at, "\n");
        assert_eq!(read(&broken), expect, "{broken:?}");
    }
}

#[track_caller]
fn pin(text: &str, expect: &str) {
    let mut page = Page::empty(PageNo::FIRST, PageOrigin::Plain);
    page.push(text, Role::Body);
    let found = find(&[page], &Context::default(), Tables::builtin());
    assert_eq!(found.first().and_then(|one| one.pinpoint.as_deref()), Some(expect), "{text}");
}
