//! Findings: new ones in sight, everything else collapsed.

use crate::model::findings::Finding;
use crate::model::findings_change::FindingsSection;
use crate::model::report::Report;
use crate::render::escape::markdown::{Place, prose};
use crate::render::{names, wording};

use super::layout::{Extent, details, list, name, paragraphs};

/// New findings with their places; without a baseline those that the gate fails for.
pub(super) fn new(report: &Report, extent: Extent) -> String {
    let Some(findings) = report.findings.as_ref().filter(|findings| is_in_sight(report, findings)) else {
        return String::new();
    };
    let noun = if findings.base_counts.is_some() { "new finding" } else { "finding" };
    format!("#### {}\n\n{}", wording::listed(&findings.new, noun), all(&findings.new, extent))
}

/// Whether the findings that are not of the baseline stand in a section of their own.
fn is_in_sight(report: &Report, findings: &FindingsSection) -> bool {
    let fails = || report.gate.failing().any(|condition| condition.id == "no-new-findings");
    !findings.new.is_empty() && (findings.base_counts.is_some() || fails())
}

fn all(findings: &[Finding], extent: Extent) -> String {
    list(findings.iter().map(one), extent)
}

fn one(finding: &Finding) -> String {
    let place = names::found_at(finding).map(|place| format!(" at {}", name(&place))).unwrap_or_default();
    let said = [Some(&*finding.message), finding.suppressed.as_deref()].into_iter().flatten();
    let title = format!("{} {}{place}", wording::grade(finding), name(&names::rule(finding)));
    let said = said.filter(|text| !text.is_empty()).map(name);
    std::iter::once(title).chain(said).collect::<Vec<_>>().join("<br>")
}

/// Counts in the summary line, the other lists inside.
pub(super) fn others(report: &Report, extent: Extent) -> String {
    let Some(findings) = &report.findings else { return String::new() };
    let skipped = usize::from(is_in_sight(report, findings));
    let lists = wording::lists(findings);
    let told = lists.iter().skip(skipped).filter(|(_, list)| !list.is_empty());
    // The counts in front say how many were found and how many of them are suppressed.
    let words = told.clone().filter(|(word, _)| !["found", "suppressed"].contains(word));
    let words = words.map(|(word, list)| format!("{} {word}", list.len()));
    let summary: Vec<String> =
        std::iter::once(format!("<b>Findings</b>: {}", wording::findings(&findings.counts)))
            .chain(words)
            .collect();
    let mut bodies: Vec<String> =
        wording::looked(findings).iter().map(|line| prose(line, Place::Text)).collect();
    bodies.extend(told.map(|(word, list)| format!("**{} {word}**\n\n{}", list.len(), all(list, extent))));
    details(&summary.join(" · "), &paragraphs(&bodies))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::findings::{FindingCounts, Fingerprint, Level};
    use crate::render::sample;

    fn report(base: Option<FindingCounts>) -> Report {
        let finding = |suppressed: Option<&str>| Finding {
            tool: "ruff".into(),
            rule: "E501".into(),
            level: Level::Error,
            severity: None,
            path: Some("a.py".into()),
            line: Some(3),
            message: "too long".into(),
            package: None,
            fingerprint: Fingerprint(1),
            suppressed: suppressed.map(Into::into),
        };
        let (new, suppressed) = (vec![finding(None)], vec![finding(Some("generated"))]);
        let counts = FindingCounts::of(new.iter().chain(&suppressed));
        let section =
            FindingsSection { counts, base_counts: base, new, suppressed, ..FindingsSection::default() };
        Report { findings: Some(section), ..sample::report() }
    }

    fn said(report: &Report) -> String {
        new(report, Extent::Comment) + "\n" + &others(report, Extent::Comment)
    }

    #[test]
    fn a_baseline_makes_findings_new() {
        insta::assert_snapshot!(said(&report(Some(FindingCounts::default()))), @r"
        #### 1 new finding

        - error `ruff E501` at `a.py:3`<br>`too long`
        <details><summary><b>Findings</b>: 1 finding: 1 error; 1 suppressed</summary>

        **1 suppressed**

        - error `ruff E501` at `a.py:3`<br>`too long`<br>`generated`

        </details>
        ");
    }

    #[test]
    fn without_a_baseline_findings_are_findings() {
        insta::assert_snapshot!(said(&report(None)), @r"
        <details><summary><b>Findings</b>: 1 finding: 1 error; 1 suppressed</summary>

        **1 found**

        - error `ruff E501` at `a.py:3`<br>`too long`

        **1 suppressed**

        - error `ruff E501` at `a.py:3`<br>`too long`<br>`generated`

        </details>
        ");
    }
}
