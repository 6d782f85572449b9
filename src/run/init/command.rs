//! The command: what lies in the repository, and what is written for it.

use std::path::Path;

use anyhow::Context as _;

use super::project::{Project, WORKFLOW, look};
use super::{policy, workflow};
use crate::cli::InitArgs;
use crate::platform::files;
use crate::run::exit::{Advice, Exit};
use crate::run::output;
use crate::run::places::POLICY_FILES;

/// Where the policy goes.
const POLICY: &str = "readiness.yml";

/// Runs the command.
pub fn run(args: &InitArgs) -> anyhow::Result<Exit> {
    let project = look(&args.workdir);
    let pages = [(POLICY, policy::text(&project)), (WORKFLOW, workflow::text(&project))];
    if args.print {
        let printed = pages.iter().map(|(path, text)| format!("# {path}\n{text}"));
        output::standard_output(&printed.collect::<Vec<_>>().join("\n"))?;
        return Ok(Exit::Passed);
    }
    if !args.force {
        refuse_to_overwrite(&args.workdir)?;
    }
    for (path, text) in &pages {
        let place = args.workdir.join(path);
        files::write_atomic(&place, text.as_bytes())
            .with_context(|| format!("failed to write `{}`", place.display()))?;
        output::error_line(&format!("wrote `{path}`"));
    }
    for line in below_root(&args.workdir).into_iter().chain(said(&project)) {
        output::error_line(&line);
    }
    Ok(Exit::Passed)
}

fn refuse_to_overwrite(workdir: &Path) -> anyhow::Result<()> {
    let there: Vec<&str> =
        POLICY_FILES.iter().copied().chain([WORKFLOW]).filter(|path| workdir.join(path).exists()).collect();
    if there.is_empty() {
        return Ok(());
    }
    Err(Advice::error(
        format!("`{}` is there already, and nothing was written", there.join("`, `")),
        "look at the new files with `--print`, or write them anyway with `--force`",
    ))
}

/// A workflow counts at the root of its repository alone.
fn below_root(workdir: &Path) -> Option<String> {
    let way = files::way_from_root(workdir).filter(|way| !way.as_os_str().is_empty())?;
    let way = way.display();
    Some(format!(
        "warning: `{way}` is a folder of a repository, and forges read workflows at its root alone: move `{WORKFLOW}` there, \
         run the tests in `{way}`, and give the last step `with: {{workdir: {way}, policy: {way}/{POLICY}}}`"
    ))
}

/// What the person has to know next.
fn said(project: &Project) -> Vec<String> {
    let mut lines = Vec::new();
    if project.ecosystems.is_empty() {
        lines.push(format!("nothing here says how tests are run: put it where `{WORKFLOW}` has `make test`"));
    }
    if let Some(first) = project.workflows.first() {
        lines.push(format!(
            "`{first}` is a workflow already: if it runs the tests, move the last step of `{WORKFLOW}` to its job"
        ));
    }
    lines.push("next: run the tests, then `readiness report`".to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::super::{ecosystem, modules};
    use super::*;
    use crate::policy::load;

    fn project(files: &[(&str, &str)]) -> Project {
        let paths: Vec<String> = files.iter().map(|(path, _)| (*path).to_owned()).collect();
        let read = |path: &str| {
            files
                .iter()
                .find(|(name, _)| *name == path)
                .map(|(_, text)| (*text).to_owned())
                .unwrap_or_default()
        };
        let (ecosystems, modules) = (ecosystem::found(&paths, &read), modules::found(&paths, &read));
        Project { ecosystems, modules, workflows: Vec::new() }
    }

    #[test]
    fn each_workspace_becomes_components_and_a_policy_that_loads() {
        type Files = &'static [(&'static str, &'static str)];
        let cases: [(Files, &[&str]); 6] = [
            (
                &[
                    ("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n"),
                    ("crates/core/Cargo.toml", "[package]\n"),
                    ("crates/web/Cargo.toml", "[package]\n"),
                ],
                &["crates/core", "crates/web"],
            ),
            (
                &[
                    ("package.json", r#"{"workspaces": ["packages/*", "!packages/old"]}"#),
                    ("packages/a/package.json", "{}"),
                    ("packages/old/package.json", "{}"),
                    ("elsewhere/package.json", "{}"),
                ],
                &["packages/a"],
            ),
            (
                &[
                    ("package.json", "{}"),
                    ("pnpm-workspace.yaml", "packages:\n  - 'apps/**'\n"),
                    ("apps/x/y/package.json", "{}"),
                ],
                &["apps/x/y"],
            ),
            (
                &[
                    ("settings.gradle.kts", "rootProject.name = \"shop\"\ninclude(\":app\", \"lib:core\")\n"),
                    ("app/build.gradle.kts", ""),
                    ("lib/core/build.gradle", ""),
                ],
                &["app", "lib/core"],
            ),
            (&[("pom.xml", "<modules>"), ("a/pom.xml", ""), ("b/c/pom.xml", "")], &["a", "b/c"]),
            (
                &[("go.work", "go 1.24\n"), ("svc/a/go.mod", ""), ("svc/b[x]/go.mod", "")],
                &["svc/a", "svc/b[x]"],
            ),
        ];
        for (files, expected) in cases {
            let project = project(files);
            assert_eq!(project.modules, expected);
            let text = policy::text(&project);
            let policy = load::parse(&text, POLICY).unwrap();
            assert_eq!(policy.components.len(), expected.len(), "{text}");
            for (component, folder) in policy.components.iter().zip(expected) {
                assert!(component.paths.matches(&format!("{folder}/src/x")), "{text}");
            }
        }
    }

    #[test]
    fn every_ecosystem_gives_a_workflow_that_is_yaml_and_runs_its_tests() {
        let markers = [
            "Cargo.toml",
            "package.json",
            "build.gradle",
            "pom.xml",
            "go.mod",
            "pyproject.toml",
            "README.md",
        ];
        for marker in markers {
            let project = project(&[(marker, "{}")]);
            load::parse(&policy::text(&project), POLICY).unwrap();
            let text = workflow::text(&project);
            let yaml: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
            let job = &yaml["jobs"]["test"];
            let steps = job["steps"].as_sequence().unwrap();
            let runs = steps.iter().filter(|step| step["run"].is_string()).count();
            assert!(runs >= 1, "{text}");
            let uses: Vec<&str> = steps.iter().filter_map(|step| step["uses"].as_str()).collect();
            assert_eq!(uses.len(), 2, "{text}");
            assert!(uses[0].starts_with("actions/checkout@") && uses[0].len() > 50, "{text}");
            assert_eq!(uses[1], "readiness-ci/readiness@v1");
            assert_eq!(steps.last().unwrap()["if"], "always()");
            assert_eq!(job["permissions"]["statuses"], "write");
        }
    }

    #[test]
    fn names_that_mean_something_in_yaml_stay_names() {
        let project = Project {
            ecosystems: Vec::new(),
            modules: vec!["a: b/#c".to_owned(), "x/core".to_owned(), "y/core".to_owned()],
            workflows: Vec::new(),
        };
        let policy = load::parse(&policy::text(&project), POLICY).unwrap();
        let ids: Vec<&str> = policy.components.iter().map(|component| component.id.as_str()).collect();
        assert_eq!(ids, ["#c", "core", "y-core"]);
    }
}
