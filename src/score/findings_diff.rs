//! What became of findings between base and head, by fingerprint. Of several with one fingerprint their number counts.

use std::collections::BTreeMap;

use crate::model::diff::Diff;
use crate::model::evidence::Evidence;
use crate::model::findings::{Finding, FindingsReport, Fingerprint, ToolRun};
use crate::model::findings_change::FindingsSection;
use crate::model::order;

/// Compares `head` with `base`, the base's evidence. Of several findings that could be the new one, those on lines
/// that `diff` adds are.
pub(super) fn compare(
    head: &FindingsReport,
    base: Option<&Evidence>,
    diff: Option<&Diff>,
) -> FindingsSection {
    let base = base.and_then(|base| base.findings.as_ref());
    let mut before = numbers(base.into_iter().flat_map(open));
    let mut section = FindingsSection {
        counts: head.counts(),
        base_counts: base.map(FindingsReport::counts),
        tools: head.tools().into_iter().map(str::to_owned).collect(),
        failed: failed(head).cloned().collect(),
        lost_tools: base.map(|base| lost_tools(head, base)).unwrap_or_default(),
        suppressed: head.findings.iter().filter(|finding| finding.suppressed.is_some()).cloned().collect(),
        ..FindingsSection::default()
    };
    let (touched, others): (Vec<&Finding>, Vec<&Finding>) =
        open(head).partition(|finding| is_added(finding, diff));
    for finding in others.into_iter().chain(touched) {
        let known = before.get_mut(&finding.fingerprint).filter(|left| **left > 0);
        let list = if known.is_some() { &mut section.unchanged } else { &mut section.new };
        list.push(finding.clone());
        if let Some(left) = known {
            *left -= 1;
        }
    }
    section.fixed = base.map(|base| fixed(head, base)).unwrap_or_default();
    let rank = |finding: &Finding| !is_added(finding, diff);
    order::sort_by(&mut section.new, |a, b| (rank(a), urgency(a)).cmp(&(rank(b), urgency(b))));
    section.on_added_lines = diff.map(|_| section.new.iter().filter(|finding| !rank(finding)).count());
    section
}

/// Tools that looked on the base and not here.
pub(super) fn lost_tools(head: &FindingsReport, base: &FindingsReport) -> Vec<String> {
    let here = order::set(head.tools());
    base.tools().into_iter().filter(|tool| !here.contains(tool)).map(str::to_owned).collect()
}

/// Tools that did not look to the end.
pub(super) fn failed(report: &FindingsReport) -> impl Iterator<Item = &ToolRun> {
    report.runs.iter().filter(|run| run.failure.is_some())
}

fn open(report: &FindingsReport) -> impl Iterator<Item = &Finding> {
    report.findings.iter().filter(|finding| finding.suppressed.is_none())
}

fn numbers<'a>(findings: impl Iterator<Item = &'a Finding>) -> BTreeMap<Fingerprint, u64> {
    let mut numbers = BTreeMap::new();
    for finding in findings {
        *numbers.entry(finding.fingerprint).or_insert(0) += 1;
    }
    numbers
}

/// Findings of the base that are not here, suppressed or not; a tool that did not look fixes nothing.
fn fixed(head: &FindingsReport, base: &FindingsReport) -> Vec<Finding> {
    let unsure = order::set(failed(head).map(|run| &*run.tool));
    let looked = order::set(head.tools().into_iter().filter(|tool| !unsure.contains(tool)));
    let mut here = numbers(head.findings.iter());
    let mut fixed = Vec::new();
    for finding in open(base).filter(|finding| looked.contains(&*finding.tool)) {
        match here.get_mut(&finding.fingerprint).filter(|left| **left > 0) {
            Some(left) => *left -= 1,
            None => fixed.push(finding.clone()),
        }
    }
    fixed
}

fn is_added(finding: &Finding, diff: Option<&Diff>) -> bool {
    let place = finding.path.as_deref().zip(finding.line);
    diff.zip(place).is_some_and(|(diff, (path, line))| diff.adds(path, line))
}

/// The worst first, then by place.
fn urgency(finding: &Finding) -> impl Ord + '_ {
    use std::cmp::Reverse;
    (Reverse(finding.severity), Reverse(finding.level), finding.path.as_deref(), finding.line)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::diff::FileChange;
    use crate::model::findings::Level;

    fn finding(print: u128, line: u32) -> Finding {
        Finding {
            tool: "t".into(),
            rule: "r".into(),
            level: Level::Error,
            severity: None,
            path: Some("a.c".into()),
            line: Some(line),
            message: "m".into(),
            package: None,
            fingerprint: Fingerprint(print),
            suppressed: None,
        }
    }

    fn report(findings: Vec<Finding>) -> FindingsReport {
        let runs = vec![ToolRun { tool: "t".into(), failure: None }];
        FindingsReport { runs, findings, ..FindingsReport::default() }
    }

    fn lines(findings: &[Finding]) -> Vec<u32> {
        findings.iter().map(|finding| finding.line.unwrap()).collect()
    }

    fn compared(head: &FindingsReport, base: FindingsReport, diff: Option<&Diff>) -> FindingsSection {
        compare(head, Some(&Evidence { findings: Some(base), ..Evidence::default() }), diff)
    }

    #[test]
    fn a_moved_finding_is_unchanged_and_one_more_of_its_kind_is_new() {
        let base = report(vec![finding(1, 10), finding(2, 20)]);
        let head = report(vec![finding(1, 11), finding(1, 40), finding(3, 5)]);
        let section = compared(&head, base, None);
        assert_eq!(lines(&section.unchanged), [11]);
        assert_eq!(lines(&section.new), [5, 40]);
        assert_eq!(lines(&section.fixed), [20]);
    }

    #[test]
    fn of_two_equal_ones_that_on_an_added_line_is_the_new_one() {
        let added = FileChange { added: vec![3], ..FileChange::default() };
        let diff = Diff { files: [("a.c".to_owned(), added)].into(), incomplete: None };
        let head = report(vec![finding(1, 3), finding(1, 12)]);
        let section = compared(&head, report(vec![finding(1, 9)]), Some(&diff));
        assert_eq!((lines(&section.new), lines(&section.unchanged)), (vec![3], vec![12]));
    }

    #[test]
    fn a_tool_that_did_not_look_fixes_nothing() {
        let base = || report(vec![finding(1, 1)]);
        let lost = compared(&FindingsReport::default(), base(), None);
        assert_eq!((lost.fixed.len(), lost.lost_tools), (0, vec!["t".to_owned()]));
        let mut broken = report(Vec::new());
        broken.runs[0].failure = Some("crashed".to_owned());
        let section = compared(&broken, base(), None);
        assert_eq!((section.fixed.len(), section.failed.len()), (0, 1));
    }

    #[test]
    fn a_suppressed_finding_is_neither_new_nor_fixed() {
        let quiet = Finding { suppressed: Some("why".into()), ..finding(1, 1) };
        let section = compared(&report(vec![quiet]), report(vec![finding(1, 1)]), None);
        assert_eq!((section.new.len(), section.fixed.len(), section.suppressed.len()), (0, 0, 1));
    }
}
