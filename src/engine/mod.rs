//! Finding passages: the traits that an engine fulfils, and the embedded one.
