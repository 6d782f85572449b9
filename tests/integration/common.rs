//! What every test here needs: the program, a folder to run it in, and its answer as text.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context as _, Result};
use tempfile::TempDir;

/// Prefixes of the variables through which a CI machine would reach into a test.
const CI_PREFIXES: [&str; 6] = ["GITHUB_", "GITEA_", "FORGEJO_", "RUNNER_", "ACTIONS_", "INPUT_"];

/// Single variables that change what the program says.
const CI_VARIABLES: [&str; 5] = ["CI", "NO_COLOR", "CLICOLOR_FORCE", "COLUMNS", "TERM"];

/// The real program in an empty folder of its own, with nothing of the surrounding CI in its environment.
pub(crate) struct Readiness {
    folder: TempDir,
    variables: Vec<(String, String)>,
}

/// What a finished program left behind.
#[derive(Debug)]
pub(crate) struct Answer {
    /// Exit status; -1 after a signal.
    pub(crate) status: i32,
    /// Standard output, with the folder's path replaced by `@FOLDER@`.
    pub(crate) stdout: String,
    /// Standard error, with the folder's path replaced by `@FOLDER@`.
    pub(crate) stderr: String,
}

impl Readiness {
    /// A program with an empty folder.
    pub(crate) fn new() -> Result<Self> {
        Ok(Self { folder: TempDir::new().context("no temporary folder")?, variables: Vec::new() })
    }

    /// Writes a file below the folder, and the folders above it.
    pub(crate) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Result<Self> {
        let path = self.path(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        Ok(self)
    }

    /// Sets a variable of the program's environment.
    pub(crate) fn variable(mut self, name: &str, value: impl Into<String>) -> Self {
        self.variables.push((name.to_owned(), value.into()));
        self
    }

    /// A path below the folder.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// Reads a file that the program wrote.
    pub(crate) fn read(&self, path: &str) -> Result<String> {
        let path = self.path(path);
        std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Result<Answer> {
        let output = self.command(arguments).output().context("the program does not start")?;
        Ok(Answer {
            status: output.status.code().unwrap_or(-1),
            stdout: self.text(&output.stdout),
            stderr: self.text(&output.stderr),
        })
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_readiness"));
        command.args(arguments).current_dir(self.folder.path()).stdin(Stdio::null());
        for (name, _) in std::env::vars() {
            if CI_PREFIXES.iter().any(|prefix| name.starts_with(prefix)) || CI_VARIABLES.contains(&&*name) {
                command.env_remove(name);
            }
        }
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    fn text(&self, bytes: &[u8]) -> String {
        let folder = self.folder.path();
        let real = folder.canonicalize().unwrap_or_else(|_| folder.to_path_buf());
        String::from_utf8_lossy(bytes)
            .replace(&*real.to_string_lossy(), "@FOLDER@")
            .replace(&*folder.to_string_lossy(), "@FOLDER@")
    }
}

/// The repository's own folder.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A file of the repository.
pub(crate) fn repository_file(path: &str) -> Result<String> {
    let path = repository().join(path);
    std::fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))
}
