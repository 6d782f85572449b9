//! Metric names, what they may be selected by, and limits that fit them.

use num_traits::Signed;

use super::keys::{misplaced, selecting_keys};
use super::{Issue, text};
use crate::model::exact::{Exact, whole};
use crate::model::metric::{Better, Unit};
use crate::policy::error::Problem;
use crate::policy::locate::{Part, Path};
use crate::policy::raw::RawCheck;
use crate::policy::{
    CoverageMetric, FindingMetric, MetricSelector, TestMetric, TodoMetric, quantity, suggest,
};

/// What the numbers of a metric mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Meaning {
    /// `None`: as the measurement says.
    unit: Option<Unit>,
    /// `None`: as floor and target say.
    better: Option<Better>,
}

/// Floor and target in the base unit.
pub(super) struct Limits {
    pub(super) floor: Exact,
    pub(super) target: Exact,
    pub(super) unit: Unit,
}

#[derive(Clone, Copy)]
enum BuiltIn {
    Tests(TestMetric),
    Coverage(CoverageMetric),
    Findings(FindingMetric),
    Todos(TodoMetric),
}

const MORE: Meaning = Meaning { unit: Some(Unit::Count), better: Some(Better::Higher) };
const FEWER: Meaning = Meaning { unit: Some(Unit::Count), better: Some(Better::Lower) };
const SHARE: Meaning = Meaning { unit: Some(Unit::Ratio), better: Some(Better::Higher) };
const TIME: Meaning = Meaning { unit: Some(Unit::Milliseconds), better: Some(Better::Lower) };

/// Every metric that has a fixed name.
const BUILT_IN: [(&str, BuiltIn, Meaning); 24] = [
    ("tests.total", BuiltIn::Tests(TestMetric::Total), MORE),
    ("tests.passed", BuiltIn::Tests(TestMetric::Passed), MORE),
    ("tests.failed", BuiltIn::Tests(TestMetric::Failed), FEWER),
    ("tests.errored", BuiltIn::Tests(TestMetric::Errored), FEWER),
    ("tests.skipped", BuiltIn::Tests(TestMetric::Skipped), FEWER),
    ("tests.flaky", BuiltIn::Tests(TestMetric::Flaky), FEWER),
    ("tests.pass-rate", BuiltIn::Tests(TestMetric::PassRate), SHARE),
    ("tests.duration", BuiltIn::Tests(TestMetric::Duration), TIME),
    ("coverage.lines", BuiltIn::Coverage(CoverageMetric::Lines), SHARE),
    ("coverage.branches", BuiltIn::Coverage(CoverageMetric::Branches), SHARE),
    ("coverage.functions", BuiltIn::Coverage(CoverageMetric::Functions), SHARE),
    ("coverage.statements", BuiltIn::Coverage(CoverageMetric::Statements), SHARE),
    ("coverage.patch", BuiltIn::Coverage(CoverageMetric::Patch), SHARE),
    ("findings.errors", BuiltIn::Findings(FindingMetric::Errors), FEWER),
    ("findings.warnings", BuiltIn::Findings(FindingMetric::Warnings), FEWER),
    ("findings.notes", BuiltIn::Findings(FindingMetric::Notes), FEWER),
    ("findings.critical", BuiltIn::Findings(FindingMetric::Critical), FEWER),
    ("findings.high", BuiltIn::Findings(FindingMetric::High), FEWER),
    ("findings.medium", BuiltIn::Findings(FindingMetric::Medium), FEWER),
    ("findings.low", BuiltIn::Findings(FindingMetric::Low), FEWER),
    ("todos.count", BuiltIn::Todos(TodoMetric::Count), FEWER),
    ("todos.untracked", BuiltIn::Todos(TodoMetric::Untracked), FEWER),
    ("todos.new", BuiltIn::Todos(TodoMetric::New), FEWER),
    ("todos.new-untracked", BuiltIn::Todos(TodoMetric::NewUntracked), FEWER),
];

/// The metric called `name` with its selection.
pub(super) fn selector(name: &str, raw: &RawCheck, path: &Path) -> Result<(MetricSelector, Meaning), Issue> {
    let Some((_, metric, meaning)) = BUILT_IN.iter().find(|(known, ..)| *known == name) else {
        return named(name, raw, path);
    };
    fitting_keys(*metric, name, raw, path)?;
    let globs = |globs, key: &str| text::selection(globs, &path.key(key));
    let selector = match metric {
        BuiltIn::Tests(metric) => MetricSelector::Tests {
            metric: *metric,
            suites: globs(raw.suites.as_ref(), "suites")?,
            classes: globs(raw.classes.as_ref(), "classes")?,
            files: globs(raw.files.as_ref(), "files")?,
        },
        BuiltIn::Coverage(metric) => {
            MetricSelector::Coverage { metric: *metric, paths: globs(raw.paths.as_ref(), "paths")? }
        }
        BuiltIn::Findings(metric) => MetricSelector::Findings {
            metric: *metric,
            tools: globs(raw.tools.as_ref(), "tools")?,
            rules: globs(raw.rules.as_ref(), "rules")?,
            paths: globs(raw.paths.as_ref(), "paths")?,
        },
        BuiltIn::Todos(metric) => {
            MetricSelector::Todos { metric: *metric, paths: globs(raw.paths.as_ref(), "paths")? }
        }
    };
    Ok((selector, *meaning))
}

/// A measurement; names that look like a built-in one with a slip are not taken for a measurement.
fn named(name: &str, raw: &RawCheck, path: &Path) -> Result<(MetricSelector, Meaning), Issue> {
    let at = path.key("metric");
    text::name(name, &at)?;
    let names = || BUILT_IN.iter().map(|(known, ..)| *known);
    if is_reserved(name) || suggest::nearest(name, names()).is_some() {
        let known = names().map(str::to_owned).collect();
        let problem = Problem::UnknownName { what: "metric", found: name.to_owned(), known };
        return Err(Issue { path: at, part: Part::Value, problem });
    }
    misplaced(&selecting_keys(raw), "does not go with a measurement, which is one number", path)?;
    Ok((MetricSelector::Named(name.to_owned()), by_convention(name)))
}

/// What the numbers of a measurement mean whose name every reader of ours uses for the same thing.
fn by_convention(name: &str) -> Meaning {
    let last = name.rsplit('.').next().unwrap_or(name);
    match (name, last) {
        ("mutation.score", _) => SHARE,
        ("mutation.total" | "mutation.killed", _) => MORE,
        ("mutation.survived" | "mutation.not-covered", _) => FEWER,
        (_, "error-rate") => Meaning { better: Some(Better::Lower), ..SHARE },
        _ => Meaning { unit: None, better: None },
    }
}

/// Whether a name begins as those of built-in metrics do.
pub(super) fn is_reserved(name: &str) -> bool {
    ["tests.", "coverage.", "findings.", "todos."].iter().any(|prefix| name.starts_with(prefix))
}

fn fitting_keys(metric: BuiltIn, name: &str, raw: &RawCheck, path: &Path) -> Result<(), Issue> {
    let fitting: &[&str] = match metric {
        BuiltIn::Tests(_) => &["suites", "classes", "files"],
        BuiltIn::Coverage(_) | BuiltIn::Todos(_) => &["paths"],
        BuiltIn::Findings(_) => &["tools", "rules", "paths"],
    };
    let others: Vec<_> = selecting_keys(raw).into_iter().filter(|(key, _)| !fitting.contains(key)).collect();
    let words: Vec<String> = fitting.iter().map(|key| format!("`{key}`")).collect();
    misplaced(&others, &format!("does not select `{name}`, which is selected by {}", words.join(", ")), path)
}

/// Floor and target of a metric, checked against what its numbers mean.
pub(super) fn limits(name: &str, meaning: Meaning, raw: &RawCheck, path: &Path) -> Result<Limits, Issue> {
    let hint = "say what full points need, such as `target: 90%`";
    let target_text = raw.target.as_deref().ok_or_else(|| Issue::missing(path, "target", hint))?;
    let (target, unit) = limit(target_text, meaning, &path.key("target"))?;
    let floor = match raw.floor.as_deref() {
        Some(text) => {
            let (floor, floor_unit) = limit(text, meaning, &path.key("floor"))?;
            if floor_unit != unit {
                let allowed = format!("a number in the unit of `target` (`{target_text}`)");
                return Err(Issue::value(&path.key("floor"), text, allowed));
            }
            floor
        }
        None if meaning.better == Some(Better::Higher) => whole(0),
        None => {
            let hint =
                "say where points begin; for less-is-better it lies above the target, such as `floor: 500ms`";
            return Err(Issue::missing(path, "floor", hint));
        }
    };
    direction(name, meaning, &floor, &target, path)?;
    Ok(Limits { floor, target, unit })
}

fn limit(text: &str, meaning: Meaning, path: &Path) -> Result<(Exact, Unit), Issue> {
    let allowed = match meaning.unit {
        Some(Unit::Ratio) => "a share from 0% to 100%, such as `80%`",
        Some(Unit::Count) => "a whole number from 0",
        Some(Unit::Milliseconds) => "a time with its unit, such as `90s`",
        _ => "a number, with a unit such as `100ms`, `99.9%`, `20MiB` or `500/s` where it has one",
    };
    let wrong = || Issue::value(path, text, allowed);
    let read = quantity::quantity(text).ok_or_else(wrong)?;
    let fits = match meaning.unit {
        None => true,
        // A plain decimal up to 1 is a share, too; `80` would be a slip for `80%`.
        Some(Unit::Ratio) => {
            matches!(read.unit, Unit::Ratio | Unit::Count) && (whole(0)..=whole(1)).contains(&read.value)
        }
        Some(Unit::Count) => read.unit == Unit::Count && read.value.is_integer() && !read.value.is_negative(),
        Some(unit) => read.unit == unit && !read.value.is_negative(),
    };
    if fits { Ok((read.value, meaning.unit.unwrap_or(read.unit))) } else { Err(wrong()) }
}

/// A metric whose direction is known must not be rewarded for getting worse.
fn direction(name: &str, meaning: Meaning, floor: &Exact, target: &Exact, path: &Path) -> Result<(), Issue> {
    let (wrong, way_out) = match meaning.better {
        Some(Better::Higher) => {
            (floor > target, "more is better here: write a `floor` that is not above `target`")
        }
        Some(Better::Lower) => {
            (floor < target, "less is better here: write a `floor` that is not below `target`")
        }
        None => (false, ""),
    };
    if !wrong {
        return Ok(());
    }
    let side = if floor > target { "above" } else { "below" };
    let message = format!("the `floor` of `{name}` is {side} its `target`, so worse values would score more");
    Err(Issue::contradiction(&path.key("floor"), message, way_out))
}
