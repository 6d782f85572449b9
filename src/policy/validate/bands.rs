//! Bands and grades: steps that divide 0 to 100 without gap or overlap.

use super::{Issue, number, text};
use crate::model::exact::Tenths;
use crate::model::order;
use crate::policy::Step;
use crate::policy::error::Problem;
use crate::policy::locate::Path;
use crate::policy::raw::Entries;

/// The bands of the verdict; there is always at least one.
pub(super) fn bands(raw: Option<&Entries<String>>, path: &Path) -> Result<Vec<Step>, Issue> {
    let Some(entries) = raw else { return Ok(default_bands()) };
    if entries.0.is_empty() {
        let message = "`bands` is empty, so no score would have a verdict".to_owned();
        return Err(Issue::contradiction(
            path,
            message,
            "write at least `{0: not ready}`, or leave `bands` out",
        ));
    }
    steps(entries, path)
}

/// The grades; an empty mapping turns them off.
pub(super) fn grades(raw: Option<&Entries<String>>, path: &Path) -> Result<Vec<Step>, Issue> {
    match raw {
        None => Ok(default_grades()),
        Some(entries) if entries.0.is_empty() => Ok(Vec::new()),
        Some(entries) => steps(entries, path),
    }
}

fn steps(entries: &Entries<String>, path: &Path) -> Result<Vec<Step>, Issue> {
    let mut steps: Vec<Step> = Vec::new();
    for (from, name) in &entries.0 {
        let at = path.key(from);
        let problem = |allowed: &'static str| {
            Issue::key(
                &at,
                Problem::Value { key: path.last_key(), found: from.clone(), allowed: allowed.into() },
            )
        };
        let from = number::points(from).ok_or_else(|| problem(number::POINTS))?;
        if steps.iter().any(|step| step.from == from) {
            return Err(problem("each lower bound once"));
        }
        steps.push(Step { from, name: text::name(name, &at)?.to_owned() });
    }
    order::sort_by_key(&mut steps, |step| step.from);
    match steps.first() {
        Some(first) if first.from == Tenths::ZERO => Ok(steps),
        Some(first) => Err(uncovered(path, first.from)),
        None => Ok(steps),
    }
}

fn uncovered(path: &Path, first: Tenths) -> Issue {
    let what = path.last_key();
    let message = format!("`{what}` start at {first}, so scores below it have none");
    Issue::contradiction(path, message, "let the first one start at 0")
}

fn default_bands() -> Vec<Step> {
    named(&[(0, "not ready"), (500, "conditional"), (700, "likely"), (850, "ready")])
}

fn default_grades() -> Vec<Step> {
    named(&[(0, "F"), (600, "D"), (700, "C"), (800, "B"), (900, "A-"), (950, "A+")])
}

fn named(steps: &[(i64, &str)]) -> Vec<Step> {
    steps.iter().map(|(from, name)| Step { from: Tenths(*from), name: (*name).to_owned() }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::defaults;

    #[test]
    fn the_default_file_writes_out_what_holds_without_it() {
        let policy = defaults::policy();
        assert_eq!((policy.bands, policy.grades), (default_bands(), default_grades()));
    }
}
