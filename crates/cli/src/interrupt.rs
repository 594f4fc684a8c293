//! Ctrl-C and SIGTERM.

/// Ends when the user, or whoever started the program, wants it to end.
pub(crate) async fn asked() {
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        if let Ok(mut terminate) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminate.recv() => return,
                result = tokio::signal::ctrl_c() => if result.is_ok() { return },
            }
        }
        std::future::pending().await
    }
    #[cfg(not(unix))]
    match tokio::signal::ctrl_c().await {
        Ok(()) => {}
        // It cannot be heard: the system ends the program in its own way.
        Err(_) => std::future::pending().await,
    }
}
