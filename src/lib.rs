//! misl (مثل): from a folder of court orders, reports and news to a corpus that can be searched,
//! filtered by tagged entities, quoted and cited. A quotation leads back to the page.
//!
//! This is the core, a library: it never prints, exits, reads the environment, asks the time or
//! opens a socket. The program around it lives in `src/bin/misl/`. ARCHITECTURE.md is the map.

#![cfg_attr(
    test,
    expect(
        clippy::string_slice,
        clippy::disallowed_methods,
        reason = "tests handle texts and files of their own"
    )
)]

pub mod cite;
pub mod corpus;
pub mod engine;
pub mod entity;
pub mod extract;
pub mod model;
pub mod query;
pub mod quote;
pub mod refs;
pub mod settings;
pub mod store;
pub mod task;
pub mod text;
pub mod worker;
