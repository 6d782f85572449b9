//! What is still said when the process has to end in the middle of its work: on a signal (a cancelled job) and on a panic.
//!
//! Whoever starts something that must not be left hanging registers how to end it. Release builds abort on a panic, so
//! nothing unwinds; the words are said by a thread of their own before the process goes.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::output;

/// The runner kills a cancelled step ten seconds after its first signal.
pub(super) const TIME_LIMIT: Duration = Duration::from_secs(6);

type Words = Box<dyn FnOnce(&'static str) + Send>;

static STAGE: Mutex<Stage> = Mutex::new(Stage::Free);

enum Stage {
    /// Nothing hangs: the process may go at any time.
    Free,
    /// These words are to be said first.
    Owing(Words),
    /// The work itself says its last words now.
    Ending,
}

fn stage() -> MutexGuard<'static, Stage> {
    STAGE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Has `words` said should the process end early. They get the reason, must not panic, and take [`TIME_LIMIT`] at most.
pub(super) fn owe(words: impl FnOnce(&'static str) + Send + 'static) {
    *stage() = Stage::Owing(Box::new(words));
}

/// Takes the last words over: from here on the work ends by itself, and signals wait for it.
pub(super) fn take_over() {
    *stage() = Stage::Ending;
}

/// Says what is owed because of `why`. False when the work is saying its own last words.
pub(super) fn say(why: &'static str) -> bool {
    let said = std::mem::replace(&mut *stage(), Stage::Ending);
    match said {
        Stage::Free => true,
        Stage::Ending => false,
        Stage::Owing(words) => {
            // This thread may belong to a runtime that waits for it; and a panic in here must not end in itself.
            let speaker = std::thread::spawn(move || words(why));
            let start = std::time::Instant::now();
            while !speaker.is_finished() && start.elapsed() < TIME_LIMIT + Duration::from_secs(1) {
                std::thread::sleep(Duration::from_millis(20));
            }
            true
        }
    }
}

/// Ends the process in order on SIGTERM and SIGINT, which a first process in a container would else ignore.
pub(super) fn on_signals() {
    std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        // Without a way to listen, signals do what they do by default.
        let Ok(()) = runtime.and_then(|runtime| runtime.block_on(signal())) else { return };
        if say("the job was cancelled") {
            end();
        }
    });
}

#[expect(clippy::exit, reason = "the work is left where it is")]
fn end() -> ! {
    output::error_line("readiness: stopped by a signal; no evaluation was possible (exit 2)");
    std::process::exit(2)
}

#[cfg(unix)]
async fn signal() -> std::io::Result<()> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::select! {
        _signal = terminate.recv() => {}
        _signal = interrupt.recv() => {}
    }
    Ok(())
}

#[cfg(not(unix))]
async fn signal() -> std::io::Result<()> {
    tokio::signal::ctrl_c().await
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Set for the process that panics.
    const CHILD: &str = "READINESS_TEST_PANICS";

    #[test]
    #[expect(clippy::disallowed_methods, reason = "a panic ends the process, so it needs one of its own")]
    fn a_panic_says_what_is_owed_and_ends_with_2() {
        if std::env::var_os(CHILD).is_some() {
            crate::run::ending::guard_against_panics();
            owe(|why| output::error_line(&format!("owed: {why}")));
            panic!("a mistake");
        }
        let name = "run::last_words::tests::a_panic_says_what_is_owed_and_ends_with_2";
        let done = std::process::Command::new(std::env::current_exe().unwrap())
            .args(["--exact", name, "--nocapture"])
            .env(CHILD, "1")
            .output()
            .unwrap();
        let log = String::from_utf8_lossy(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{log}");
        let (panic, owed) = (log.find("internal error"), log.find("owed: Readiness failed"));
        assert!(panic.is_some() && panic < owed, "{log}");
    }
}
