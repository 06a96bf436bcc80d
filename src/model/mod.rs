//! Values that every layer shares: sources, documents, pages, records, mentions, references, locators.
//!
//! Nothing here reads, writes or decides; a type holds what is true of a thing and keeps wrong
//! values from being built. Offsets are bytes of a page's text, on character borders, unless a
//! name says otherwise; JSON alone counts characters (see [`chars`]).

pub mod case_type;
pub mod chars;
pub mod court;
pub mod date;
pub mod document;
pub mod id;
pub mod lang;
pub mod locator;
pub mod mention;
pub mod record;
pub mod reference;

pub use date::{Date, Day};
pub use document::{
    Extracted, Member, Page, PageNo, PageOrigin, Paragraph, Reader, Role, Warning, WarningKind,
};
pub use id::SourceId;
pub use lang::Lang;
pub use locator::{Locator, Pin};
pub use mention::{Mention, Rule};
pub use record::{Kind, Origin, Record, RecordInput, Status, Valued};
pub use reference::{RefKind, Reference, Relation, is_normal_form};

/// A half-open range of bytes in one page's text, on character borders.
pub type Span = std::ops::Range<usize>;
