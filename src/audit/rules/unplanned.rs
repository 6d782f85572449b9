//! Releases against the rest of the plan: points for work that closes no gap, and work put off where a score is full.

use num_traits::Signed as _;

use super::gain::headed_gap;
use super::option_cost::only_score;
use super::scope::{items, version};
use crate::audit::facts::{Dimension, Facts};
use crate::audit::findings::Findings;
use crate::audit::outline::{Line, Section};
use crate::audit::quantity::shown;
use crate::audit::words::{is_within, shared, words};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Lines of gaps that releases are compared with, and releases; a document with more is none that a person wrote.
const MOST: usize = 500;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    closes_no_gap(facts, findings);
    for line in &facts.document.lines {
        put_off(facts, line, findings);
    }
}

/// A release with its score and its work.
struct Release<'a> {
    section: &'a Section,
    score: Exact,
    work: Vec<&'a Line>,
    /// How many pieces of the work are in a gap.
    planned: usize,
}

/// Releases that raise the score, of which one has no work in any gap while others have.
fn closes_no_gap(facts: &Facts<'_>, findings: &mut Findings) {
    let document = facts.document;
    let sections = || document.sections.iter().enumerate().skip(1);
    let gaps = || sections().filter(|(_, section)| headed_gap(section).is_some());
    let lines = gaps().flat_map(|(gap, _)| document.lines_within(gap)).map(|line| line.text.as_str());
    let texts: Vec<Vec<String>> =
        gaps().map(|(_, gap)| gap.title.as_str()).chain(lines).take(MOST).map(plain_words).collect();
    let is_planned = |line: &&&Line| {
        let own = plain_words(&line.text);
        texts.iter().any(|text| shared(&own, text) * 2 > own.len())
    };
    let releases: Vec<Release<'_>> = sections()
        .filter(|(_, section)| version(&section.title).is_some_and(|name| section.title.starts_with(name)))
        .filter_map(|(index, section)| {
            let mut own = document.lines.iter().filter(|line| line.section == index);
            let score = own.find_map(|line| only_score(&line.quantities))?;
            let mut work = items(facts, index);
            work.truncate(MOST);
            let planned = work.iter().filter(is_planned).count();
            Some(Release { section, score, work, planned })
        })
        .take(MOST)
        .collect();
    let planned = releases.iter().map(|release| release.planned);
    let comparable =
        planned.clone().sum::<usize>() >= 3 && planned.filter(|planned| *planned > 0).count() >= 2;
    if gaps().count() < 2 || !comparable {
        return;
    }
    for pair in releases.windows(2) {
        let [before, release] = pair else { continue };
        let gain = &release.score - &before.score;
        if gain.is_positive() && release.planned == 0 && release.work.len() >= 2 {
            let names: Vec<String> = release.work.iter().map(|line| format!("`{}`", line.text)).collect();
            let said = format!("+{}", shown(&gain));
            let message = format!(
                "this release is to bring {said} points ({} to {}), and no gap holds any of its work: {}",
                shown(&before.score),
                shown(&release.score),
                names.join(", ")
            );
            findings.add(Rule::PolicyDrift, release.section.line, message, (said, Some("no gap".to_owned())));
        }
    }
}

/// The words before a bracket: what stands in it are examples and hours.
fn plain_words(text: &str) -> Vec<String> {
    words(text.split('(').next().unwrap_or_default())
}

/// `Tracing (deferred from v2.3.1)`, where the heading of v2.3.1 names a dimension that is complete.
fn put_off(facts: &Facts<'_>, line: &Line, findings: &mut Findings) {
    let after = ["deferred from ", "postponed from ", "carried over from "]
        .iter()
        .find_map(|said| line.text.split_once(said).map(|(_, after)| after));
    let Some(name) = after.and_then(version) else { return };
    let of_release =
        |section: &&Section| section.title.starts_with(name) && version(&section.title) == Some(name);
    let Some(release) = facts.document.sections.iter().find(of_release) else { return };
    let title = words(&release.title);
    let mut named =
        facts.dimensions.iter().flat_map(|set| &set.dimensions).filter(|d| is_within(&d.words, &title));
    let full = |d: &&Dimension| d.score.as_ref() == Some(&whole(100));
    if let Some(dimension) = named.next().filter(|_| named.next().is_none()).filter(full) {
        let message = format!(
            "`{}` is at {}, and line {} puts work of `{}` off: `{}`",
            dimension.name, dimension.score_text, line.number, release.title, line.text
        );
        let numbers = (dimension.score_text.clone(), Some("work put off".to_owned()));
        findings.add(Rule::ClaimWithoutEvidence, dimension.line, message, numbers);
    }
}
