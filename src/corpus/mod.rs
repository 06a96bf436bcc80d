//! What people own: folders walked, files read and written, records, lists, roots.
