//! What people own: the workspace's folders, files read and written, roots, records, lists.
//!
//! These are plain files, good in git. Sources and roots are read and never written, not even
//! their times. Everything that is written is written whole or not at all.

pub mod bag;
pub mod files;
mod lists;
mod records;
mod roots;
mod texts;
mod volume;
mod walk;
mod workspace;

pub use files::{FileError, Replace, Stat};
pub use lists::{List, ListEntry, ListError};
pub use records::{RecordError, parse_record, read_record};
pub use roots::{Roots, RootsError};
pub use texts::BroughtText;
pub use volume::Volume;
pub use walk::{Place, SIDECAR_END, What, walk};
pub use workspace::Workspace;
