//! `readiness explain`: one check, from file and line to points.

use super::exit::{Advice, Exit};
use super::{output, report, targets};
use crate::cli::{ExplainArgs, Format, TEXTS};
use crate::model::explanation::Explanation;
use crate::policy::{Policy, suggest};
use crate::render::{json, markdown, terminal};
use crate::score;

/// Runs the command.
pub fn run(args: &ExplainArgs) -> anyhow::Result<Exit> {
    let further = targets::shown("explain", &args.report.output, TEXTS)?;
    let evaluation = report::evaluate(&args.report)?;
    let report::Evaluation { report, evidence, policy } = &evaluation;
    let explanation =
        score::explain(policy, evidence, report, &args.check).ok_or_else(|| unknown(policy, &args.check))?;
    output::deliver_forms(&args.report.output, &further, |format, screen| {
        rendered(format, &explanation, screen)
    })?;
    Ok(Exit::Passed)
}

fn rendered(format: Format, explanation: &Explanation, screen: terminal::Screen) -> anyhow::Result<String> {
    match format {
        Format::Terminal => Ok(terminal::explanation(explanation, screen)),
        Format::Markdown => Ok(markdown::explanation(explanation)),
        Format::Json => Ok(json::v1::explanation(explanation)),
        other => Err(output::no_form("explain", &output::name_of(other), TEXTS)),
    }
}

fn unknown(policy: &Policy, asked: &str) -> anyhow::Error {
    if let Some(out) = policy.not_applicable.iter().find(|out| out.check == asked) {
        return Advice::error(
            format!("`{asked}` is not applicable, so nothing is counted: {}", out.reason),
            "take `not-applicable` out of the check to have it counted",
        );
    }
    let ids = || policy.checks().map(|(_, check)| check.id.as_str());
    let by_key = policy.checks().find(|(_, check)| check.key == asked).map(|(_, check)| check.id.as_str());
    let help = match by_key.or_else(|| suggest::nearest(asked, ids())) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("the policy has `{}`", ids().collect::<Vec<_>>().join("`, `")),
    };
    Advice::error(format!("the policy has no check `{asked}`"), help)
}
