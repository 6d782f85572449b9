//! What was measured of each suite, file, folder and rule, for the audit's claims about parts.

use std::collections::BTreeMap;

use crate::audit::{Counted, Part};
use crate::model::evidence::Evidence;
use crate::model::tests::TestCounts;

/// Names of one kind; a document by hand does not list more, and no claim about parts is looked at then.
const MOST: usize = 2000;

/// All parts by the names that reports give them: a segment of a path stands for all below it.
pub(super) fn of(evidence: &Evidence) -> Vec<Part> {
    let mut parts = Vec::new();
    if let Some(report) = &evidence.tests {
        let mut suites: BTreeMap<&str, TestCounts> = BTreeMap::new();
        for case in &report.cases {
            let class = case.id.class.as_deref().unwrap_or_default();
            let mut names: Vec<&str> = case.id.suite.split('/').filter(|name| !name.is_empty()).collect();
            if !class.is_empty() && !names.contains(&class) {
                names.push(class);
            }
            for name in names {
                if suites.len() > MOST {
                    break;
                }
                suites.entry(name).or_default().add(case.outcome, case.flaky);
            }
        }
        push(&mut parts, suites, &Counted::Tests);
    }
    if let Some(report) = &evidence.coverage {
        let mut files: BTreeMap<&str, (u64, u64)> = BTreeMap::new();
        for (path, file) in &report.files {
            let total = file.line_total();
            let stem = path.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or_default();
            let folders = path.rsplit_once('/').map_or("", |(folders, _)| folders).split('/');
            let whole = [path.as_str(), stem].into_iter().chain(folders);
            for name in whole.filter(|name| !name.is_empty()) {
                if files.len() > MOST {
                    break;
                }
                let share = files.entry(name).or_default();
                *share = (share.0 + total.covered, share.1 + total.total);
            }
        }
        push(&mut parts, files, &Counted::Lines);
    }
    if let Some(report) = &evidence.findings {
        let mut rules: BTreeMap<&str, u64> = BTreeMap::new();
        for finding in report.findings.iter().filter(|finding| finding.suppressed.is_none()) {
            if rules.len() <= MOST {
                *rules.entry(&finding.rule).or_default() += 1;
            }
        }
        push(&mut parts, rules, &Counted::Findings);
    }
    parts
}

fn push<N>(parts: &mut Vec<Part>, named: BTreeMap<&str, N>, counted: &dyn Fn(N) -> Counted) {
    if named.len() <= MOST {
        parts.extend(
            named.into_iter().map(|(name, number)| Part { name: name.to_owned(), counted: counted(number) }),
        );
    }
}
