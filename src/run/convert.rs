//! `readiness convert`: many test reports as one normalised report.

use anyhow::Context;

use super::exit::{Advice, Exit};
use super::{output, pipeline};
use crate::cli::{ConvertArgs, TestReportForm};
use crate::evidence::collect::collect;
use crate::model::evidence::Source;
use crate::model::input::{InputState, Kind};
use crate::model::tests::TestReport;
use crate::model::words::counted;
use crate::policy::EvidencePolicy;
use crate::render;

/// Runs the command.
pub fn run(args: &ConvertArgs) -> anyhow::Result<Exit> {
    let inputs = pipeline::read(&args.workdir, &args.paths, &[])?;
    if let Some(warning) = inputs.left_out.warning() {
        output::error_line(&warning);
    }
    let evidence = collect(inputs.read, &EvidencePolicy::default(), None);
    let Some(run) = &evidence.tests else {
        return Err(no_tests(args, &evidence.sources));
    };
    output::deliver_to(args.output.as_deref(), &written(run, args.to)?)?;
    let left_out = say_left_out(&evidence.sources);
    if left_out == 0 {
        return Ok(Exit::Passed);
    }
    output::error_line(&format!(
        "readiness: not in the report in full: {} (exit 2); `readiness inspect` shows why",
        counted(left_out as u64, "file")
    ));
    Ok(Exit::Unable)
}

fn written(run: &TestReport, form: TestReportForm) -> anyhow::Result<String> {
    match form {
        TestReportForm::Junit => render::junit(run).context("failed to write the run as JUnit"),
        TestReportForm::Ctrf => Ok(render::ctrf(run)),
    }
}

/// Names each file that is not wholly in the report, and gives their number.
fn say_left_out(sources: &[Source]) -> usize {
    let mut count = 0;
    for source in sources {
        let problem = source.problem.as_deref().unwrap_or("no reason given");
        match (source.state, source.kind) {
            (InputState::Measured | InputState::Empty, Some(Kind::Tests)) => continue,
            (InputState::Measured | InputState::Empty, kind) => {
                let kind = kind.map_or("nothing that counts", Kind::name);
                output::error_line(&format!("`{}` holds {kind}, no tests; left out", source.path));
            }
            (state, _) => output::error_line(&format!("`{}` is {}: {problem}", source.path, state.name())),
        }
        count += 1;
    }
    count
}

fn no_tests(args: &ConvertArgs, sources: &[Source]) -> anyhow::Error {
    let asked = args.paths.join("`, `");
    if sources.is_empty() {
        let help = "give files, folders, globs or zips with test reports";
        return Advice::error(format!("no file matches `{asked}`"), help);
    }
    say_left_out(sources);
    Advice::error(
        format!("no test case in `{asked}`: `convert` writes test reports"),
        "give test reports; `readiness inspect` shows what each file holds",
    )
}
