//! `readiness inspect`: what Readiness sees in these files.

use super::exit::{Advice, Exit};
use super::{output, pipeline};
use crate::cli::{Format, InspectArgs};
use crate::evidence::collect::collect;
use crate::evidence::test_results::merge::mark;
use crate::model::coverage::CoverageReport;
use crate::model::input::{Content, Input, InputState};
use crate::model::tests::{TestCase, TestReport};
use crate::platform::environment::Environment;
use crate::policy::EvidencePolicy;
use crate::render::{Detail, Merged, json, terminal};

/// Runs the command.
pub fn run(args: &InspectArgs) -> anyhow::Result<Exit> {
    let mut inputs = pipeline::read(&args.workdir, &args.paths, &[])?;
    if inputs.is_empty() {
        return Err(Advice::error(
            format!("no file matches `{}`", args.paths.join("`, `")),
            "give files, folders, globs or zips",
        ));
    }
    output::detail(&args.output, &format!("{} files below `{}`", inputs.len(), args.workdir.display()));
    let refused = inputs.iter().filter(|input| is_refused(input)).count();
    let text = render(args, &mut inputs)?;
    output::deliver(&args.output, &text)?;
    if refused == 0 {
        return Ok(Exit::Passed);
    }
    output::error_line(&format!(
        "readiness: {refused} of the files cannot be counted in full (exit 2); their problems stand in the output"
    ));
    Ok(Exit::Unable)
}

fn render(args: &InspectArgs, inputs: &mut [Input]) -> anyhow::Result<String> {
    let detail = if args.detail { Detail::Full } else { Detail::Summary };
    let several = collect(of_shared_kinds(inputs), &EvidencePolicy::default(), None);
    if let Some(run) = &several.tests {
        mark(inputs, run);
    }
    let inputs = &*inputs;
    let merged = Merged {
        tests: several.tests.as_ref().or(tests(inputs).next()),
        coverage: several.coverage.as_ref().or(coverage(inputs).next()),
    };
    match args.output.format {
        Format::Json => Ok(json::v1::inspect(inputs, merged, detail)),
        Format::Terminal => {
            let color = output::color(&args.output, &Environment::from_process());
            Ok(terminal::inspect(inputs, merged, color, detail))
        }
        other => Err(output::no_form("inspect", other, "`terminal` or `json`")),
    }
}

/// Copies of the inputs that must be merged; a report that is the only one of its kind can be large, and is the whole.
fn of_shared_kinds(inputs: &[Input]) -> Vec<Input> {
    let several_tests = tests(inputs).nth(1).is_some();
    let several_coverage = coverage(inputs).nth(1).is_some();
    let is_half = |content: &Content| matches!(content, Content::CoverageHalf(_));
    let halves = inputs.iter().filter_map(|input| input.content.as_ref()).any(is_half);
    let shared = |content: &Content| {
        is_half(content)
            || (several_tests && content.tests().is_some())
            || ((several_coverage || halves) && content.coverage().is_some())
    };
    inputs.iter().filter(|input| input.content.as_ref().is_some_and(shared)).map(lean).collect()
}

/// What of an input totals are made of: no case that passed has details in it.
fn lean(input: &Input) -> Input {
    let content = match &input.content {
        Some(Content::Tests(report)) => {
            let detail = |case: &TestCase| case.detail.clone().filter(|_| case.outcome.is_failing());
            let plain = |case: &TestCase| TestCase { id: case.id.clone(), detail: detail(case), ..*case };
            let suite_errors = report.suite_errors.clone();
            Some(Content::Tests(TestReport {
                suites: report.suites,
                cases: report.cases.iter().map(plain).collect(),
                suite_errors,
                producer: report.producer.clone(),
                cells: Vec::new(),
            }))
        }
        other => other.clone(),
    };
    let (path, origin) = (input.path.clone(), input.origin.clone());
    Input { path, origin, content, problems: Vec::new(), ..*input }
}

fn tests(inputs: &[Input]) -> impl Iterator<Item = &TestReport> {
    inputs.iter().filter_map(|input| input.content.as_ref()?.tests())
}

fn coverage(inputs: &[Input]) -> impl Iterator<Item = &CoverageReport> {
    inputs.iter().filter_map(|input| input.content.as_ref()?.coverage())
}

fn is_refused(input: &Input) -> bool {
    matches!(input.state, InputState::Invalid | InputState::Incomplete | InputState::Unrecognised)
}
