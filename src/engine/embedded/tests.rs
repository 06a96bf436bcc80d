//! The embedded engine on small corpora made here; [`scan`] is the oracle of hit sets.

mod corpus;
mod damage;
mod random;
mod scan;
mod searching;
