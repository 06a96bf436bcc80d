//! The query language: tree, parser with spans, printer, highlighter.
