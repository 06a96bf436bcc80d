//! The program around the core: reads arguments and environment, asks a task, writes the answer.

#![cfg_attr(test, expect(clippy::string_slice, reason = "tests slice texts of their own"))]

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
