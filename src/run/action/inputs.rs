//! The action's inputs, validated. Names and defaults are those of `action.yml`.

use std::collections::BTreeSet;

use crate::forge::comment::Update;
use crate::platform::environment::Environment;
use crate::policy::tighten::Overrides;
use crate::run::exit::Advice;
use crate::run::store::Place;

/// Every input of `action.yml`; the runner itself warns about any other.
pub const INPUTS: [&str; 22] = [
    "token",
    "app-id",
    "private-key",
    "files",
    "policy",
    "artifacts",
    "workflow",
    "min-score",
    "max-drop",
    "max-failures",
    "patch-coverage",
    "fail-on",
    "comment",
    "status",
    "check-run",
    "annotations",
    "summary",
    "history",
    "branch",
    "name",
    "workdir",
    "ca-bundle",
];
/// Where the history is when nothing else is said.
const HISTORY: &str = "branch:readiness-data";
/// A name becomes part of the status' context, which has 255 characters.
const NAME_MAX: usize = 100;

/// When the step fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum FailOn {
    /// When the gate fails or no evaluation was possible.
    Gate,
    /// When no evaluation was possible.
    Error,
    /// In no case.
    Never,
}

/// Whether the pull request gets a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Comment {
    /// It does.
    Write(Update),
    /// Once there is something to say: a change of the score, a new failure, a failed gate.
    OnChange,
    /// It does not.
    Never,
}

/// What can be turned off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Part {
    /// The commit status.
    Status,
    /// The check run.
    CheckRun,
    /// Annotations of files.
    Annotations,
    /// The job summary.
    Summary,
}

/// What the workflow asks for.
#[derive(Clone, Debug)]
pub(super) struct Inputs {
    /// A GitHub App to act as, instead of the job's token.
    pub(super) app_id: Option<String>,
    /// Files, folders, globs, zips; none: as the policy says.
    pub(super) files: Vec<String>,
    /// Names and globs of the run's artifacts.
    pub(super) artifacts: Vec<String>,
    /// The file of the workflow whose runs are followed.
    pub(super) workflow: Option<String>,
    /// The policy's path in the repository.
    pub(super) policy: Option<String>,
    /// Stricter gate settings.
    pub(super) overrides: Overrides,
    /// When the step fails.
    pub(super) fail_on: FailOn,
    /// The comment.
    pub(super) comment: Comment,
    /// What is written beside it.
    pub(super) parts: BTreeSet<Part>,
    /// Where runs are recorded.
    pub(super) history: Place,
    /// The branch that a push is recorded under.
    pub(super) branch: Option<String>,
    /// Of several reports side by side.
    pub(super) name: Option<String>,
    /// Below the workspace.
    pub(super) workdir: String,
    /// A file with certificate authorities.
    pub(super) ca_bundle: Option<String>,
}

impl Inputs {
    /// Reads `INPUT_*`.
    pub(super) fn read(environment: &Environment) -> anyhow::Result<Self> {
        let input = |name: &str| value(environment, name);
        Ok(Self {
            app_id: input("app-id").map(str::to_owned),
            files: lines(input("files")),
            artifacts: lines(input("artifacts")),
            workflow: input("workflow").map(str::to_owned),
            policy: input("policy").map(str::to_owned),
            overrides: Overrides {
                min_score: input("min-score").map(str::to_owned),
                max_drop: input("max-drop").map(str::to_owned),
                max_failures: input("max-failures").map(str::to_owned),
                patch_coverage: input("patch-coverage").map(str::to_owned),
            },
            fail_on: choice(environment, "fail-on", &FAIL_ON)?,
            comment: choice(environment, "comment", &COMMENT)?,
            parts: parts(environment)?,
            history: Place::parse(input("history").unwrap_or(HISTORY))?,
            branch: input("branch").map(str::to_owned),
            name: input("name").map(name).transpose()?,
            workdir: input("workdir").unwrap_or(".").to_owned(),
            ca_bundle: input("ca-bundle").map(str::to_owned),
        })
    }

    /// Whether `part` is asked for.
    pub(super) fn wants(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}

const FAIL_ON: [(&str, FailOn); 3] =
    [("gate", FailOn::Gate), ("error", FailOn::Error), ("never", FailOn::Never)];
const COMMENT: [(&str, Comment); 4] = [
    ("auto", Comment::Write(Update::Changed)),
    ("always", Comment::Write(Update::Always)),
    ("on-change", Comment::OnChange),
    ("never", Comment::Never),
];
const SWITCH: [(&str, bool); 2] = [("true", true), ("false", false)];
const PARTS: [(&str, Part); 4] = [
    ("status", Part::Status),
    ("check-run", Part::CheckRun),
    ("annotations", Part::Annotations),
    ("summary", Part::Summary),
];

/// The runner makes a variable of every input: upper case, dashes stay.
fn value<'a>(environment: &'a Environment, name: &str) -> Option<&'a str> {
    debug_assert!(INPUTS.contains(&name), "`{name}` is missing in the list of inputs");
    environment.get(&format!("INPUT_{}", name.to_ascii_uppercase()))
}

fn lines(text: Option<&str>) -> Vec<String> {
    text.unwrap_or_default()
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(str::to_owned)
        .collect()
}

fn parts(environment: &Environment) -> anyhow::Result<BTreeSet<Part>> {
    let mut wanted = BTreeSet::new();
    for (name, part) in PARTS {
        if choice(environment, name, &SWITCH)? {
            wanted.insert(part);
        }
    }
    Ok(wanted)
}

/// One of several words; the first is the default.
fn choice<T: Copy>(environment: &Environment, name: &str, words: &[(&str, T)]) -> anyhow::Result<T> {
    let allowed = || words.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(", ");
    let text = value(environment, name);
    let found = match text {
        Some(text) => words.iter().find(|(word, _)| *word == text),
        None => words.first(),
    };
    found.map(|(_, choice)| *choice).ok_or_else(|| {
        Advice::error(
            format!("the input `{name}` is `{}`", text.unwrap_or_default()),
            format!("write one of {}", allowed()),
        )
    })
}

fn name(text: &str) -> anyhow::Result<String> {
    let allowed = |c: char| c.is_ascii_alphanumeric() || " ._-/".contains(c);
    if text.len() <= NAME_MAX && text.chars().all(allowed) {
        return Ok(text.to_owned());
    }
    Err(Advice::error(
        format!("the input `name` is `{text}`"),
        format!("use at most {NAME_MAX} letters, digits, spaces and `._-/`"),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(inputs: &[(&str, &str)]) -> anyhow::Result<Inputs> {
        Inputs::read(&inputs.iter().copied().collect())
    }

    #[test]
    fn nothing_given_means_the_defaults() {
        let inputs = read(&[("INPUT_FILES", ""), ("INPUT_COMMENT", " ")]).unwrap();
        assert_eq!(inputs.fail_on, FailOn::Gate);
        assert_eq!(inputs.comment, Comment::Write(Update::Changed));
        assert_eq!(inputs.parts.len(), PARTS.len());
        assert_eq!(inputs.history, Place::Branch("readiness-data".into()));
        assert_eq!((inputs.files.len(), inputs.workdir.as_str()), (0, "."));
    }

    #[test]
    fn every_input_makes_a_difference() {
        let shown = |inputs: &[(&str, &str)]| read(inputs).map(|inputs| format!("{inputs:?}")).ok();
        let nothing = shown(&[]);
        // Secrets are read beside these, and never shown.
        for name in INPUTS.iter().filter(|name| !matches!(**name, "token" | "private-key")) {
            let variable = format!("INPUT_{}", name.to_ascii_uppercase());
            assert_ne!(shown(&[(&variable, "7")]), nothing, "{name}");
        }
    }

    #[test]
    fn values_are_trimmed_and_lists_are_lines() {
        let inputs = read(&[
            ("INPUT_FILES", " a/*.xml\n\n  b c.info \n"),
            ("INPUT_FAIL-ON", "never "),
            ("INPUT_CHECK-RUN", "false"),
            ("INPUT_MIN-SCORE", "80"),
        ])
        .unwrap();
        assert_eq!(inputs.files, ["a/*.xml", "b c.info"]);
        assert_eq!(inputs.fail_on, FailOn::Never);
        assert!(!inputs.wants(Part::CheckRun) && inputs.wants(Part::Status));
        assert_eq!(inputs.overrides.min_score.as_deref(), Some("80"));
    }

    #[test]
    fn unknown_values_are_errors_that_name_the_known_ones() {
        let say = |name: &str, value: &str| {
            let error = read(&[(name, value)]).unwrap_err();
            let help = error.downcast_ref::<Advice>().map(|advice| advice.help.clone());
            format!("{error}; {}", help.unwrap_or_default())
        };
        let seen =
            [say("INPUT_FAIL-ON", "sometimes"), say("INPUT_STATUS", "yes"), say("INPUT_NAME", "a --> @team")];
        insta::assert_snapshot!(seen.join("\n"), @r"
        the input `fail-on` is `sometimes`; write one of `gate`, `error`, `never`
        the input `status` is `yes`; write one of `true`, `false`
        the input `name` is `a --> @team`; use at most 100 letters, digits, spaces and `._-/`
        ");
    }
}
