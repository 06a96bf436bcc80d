//! Readers in other processes, which can touch nothing but what they are given.

pub mod ocr;
