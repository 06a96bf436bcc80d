//! The record of a document, read off its pages: cause titles, statutes, reports.
//!
//! [`derive`] goes through the head and the foot of a document, zone by zone. Every value is
//! `derived`, with its page and a confidence; what the pages do not show is left out, and a
//! document of no known layout gives an empty record.

mod case;
mod court;
mod dates;
mod enactment;
mod judge;
mod lines;
mod ngo;
mod number;
mod party;
mod report;

use crate::model::{Page, Record, Warning};

/// What the pages say about their document.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Derived {
    /// Every value of origin `derived`.
    pub record: Record,
    /// `no-date` and `record-conflict`, in the order of their pages.
    pub warnings: Vec<Warning>,
}

/// Reads the record of a document off its pages; empty where no known layout is seen.
pub fn derive(pages: &[Page]) -> Derived {
    let lines = lines::lines(pages);
    case::derive(&lines)
        .or_else(|| enactment::derive(&lines))
        .or_else(|| ngo::derive(&lines))
        .unwrap_or_default()
}
