//! What the writers of XML and HTML share.

pub(super) use crate::text::xml::escape;
