//! Legal references and cause titles: what a document is, and what it cites.

pub mod title;
