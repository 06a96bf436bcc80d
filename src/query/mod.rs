//! The query language: tree, parser with spans, printer, highlighter.

pub mod tree;

pub use tree::Tree;
