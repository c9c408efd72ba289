//! The `tracegate` command.

fn main() -> std::process::ExitCode {
    tracegate::app::run()
}
