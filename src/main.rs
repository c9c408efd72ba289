//! The `tracegate` command.

/// Linking is many small allocations on several threads, where the system's allocator waits for itself. The second
/// version of mimalloc takes a fifth less memory here than the third, and fresh memory costs time.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    tracegate::app::run()
}
