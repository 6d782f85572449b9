//! Tests that are in no count, and what mending the counted ones leads to.

use num_traits::{Signed as _, Zero as _};

use super::super::mislabel::has_coverage;
use super::counts::{counted, skipped_near};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Unit, shown};
use crate::audit::words::{is_within, mentions, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Lines of a document that is looked through for every rate; one with more is none that a person wrote.
const MOST: usize = 5000;

/// `1,413 tests, 739 passing` in a section that counts failures and skipped tests too, and leaves some out.
pub(super) fn apply(
    facts: &Facts<'_>,
    line: &Line,
    (passed, total): (&Exact, &Exact),
    findings: &mut Findings,
) {
    let written = facts.document.lines.len() <= MOST;
    let Some(skipped) = skipped_near(facts, line).filter(|_| written) else { return };
    let of_failures = |l: &Line| counted(l, &["failures"]).or_else(|| counted(l, &["errors"]));
    let others = || facts.document.lines.iter().filter(|l| l.number != line.number);
    let mut failing: Vec<Exact> =
        others().filter(|l| l.section == line.section).filter_map(of_failures).collect();
    let near = !failing.is_empty();
    // The same number elsewhere is the same failures.
    let of_tests = |l: &&Line| mentions(&l.text.to_lowercase(), &["test", "tests", "suite", "suites"]);
    for count in others().filter(|l| l.section != line.section).filter(of_tests).filter_map(of_failures) {
        if !failing.contains(&count) {
            failing.push(count);
        }
    }
    let failed: Exact = failing.iter().cloned().sum();
    let named = passed + &skipped + &failed;
    if !near || !failed.is_positive() || skipped.is_zero() || named >= *total {
        return;
    }
    let terms: Vec<String> = failing.iter().map(shown).collect();
    let message = format!(
        "{} passing and {} skipped of {} tests leave {}; {} of them are counted as failing ({}), {} are in no count",
        shown(passed),
        shown(&skipped),
        shown(total),
        shown(&(total - passed - &skipped)),
        shown(&failed),
        terms.join(" + "),
        shown(&(total - &named))
    );
    findings.add(Rule::Sum, line.number, message, (shown(total), Some(shown(&named))));
    let titles: Vec<&str> = facts.document.titles(line.section).take(2).collect();
    let about = if has_coverage(facts.document) { Vec::new() } else { words(&titles.join(" ")) };
    let (mended, run) = (passed + failed, total - &skipped);
    for promise in others() {
        promised(promise, &about, [&mended, &run, &named, total], findings);
    }
}

/// `Increase the pass rate to 95%+`: more than there is with every counted failure mended.
fn promised(
    line: &Line,
    about: &[String],
    [mended, run, named, total]: [&Exact; 4],
    findings: &mut Findings,
) {
    let Some(rate) = line.quantities.iter().find(|q| q.unit == Unit::Percent && q.is_point()) else { return };
    let before = line.text.get(..rate.start).unwrap_or_default().trim_end();
    let Some(what) = before.strip_suffix(" to") else { return };
    let fits = |part: &Exact, of: &Exact| part * whole(100) >= &rate.low * of;
    let same =
        mentions(&what.to_lowercase(), &["pass rate", "passing rate"]) || is_within(&words(what), about);
    if same && !fits(mended, run) && !fits(named, total) {
        let computed = format!("{}%", shown(&(mended * whole(100) / run)));
        let said = line.between(rate.start, rate.end).to_owned();
        let message = format!(
            "with every failure mended that is counted here, {} of {} tests pass that are not skipped: {computed}, not {said}",
            shown(mended),
            shown(run)
        );
        findings.add(Rule::UnaddressedGap, line.number, message, (said, Some(computed)));
    }
}
