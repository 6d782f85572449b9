//! Files and policy in, evidence out: the part that every evaluating command shares.

use std::io::Read;
use std::path::Path;
use std::sync::LazyLock;

use jiff::civil::Date;

use super::exit::Advice;
use super::places::{LEFT_OUT, POLICY_FILES, WELL_KNOWN};
use crate::evidence::collect::Collector;
use crate::evidence::coverage::carry::{self, Origin};
use crate::evidence::coverage::{mapping::Tree, unified_diff};
use crate::evidence::extract::extract;
use crate::evidence::read::read_input;
use crate::model::diff::Diff;
use crate::model::evidence::Evidence;
use crate::model::input::{Input, Inputs};
use crate::model::left_out::LeftOut;
use crate::model::report::PolicyOrigin;
use crate::model::words::counted;
use crate::platform::files::{self, Found};
use crate::policy::{self, EvidencePolicy, Policy};
use crate::score::Baseline;

/// A policy and where it came from.
pub struct LoadedPolicy {
    /// Validated.
    pub policy: Policy,
    /// For the report's footer.
    pub origin: PolicyOrigin,
}

/// Reads the policy: `explicit`, else the first policy file below `workdir`, else the built-in default.
pub fn load_policy(workdir: &Path, explicit: Option<&Path>) -> anyhow::Result<LoadedPolicy> {
    match policy_text(workdir, explicit)? {
        Some((text, shown)) => parse_policy(&text, &shown, &shown),
        None => Ok(default_policy()),
    }
}

/// As [`load_policy`]; `base` is the file that a pinned `extends` names.
pub fn load_policy_over(
    workdir: &Path,
    explicit: Option<&Path>,
    base: Option<&Path>,
) -> anyhow::Result<LoadedPolicy> {
    let Some(base) = base else { return load_policy(workdir, explicit) };
    let base = read_named("policy", base, POLICY_HELP)?;
    match policy_text(workdir, explicit)? {
        Some((text, shown)) => parse_policy(&policy::extends::bundled(&text, &base), &shown, &shown),
        None => Err(Advice::error("`--policy-base` goes with a policy that extends one", "remove it")),
    }
}

/// The text of the policy and how it is called; nothing when there is none.
pub(super) fn policy_text(
    workdir: &Path,
    explicit: Option<&Path>,
) -> anyhow::Result<Option<(String, String)>> {
    let place = match explicit {
        Some(path) => Some((path.to_path_buf(), path.display().to_string())),
        None => POLICY_FILES
            .iter()
            .map(|name| (workdir.join(name), (*name).to_owned()))
            .find(|(path, _)| path.is_file()),
    };
    let Some((path, shown)) = place else { return Ok(None) };
    let text = read_named("policy", &path, POLICY_HELP)?;
    Ok(Some((text, shown)))
}

/// The built-in policy.
pub fn default_policy() -> LoadedPolicy {
    let policy = policy::defaults::policy();
    let origin = origin(&policy, "built-in default");
    LoadedPolicy { policy, origin }
}

/// Parses a policy text; `file` is named in errors, `description` in the report.
pub fn parse_policy(text: &str, file: &str, description: &str) -> anyhow::Result<LoadedPolicy> {
    let policy = policy::load::parse(text, file)?;
    let origin = origin(&policy, description);
    Ok(LoadedPolicy { policy, origin })
}

fn origin(policy: &Policy, description: &str) -> PolicyOrigin {
    PolicyOrigin {
        description: description.to_owned(),
        fingerprint: policy.fingerprint(),
        proposed_score: None,
    }
}

/// Finds and reads the evidence below `workdir`: `paths`, else what the policy includes, else the well-known places.
/// Report paths are matched with `repository`, else with the files of `workdir`.
pub fn gather(
    workdir: &Path,
    paths: &[String],
    policy: &EvidencePolicy,
    repository: Option<Tree>,
) -> anyhow::Result<Evidence> {
    let tree = LazyLock::new(|| repository.unwrap_or_else(|| tree(workdir)));
    let repository = || &*tree;
    let collector = Collector::new(policy, &repository);
    let inputs = inputs(workdir, paths, policy, |input| collector.take(input))?;
    understand(inputs, collector)
}

/// Finds and reads what [`gather`] merges, each file handed to `take` as soon as it is read; no file is an error.
pub(super) fn inputs(
    workdir: &Path,
    paths: &[String],
    policy: &EvidencePolicy,
    take: impl Fn(Input) -> Input + Sync,
) -> anyhow::Result<Inputs> {
    let patterns = patterns(paths, policy);
    let read = |path, bytes, reader| take(read_input(path, bytes, reader));
    let mut inputs = read_by(read, workdir, &patterns, &excluded(paths, policy))?;
    inputs.add(extracted(workdir, policy, &[])?);
    if inputs.read.is_empty() {
        return Err(nothing_found(workdir, &patterns, &inputs.left_out));
    }
    Ok(inputs)
}

/// Merges what was read and what the `collector` has taken of it.
pub fn understand(inputs: Inputs, collector: Collector<'_>) -> anyhow::Result<Evidence> {
    let Inputs { read, left_out } = inputs;
    let evidence = Evidence { left_out, ..collector.finish(read) };
    if holds_nothing(&evidence) {
        return Err(nothing_usable(&evidence));
    }
    Ok(evidence)
}

/// Finds and reads files, without merging them.
pub fn read(workdir: &Path, patterns: &[String], exclude: &[String]) -> anyhow::Result<Inputs> {
    read_by(read_input, workdir, patterns, exclude)
}

/// As [`read`], each file by `read`.
pub fn read_by(
    read: impl Fn(String, u64, Box<dyn Read + Send>) -> Input + Sync,
    workdir: &Path,
    patterns: &[String],
    exclude: &[String],
) -> anyhow::Result<Inputs> {
    let found = files::find(workdir, patterns, exclude)?;
    Ok(files::read_all(found, read))
}

/// What the policy's extractors find in files below `workdir`, and in those that were `fetched`.
pub fn extracted(workdir: &Path, policy: &EvidencePolicy, fetched: &[Found]) -> anyhow::Result<Inputs> {
    let left_out: Vec<String> = LEFT_OUT.iter().map(ToString::to_string).collect();
    let mut inputs = Inputs::default();
    for extractor in &policy.extract {
        // A file that is not there is no evidence, and no mistake of the command line.
        let is_known =
            |pattern: &&String| pattern.contains(['*', '?', '[', '{']) || workdir.join(pattern).is_file();
        let patterns: Vec<String> = extractor.files.patterns.iter().filter(is_known).cloned().collect();
        let mut found = files::find(workdir, &patterns, &left_out)?;
        found.extend(fetched.iter().filter(|one| extractor.files.matches(&one.path)).cloned());
        found.retain(Found::is_there);
        inputs.add(files::read_all(found, |path, bytes, reader| extract(extractor, path, bytes, reader)));
    }
    Ok(inputs)
}

/// Reads files that were found elsewhere, each handed to `take` as soon as it is read.
pub fn read_found(found: Vec<Found>, take: impl Fn(Input) -> Input + Sync) -> Inputs {
    files::read_all(found, |path, bytes, reader| take(read_input(path, bytes, reader)))
}

/// Reads a unified diff.
pub fn load_diff(path: &Path) -> anyhow::Result<Diff> {
    let text = read_named("diff", path, DIFF_HELP)?;
    unified_diff::parse(&text).map_err(|error| {
        let error = error.to_string();
        let why = error.strip_prefix("reading the diff: ").unwrap_or(&error);
        Advice::error(format!("failed to read the diff `{}`: {why}", path.display()), DIFF_HELP)
    })
}

const DIFF_HELP: &str = "`--diff` is a whole diff as `git diff BASE...HEAD` writes it";
const POLICY_HELP: &str = "name a policy file that can be read, or let `readiness init` write one";

/// The text of a file that somebody named.
fn read_named(what: &str, path: &Path, help: &str) -> anyhow::Result<String> {
    files::read_marked_text(path).map_err(|error| {
        Advice::error(format!("failed to read the {what} `{}`: {error}", path.display()), help)
    })
}

/// Lets the coverage of components whose job did not run be that of the base, where the policy says so.
pub fn carry_forward(
    evidence: &mut Evidence,
    baseline: Option<&Baseline>,
    policy: &Policy,
    (diff, today): (Option<&Diff>, Date),
) {
    let Some(baseline) = baseline else { return };
    let base = Origin { evidence: &baseline.evidence, sha: &baseline.base.sha.0, day: baseline.recorded_on };
    carry::carry_forward(evidence, &base, &policy.components, (diff, today));
}

/// Today in UTC, for expiries.
pub fn today() -> Date {
    crate::platform::clock::now().to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn patterns(paths: &[String], policy: &EvidencePolicy) -> Vec<String> {
    if !paths.is_empty() {
        paths.to_vec()
    } else if !policy.include.is_empty() {
        policy.include.clone()
    } else {
        WELL_KNOWN.iter().map(ToString::to_string).collect()
    }
}

/// What a person names on the command line is read wherever it lies; the usual exclusions are for globs alone.
fn excluded(paths: &[String], policy: &EvidencePolicy) -> Vec<String> {
    let usual = if paths.is_empty() { LEFT_OUT } else { &[] };
    usual.iter().map(ToString::to_string).chain(policy.exclude.iter().cloned()).collect()
}

/// The files of the checkout, with the names of its Go modules.
pub(super) fn tree(workdir: &Path) -> Tree {
    const MOST_MODULES: usize = 1000;
    let paths = files::tree(workdir);
    let is_module = |path: &&String| {
        let name = path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
        matches!(name, "go.mod" | "go.work")
    };
    let read = |path: &String| Some((path.clone(), files::read_text(&workdir.join(path)).ok()?));
    let modules: Vec<_> = paths.iter().filter(is_module).take(MOST_MODULES).filter_map(read).collect();
    Tree::new(paths).with_go_modules(modules.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

fn holds_nothing(evidence: &Evidence) -> bool {
    evidence.tests.is_none()
        && evidence.coverage.is_none()
        && evidence.findings.is_none()
        && evidence.measurements.is_empty()
}

fn nothing_found(workdir: &Path, patterns: &[String], left_out: &LeftOut) -> anyhow::Error {
    const SHOWN: usize = 10;
    let seen = left_out.warning().unwrap_or_else(|| overview(workdir, patterns));
    let tried = match patterns.get(..SHOWN) {
        Some(some) if patterns.len() > SHOWN => {
            format!("{} and {} more globs", quoted(some), patterns.len() - SHOWN)
        }
        _ => quoted(patterns),
    };
    Advice::error(
        format!("no evidence found below `{}`: tried {tried}; {seen}", workdir.display()),
        "name the reports on the command line (`files` in the action) or under `evidence.include` in the policy",
    )
}

/// What lies where reports were looked for: in the folders that are named, else in all of `workdir`.
fn overview(workdir: &Path, patterns: &[String]) -> String {
    const SHOWN: usize = 5;
    let folders = patterns.iter().filter(|pattern| workdir.join(pattern).is_dir());
    let seen: Vec<String> = folders
        .take(SHOWN)
        .map(|folder| format!("in `{folder}`: {}", files::overview(&workdir.join(folder))))
        .collect();
    if seen.is_empty() { files::overview(workdir) } else { seen.join("; ") }
}

fn nothing_usable(evidence: &Evidence) -> anyhow::Error {
    if evidence.sources.is_empty() {
        return Advice::error("no evidence is left", "drop less, or name more reports");
    }
    let files: Vec<String> = evidence
        .sources
        .iter()
        .take(10)
        .map(|source| {
            let problem = source.problem.as_deref().unwrap_or("nothing in it");
            format!("`{}` is {}: {problem}", source.path, source.state.name())
        })
        .collect();
    Advice::error(
        format!(
            "no usable evidence in {}: {}",
            counted(evidence.sources.len() as u64, "file"),
            files.join("; ")
        ),
        "`readiness inspect` shows what was seen in each file",
    )
}

fn quoted(patterns: &[String]) -> String {
    patterns.iter().map(|p| format!("`{p}`")).collect::<Vec<_>>().join(", ")
}
