//! The workflow to start with: as `docs/workflows.md` has it.

use super::project::Project;

const HEAD: &str = "\
name: Readiness
on:
  pull_request:
  push:
    branches: [main]
permissions: {}
jobs:
  test:
    runs-on: ubuntu-latest
    permissions:
      contents: write # pushes: the history; `read` is enough for pull requests
      pull-requests: write # the comment
      statuses: write # the status that a branch rule requires
      checks: write # the check run with annotations
    steps:
      - uses: actions/checkout@9c091bb21b7c1c1d1991bb908d89e4e9dddfe3e0 # v7.0.0
        with:
          persist-credentials: false
";

/// When nothing says how tests are run.
const UNKNOWN: &str = "      - run: make test # leaves its reports in the workspace\n";

const TAIL: &str = "      - uses: readiness-ci/readiness@v1
        if: always() # failed tests are what it is there to tell
";

/// `.github/workflows/readiness.yml` for `project`.
pub(super) fn text(project: &Project) -> String {
    let step = |commands: &[&str]| format!("      - run: |\n          {}\n", commands.join("\n          "));
    let steps: Vec<String> =
        project.ecosystems.iter().map(|ecosystem| step(ecosystem.recipe().commands)).collect();
    let steps = if steps.is_empty() { UNKNOWN.to_owned() } else { steps.concat() };
    format!("{HEAD}{steps}{TAIL}")
}
