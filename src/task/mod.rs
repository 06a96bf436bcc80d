//! What a user does: each task one function, and plain data for its answer.
