//! Names are data: the gazetteer, and the mentions of its entities in pages.
