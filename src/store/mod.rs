//! What the program derives and keeps: the SQLite store, the lock, the generations.
