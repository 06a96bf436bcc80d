//! The program around the core: reads arguments and environment, asks a task, writes the answer.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
