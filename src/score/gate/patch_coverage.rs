//! `patch-coverage`: enough of the added coverable lines ran. A few lines say too little to block anybody.

use super::components::needed;
use super::{Condition, ConditionOutcome, Context, GateNumber, Tenths, condition, outcome, unless};
use crate::model::coverage::{Covered, PatchCoverage};
use crate::model::exact::percent;
use crate::model::order;
use crate::score::coverage_change::missing_with_lines;
use crate::score::show::{count, lines, some, tenths};

const ID: &str = "patch-coverage";

pub(super) fn decide(context: &Context<'_>) -> Vec<Condition> {
    let Some(limit) = context.gate().patch_coverage else { return Vec::new() };
    let decided = match (&context.situation.patch, context.situation.diff) {
        (_, None) => condition(
            ID,
            ConditionOutcome::NotGated,
            "no diff is known, so there are no added lines to look at",
        ),
        (None, Some(_)) => without_coverage(),
        (Some(patch), Some(_)) => decided(patch, limit, context),
    };
    vec![Condition { limit: Some(GateNumber::Tenths(limit)), ..decided }]
}

fn without_coverage() -> Condition {
    let message = "no coverage report was read, so nothing shows that the added lines run";
    let way_out = Some("hand in the coverage reports of this run".to_owned());
    Condition { way_out, ..condition(ID, ConditionOutcome::Fail, message) }
}

fn decided(patch: &PatchCoverage, limit: Tenths, context: &Context<'_>) -> Condition {
    let Covered { covered, total } = patch.lines;
    let added = count(total, "added coverable line");
    if let Some(reason) = &context.situation.evidence.paths.invalid {
        let message = format!("patch coverage means nothing while report paths do not fit: {reason}");
        let way_out = Some("map report paths with `evidence.paths` in the policy".to_owned());
        return Condition { way_out, ..condition(ID, ConditionOutcome::Fail, message) };
    }
    if let Some(condition) = unmeasured(context) {
        return condition;
    }
    let least = context.gate().patch_min_lines;
    let Some(found) = percent(covered, total).filter(|_| total >= least) else {
        let message =
            format!("{added} ({covered} covered), fewer than the {least} that patch coverage is decided on");
        let actual = percent(covered, total).map(GateNumber::Tenths);
        return Condition { actual, ..condition(ID, ConditionOutcome::NotGated, message) };
    };
    let holds = found >= limit;
    let names: Vec<String> = missed(patch);
    let message =
        format!("patch coverage is {} % of {added}, at least {} % asked for", tenths(found), tenths(limit));
    let (outcome, message) = match context.situation.diff.and_then(|diff| diff.incomplete.as_ref()) {
        Some(reason) if holds => (
            ConditionOutcome::NotGated,
            format!("{message}; the diff is not whole, so this is not decided: {reason}"),
        ),
        _ => (outcome(holds), message),
    };
    Condition {
        actual: Some(GateNumber::Tenths(found)),
        way_out: unless(holds, || {
            let more = needed(patch.lines, limit);
            let missed = count(total - covered, "missed line");
            format!("cover {more} of the {missed}: {}", some(&names))
        }),
        names,
        ..condition(ID, outcome, message)
    }
}

/// Added lines of a file whose report is missing look as if they could not be covered.
fn unmeasured(context: &Context<'_>) -> Option<Condition> {
    let diff = context.situation.diff?;
    let reason = missing_with_lines(context.reports, |path| diff.files.contains_key(path))?;
    let message = format!("patch coverage cannot be told: {reason}");
    let way_out = Some("hand in the coverage reports of this run".to_owned());
    Some(Condition { way_out, ..condition(ID, ConditionOutcome::Fail, message) })
}

/// `path:lines` of what did not run, most missed lines first.
fn missed(patch: &PatchCoverage) -> Vec<String> {
    let mut files: Vec<_> = patch.files.iter().filter(|(_, file)| !file.missed.is_empty()).collect();
    order::sort_by_key(&mut files, |(_, file)| std::cmp::Reverse(file.missed.len()));
    files.into_iter().map(|(path, file)| format!("{path}:{}", lines(&file.missed))).collect()
}
