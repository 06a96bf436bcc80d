//! The embedded engine on small corpora made here, and against the query room's oracle.

mod corpus;
mod damage;
mod random;
mod searching;
mod stopping;
