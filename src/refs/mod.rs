//! Legal references and cause titles: what a document is, and what it cites.
