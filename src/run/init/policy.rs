//! The policy to start with.

use std::collections::BTreeSet;

use super::project::Project;
use crate::model::glob;

/// Most components that are written; more would be a list that nobody reads.
const COMPONENTS: usize = 50;

const HEAD: &str = "\
# What is scored, and what blocks a merge.
version: 1
";

const BODY: &str = "\
dimensions:
  tests:
    name: Tests
    weight: 60
    checks:
      pass-rate: {metric: tests.pass-rate, floor: 80%, target: 100%}
  coverage:
    name: Coverage
    weight: 40
    checks:
      lines: {metric: coverage.lines, floor: 50%, target: 80%}
";

const GATE: &str = "\
gate:
  mode: warn # `enforce` once the first reports look right
  no-new-failures: true
  max-drop: 1
  patch-coverage: 80%
";

/// `readiness.yml` for `project`.
pub(super) fn text(project: &Project) -> String {
    format!("{HEAD}{}{BODY}{}{GATE}", evidence(project), components(&project.modules))
}

fn evidence(project: &Project) -> String {
    let mut globs: Vec<String> = Vec::new();
    for glob in project.ecosystems.iter().flat_map(|ecosystem| ecosystem.recipe().reports) {
        let glob = quoted(glob);
        if !globs.contains(&glob) {
            globs.push(glob);
        }
    }
    if globs.is_empty() { String::new() } else { format!("evidence:\n  include: [{}]\n", globs.join(", ")) }
}

fn components(folders: &[String]) -> String {
    if folders.is_empty() {
        return String::new();
    }
    let mut taken = BTreeSet::new();
    let mut lines = vec!["components:".to_owned()];
    for folder in folders.iter().take(COMPONENTS) {
        let name = folder.rsplit('/').next().unwrap_or(folder).to_owned();
        let id = if taken.contains(&name) { folder.replace('/', "-") } else { name };
        let glob = format!("{}/**", glob::escape(folder));
        lines.push(format!("  {}: {{paths: [{}]}}", quoted(&id), quoted(&glob)));
        taken.insert(id);
    }
    if let Some(more) = folders.len().checked_sub(COMPONENTS).filter(|more| *more > 0) {
        lines.push(format!("  # and {more} more, which can be written the same way"));
    }
    lines.join("\n") + "\n"
}

/// JSON text is YAML text.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
