//! The whole program, run as people run it: what it prints, how it ends, what it leaves behind.

mod answers;
mod citator;
mod doctor;
mod drafts;
mod edit;
mod enumerate;
mod exit;
mod fields;
mod finding;
mod help;
mod ingest;
mod keeping;
mod kill;
mod lists;
mod messages;
mod nearest;
mod places;
mod readme;
mod terminal;
mod tools;
