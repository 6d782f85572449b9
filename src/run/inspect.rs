//! `readiness inspect`: what Readiness sees in these files.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use super::exit::{Advice, Exit};
use super::{output, pipeline, targets};
use crate::cli::{Format, InspectArgs, SHORT};
use crate::evidence::collect::Collector;
use crate::evidence::coverage::mapping::Tree;
use crate::evidence::read::{read_input, read_totals};
use crate::evidence::test_results::merge::mark;
use crate::model::coverage::summary::CoverageSummary;
use crate::model::evidence::Evidence;
use crate::model::input::{Content, Input, InputState, Inputs};
use crate::model::left_out::LeftOut;
use crate::model::words::counted;
use crate::platform::files::{self, ReadOne};
use crate::policy::EvidencePolicy;
use crate::render::{Detail, Merged, Shown, TestTotals, json, terminal};

/// Runs the command.
pub fn run(args: &InspectArgs) -> anyhow::Result<Exit> {
    let further = targets::shown("inspect", &args.output, SHORT)?;
    let policy = EvidencePolicy::default();
    let tree = LazyLock::new(|| checkout(&args.workdir));
    let repository = || &*tree;
    let collector = Collector::new(&policy, &repository);
    let (collector, read): (_, ReadOne) = match detail(args) {
        Detail::Full => (collector.listing_sources(), read_input),
        Detail::Summary => (collector, read_totals),
    };
    let take = |path, bytes, reader| collector.take(read(path, bytes, reader));
    let (there, missing) = told_apart(args);
    let inputs = pipeline::read_by(take, &args.workdir, &there, &[])?;
    if inputs.read.is_empty() && missing.is_empty() {
        return Err(nothing_found(args, &inputs.left_out));
    }
    let files = counted(inputs.read.len() as u64, "file");
    output::detail(&args.output, &format!("{files} below `{}`", args.workdir.display()));
    let refused = inputs.read.iter().filter(|input| is_refused(input)).count();
    deliver(args, &further, inputs, collector)?;
    if !missing.is_empty() {
        let missing = missing.join("`, `");
        output::error_line(&format!(
            "readiness: `{missing}` does not exist (exit 2); give files, folders, globs or zips below `{}`",
            args.workdir.display()
        ));
        return Ok(Exit::Unable);
    }
    if refused == 0 {
        return Ok(Exit::Passed);
    }
    output::error_line(&format!(
        "readiness: {} cannot be counted in full (exit 2); the problems stand in the output",
        counted(refused as u64, "file")
    ));
    Ok(Exit::Unable)
}

/// The paths that can be looked at, and those that are not there. When there is none of the former, all are asked for.
fn told_apart(args: &InspectArgs) -> (Vec<String>, Vec<String>) {
    let is_there = |path: &String| files::is_there(&args.workdir, path);
    let (there, missing): (Vec<_>, Vec<_>) = args.paths.iter().cloned().partition(is_there);
    if there.is_empty() { (missing, there) } else { (there, missing) }
}

/// The checkout that `workdir` is in, as `report` matches paths with it; of any other folder nothing is known.
fn checkout(workdir: &Path) -> Tree {
    if files::is_checkout(workdir) { pipeline::tree(workdir).guessed() } else { Tree::default() }
}

/// What of the totals' source files was not united with others.
fn say_paths(args: &InspectArgs, several: &Evidence) {
    let paths = &several.paths;
    let outside: Vec<String> =
        paths.unmatched.iter().chain(&paths.ambiguous).take(3).map(|path| format!("`{path}`")).collect();
    if outside.is_empty() || args.output.quiet {
        return;
    }
    output::error_line(&format!(
        "warning: {} of {} source files of coverage reports cannot be told among the files of `{}` and are not in the totals: {}",
        paths.unmatched.len() + paths.ambiguous.len(),
        paths.total,
        args.workdir.display(),
        outside.join(", ")
    ));
}

fn deliver(
    args: &InspectArgs,
    further: &[(Format, PathBuf)],
    inputs: Inputs,
    collector: Collector<'_>,
) -> anyhow::Result<()> {
    let detail = detail(args);
    let (mut files, parts) = parted(inputs.read, detail);
    let several = collector.finish(parts);
    say_paths(args, &several);
    if let Some(run) = several.tests.as_ref().filter(|_| detail == Detail::Full) {
        mark(files.iter_mut().map(|file| &mut file.input), run);
    }
    let merged = Merged {
        tests: several
            .tests
            .as_ref()
            .map(TestTotals::of)
            .or_else(|| files.iter().find_map(|file| file.tests.clone())),
        coverage: several.coverage.as_ref().map(CoverageSummary::of),
        left_out: inputs.left_out,
    };
    let delivered = output::deliver_forms(&args.output, further, |format, screen| match format {
        Format::Json => Ok(json::v1::inspect(&files, &merged, detail)),
        Format::Terminal => Ok(terminal::inspect(&files, &merged, screen, detail)),
        other => Err(output::no_form("inspect", &output::name_of(other), SHORT)),
    });
    // The process is about to end, and gives its memory back faster than case by case.
    drop(merged);
    std::mem::forget((files, several));
    delivered
}

fn detail(args: &InspectArgs) -> Detail {
    if args.detail { Detail::Full } else { Detail::Summary }
}

/// The files as they are shown, and what of them makes up totals together, beside the coverage that was taken before. A
/// test report that is the only one can be large, and is the whole.
fn parted(inputs: Vec<Input>, detail: Detail) -> (Vec<Shown>, Vec<Input>) {
    let contents = || inputs.iter().filter_map(|input| input.content.as_ref());
    let several_tests = contents().filter_map(Content::tests).nth(1).is_some();
    let is_part = |content: &Content| match content {
        Content::CoverageHalf(_) => true,
        other => several_tests && other.tests().is_some(),
    };
    let mut parts = Vec::new();
    let show = |input| {
        let mut file = Shown::whole(input);
        if file.input.content.as_ref().is_some_and(is_part) {
            parts.push(part(&mut file.input, detail));
        }
        file
    };
    (inputs.into_iter().map(show).collect(), parts)
}

/// What totals are made of. Cases are moved there unless they are shown, too: many files hold many of them.
fn part(input: &mut Input, detail: Detail) -> Input {
    let content = match &mut input.content {
        Some(Content::Tests(_)) if detail == Detail::Summary => input.content.take(),
        content => content.clone(),
    };
    let (path, origin) = (input.path.clone(), input.origin.clone());
    Input { path, origin, content, coverage: None, problems: Vec::new(), ..*input }
}

fn is_refused(input: &Input) -> bool {
    matches!(input.state, InputState::Invalid | InputState::Incomplete | InputState::Unrecognised)
}

fn nothing_found(args: &InspectArgs, left_out: &LeftOut) -> anyhow::Error {
    let asked = args.paths.join("`, `");
    let seen = left_out.warning().or_else(|| left_out.remark());
    let problem = match seen {
        Some(seen) => format!("no report in `{asked}`: {seen}"),
        None => format!("no file matches `{asked}`"),
    };
    Advice::error(problem, "give files, folders, globs or zips")
}
