//! Libraries that read damaged bytes may panic; that is no reason to lose the document.

use std::panic::{AssertUnwindSafe, catch_unwind};

/// Runs `read` and turns a panic into its message (at most 300 characters).
pub(super) fn guarded<T>(read: impl FnOnce() -> T) -> Result<T, String> {
    // What `read` had begun to build is dropped with the panic; nothing half built is used.
    catch_unwind(AssertUnwindSafe(read)).map_err(|panic| {
        let message = panic
            .downcast_ref::<String>()
            .map(String::as_str)
            .or_else(|| panic.downcast_ref::<&str>().copied())
            .unwrap_or("unknown");
        format!("the reader stopped: {}", message.chars().take(300).collect::<String>())
    })
}
