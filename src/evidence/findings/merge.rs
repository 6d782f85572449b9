//! The findings of several reports as one list.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::sync::Arc;

use super::{fingerprint, vex};
use crate::model::findings::{Finding, FindingsReport, Fingerprint};
use crate::model::order;

/// Gives findings their paths in the repository, and the fingerprints that follow from them. `files` answers with the
/// file behind each path; a path that it knows none for stays.
pub fn settle(reports: &mut [FindingsReport], files: impl FnOnce(&[String]) -> Vec<Option<String>>) {
    let all = || reports.iter().flat_map(|report| &report.findings);
    let paths = order::set(all().filter_map(|finding| finding.path.as_deref()));
    let paths: Vec<String> = paths.into_iter().map(str::to_owned).collect();
    let known: HashMap<String, Arc<str>> = paths
        .iter()
        .cloned()
        .zip(files(&paths))
        .filter_map(|(path, file)| Some((path, Arc::from(file?))))
        .collect();
    for finding in reports.iter_mut().flat_map(|report| &mut report.findings) {
        let file = finding.path.as_deref().and_then(|path| known.get(path));
        finding.path = file.cloned().or(finding.path.take());
        finding.fingerprint = fingerprint::settled(finding);
    }
}

/// All of `reports` as one. A finding that several of them have counts once; two of one kind on one line in the same
/// report are two. Of one that is suppressed in some of them the open one stands.
pub fn union(reports: Vec<FindingsReport>) -> FindingsReport {
    let mut whole = FindingsReport::default();
    let several = reports.len() > 1;
    let mut found: Vec<(usize, Finding)> = Vec::new();
    for (number, report) in reports.into_iter().enumerate() {
        whole.runs.extend(report.runs);
        whole.statements.extend(report.statements);
        if several {
            found.extend(report.findings.into_iter().map(|finding| (number, finding)));
        } else {
            whole.findings = report.findings;
        }
    }
    if several {
        order::sort_by_key(&mut found, |(number, finding)| (key(finding), *number));
        whole.findings =
            found.chunk_by(|(_, a), (_, b)| key(a) == key(b)).flat_map(richest).cloned().collect();
    }
    order::sort(&mut whole.runs);
    whole.runs.dedup();
    order::sort(&mut whole.statements);
    whole.statements.dedup();
    vex::apply(&mut whole);
    order::sort_by(&mut whole.findings, |a, b| place(a).cmp(&place(b)));
    whole
}

/// What makes two findings of different reports one.
fn key(finding: &Finding) -> (Fingerprint, Option<u32>) {
    (finding.fingerprint, finding.line)
}

/// Of findings with one key, ordered by report, those of the report with the most.
fn richest(same: &[(usize, Finding)]) -> impl Iterator<Item = &Finding> {
    let by_report = same.chunk_by(|(a, _), (b, _)| a == b);
    let open = |part: &[(usize, Finding)]| part.iter().filter(|(_, one)| one.suppressed.is_none()).count();
    let best = by_report.min_by_key(|part| Reverse((open(part), part.len())));
    best.unwrap_or_default().iter().map(|(_, finding)| finding)
}

/// The order of reports: by place, then by what is said.
fn place(finding: &Finding) -> impl Ord + '_ {
    (
        finding.path.as_deref(),
        finding.line,
        &*finding.tool,
        &*finding.rule,
        &*finding.message,
        finding.fingerprint,
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::bytes::open;
    use crate::evidence::findings::sarif;
    use crate::model::findings::ToolRun;

    fn log(tool: &str, results: &[(&str, u32, &str)]) -> FindingsReport {
        let result = |(path, line, more): &(&str, u32, &str)| {
            format!(
                r#"{{"ruleId": "r", "message": {{"text": "m"}}, "locations": [{{"physicalLocation": {{"artifactLocation": {{"uri": "{path}"}}, "region": {{"startLine": {line}}}}}}}]{more}}}"#
            )
        };
        let results: Vec<String> = results.iter().map(result).collect();
        let text = format!(
            r#"{{"runs": [{{"tool": {{"driver": {{"name": "{tool}"}}}}, "results": [{}]}}]}}"#,
            results.join(",")
        );
        sarif::read(&mut open(Box::new(std::io::Cursor::new(text))).unwrap()).value.unwrap()
    }

    fn merged(mut reports: Vec<FindingsReport>) -> FindingsReport {
        settle(&mut reports, |_| Vec::new());
        union(reports)
    }

    #[test]
    fn a_finding_of_two_files_counts_once_and_two_of_one_file_count_twice() {
        let one = || log("t", &[("a.c", 1, ""), ("a.c", 1, ""), ("a.c", 9, "")]);
        let other = log("t", &[("a.c", 1, ""), ("b.c", 2, "")]);
        let whole = merged(vec![one(), other, one()]);
        let lines: Vec<_> =
            whole.findings.iter().map(|f| (f.path.as_deref().unwrap(), f.line.unwrap())).collect();
        assert_eq!(lines, [("a.c", 1), ("a.c", 1), ("a.c", 9), ("b.c", 2)]);
        assert_eq!(whole.runs, [ToolRun { tool: "t".into(), failure: None }]);
    }

    #[test]
    fn tools_do_not_share_findings_and_open_ones_stand() {
        let suppressed = r#", "suppressions": [{"kind": "inSource"}]"#;
        let whole = merged(vec![
            log("t", &[("a.c", 1, suppressed)]),
            log("t", &[("a.c", 1, "")]),
            log("u", &[("a.c", 1, suppressed)]),
        ]);
        let counts = whole.counts();
        assert_eq!((counts.total, counts.suppressed), (1, 1));
    }

    #[test]
    fn a_moved_line_does_not_change_the_fingerprint_and_a_path_does() {
        let print = |report: FindingsReport| merged(vec![report]).findings[0].fingerprint;
        assert_eq!(print(log("t", &[("a.c", 1, "")])), print(log("t", &[("a.c", 80, "")])));
        assert_ne!(print(log("t", &[("a.c", 1, "")])), print(log("t", &[("b.c", 1, "")])));
    }

    #[test]
    fn paths_become_those_of_the_repository() {
        let mut reports = vec![log("t", &[("/ci/shop/a.c", 1, ""), ("gone.c", 2, "")])];
        settle(&mut reports, |paths| {
            paths.iter().map(|path| path.ends_with("shop/a.c").then(|| "a.c".to_owned())).collect()
        });
        let paths: Vec<_> = reports[0].findings.iter().map(|f| f.path.as_deref().unwrap()).collect();
        assert_eq!(paths, ["a.c", "gone.c"]);
    }
}
