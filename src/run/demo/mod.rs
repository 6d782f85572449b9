//! `readiness demo`: the main job on built-in evidence, from the bytes that real tools wrote to the answer.
//!
//! Nothing is computed in advance. The reports of five commits and one pull request of a small sample project are
//! in the binary; `demo/ORIGIN.md` says how they were made.

mod commits;
mod evaluation;

use super::exit::Exit;
use super::output;
use crate::cli::{DemoArgs, Format};
use crate::model::report::Report;
use crate::platform::environment::Environment;
use crate::render::terminal::Color;
use crate::render::{json, markdown, terminal};

/// GitHub's limit for a comment, in characters.
const COMMENT: usize = 65_536;

/// What stands before the report, for people.
const INTRODUCTION: &str = "\
This is what Readiness says about a pull request of a small sample shop, from the reports that pytest,
coverage.py, Playwright and a load script wrote for it, compared with its recorded main branch.

";

/// What stands after it.
const NEXT: &str = "
What next
  readiness demo --format markdown        the comment as GitHub gets it
  readiness inspect PATH...               what Readiness sees in your own reports
  readiness report PATH...                your own score, with the default policy
  README.md                               ten lines of workflow that put this on every pull request
";

/// Runs the command. The gate of the sample fails on purpose; the demo itself has done its job.
pub fn run(args: &DemoArgs) -> anyhow::Result<Exit> {
    let report = evaluation::pull_request()?;
    let color = output::color(&args.output, &Environment::from_process());
    output::deliver(&args.output, &rendered(args.output.format, &report, color))?;
    Ok(Exit::Passed)
}

fn rendered(format: Format, report: &Report, color: Color) -> String {
    match format {
        Format::Terminal => format!("{INTRODUCTION}{}{NEXT}", terminal::report(report, color)),
        Format::Markdown => markdown::comment(report, COMMENT),
        Format::Json => json::v1::report(report),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::gate::GateOutcome;

    #[test]
    fn the_sample_shows_what_a_pull_request_can_bring() {
        let report = evaluation::pull_request().unwrap();
        let tests = report.tests.as_ref().unwrap();
        let names = |notes: &[crate::model::report::CaseNote]| {
            notes.iter().map(|note| note.id.name.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(names(&tests.new_failures), ["test_an_expired_card_is_declined"]);
        assert_eq!(names(&tests.fixed), ["test_tax_rounds_half_up"]);
        assert_eq!(names(&tests.flaky), ["the stock is shown"]);
        assert_eq!(names(&tests.newly_skipped), ["test_shipping_takes_from_the_shelf"]);
        assert!(report.coverage.as_ref().unwrap().patch.is_some());
        assert_eq!(report.gate.outcome, GateOutcome::Fail);
        assert!(report.way_to_green.is_some());
        assert_eq!(report.trend.len(), 5);
        assert!(report.sources.iter().all(|source| source.problem.is_none()), "{:?}", report.sources);
    }

    #[test]
    fn two_runs_say_the_same() {
        let once = || rendered(Format::Markdown, &evaluation::pull_request().unwrap(), Color::Plain);
        assert_eq!(once(), once());
    }

    #[test]
    fn the_terminal_says_what_the_comment_says() {
        insta::assert_snapshot!(terminal::report(&evaluation::pull_request().unwrap(), Color::Plain), @"");
    }
}
