//! Does this quotation stand in that source?
