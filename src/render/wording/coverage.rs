//! Shares of coverage and what moved them.

use crate::model::coverage::Covered;
use crate::model::coverage_change::{Change, Part};
use crate::model::evidence::PathMatching;
use crate::model::exact::{Tenths, percent};
use crate::model::order;
use crate::model::report::{ComponentReport, ComponentState, CoverageSection, FileReport, IndirectChange};

use super::amounts::{counted, ranges};

/// The share of `covered`, or that there is nothing to cover.
pub(crate) fn share(covered: Covered) -> String {
    percent(covered.covered, covered.total)
        .map_or_else(|| String::from("no data"), |share| format!("{share} %"))
}

/// `61.1 % (11 of 18)`.
pub(crate) fn fraction(covered: Covered) -> String {
    format!("{} ({} of {})", share(covered), covered.covered, covered.total)
}

/// `no longer run: 3-4; run now: 9`, with at most `most` ranges each.
pub(crate) fn flipped(change: &IndirectChange, most: usize) -> String {
    let side = |word: &str, lines: &[u32]| match lines {
        [] => None,
        lines => Some(format!("{word} {}", ranges(lines, most))),
    };
    let sides = [side("no longer run:", &change.lost), side("run now:", &change.gained)];
    sides.into_iter().flatten().collect::<Vec<_>>().join("; ")
}

/// Which report paths are no single file of the repository, with at most `most` names each.
pub(crate) fn strays(paths: &PathMatching, most: usize) -> Vec<String> {
    let kinds = [("no file", &paths.unmatched), ("several files", &paths.ambiguous)];
    let named = kinds.into_iter().filter(|(_, stray)| !stray.is_empty()).map(|(word, stray)| {
        let names: Vec<String> = stray.iter().take(most).map(|path| format!("`{path}`")).collect();
        let more = match stray.len() - names.len() {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let match_ = if stray.len() == 1 { "matches" } else { "match" };
        let (count, all) = (stray.len(), counted(paths.total, "report path"));
        format!("{count} of {all} {match_} {word} of the repository: {}{more}", names.join(", "))
    });
    let foreign = (paths.foreign > 0)
        .then(|| format!("{} of toolchains and installed packages left out", counted(paths.foreign, "file")));
    named.chain(paths.help.clone()).chain(foreign).collect()
}

/// The change of the shown percentage.
pub(crate) fn gained(now: Covered, then: Option<Covered>) -> Option<Tenths> {
    let then = then?;
    Some(percent(now.covered, now.total)? - percent(then.covered, then.total)?)
}

/// The files whose percentage moved with what moved it, those that moved most first, the losses first among equals.
pub(crate) fn moved(coverage: &CoverageSection) -> Vec<(&String, &FileReport, Tenths, String)> {
    let mut moved: Vec<_> = coverage
        .files
        .iter()
        .filter_map(|(path, file)| {
            let delta = file.delta.filter(|delta| *delta != Tenths::ZERO)?;
            let change = coverage.change.as_ref().and_then(|change| change.files.get(path));
            Some((path, file, delta, change.map(why).unwrap_or_default()))
        })
        .collect();
    order::sort_by_key(&mut moved, |(path, _, delta, _)| (std::cmp::Reverse(delta.0.abs()), delta.0, *path));
    moved
}

/// The parts of a change that are not nothing, by name, then the whole.
pub(crate) fn parts(change: &Change) -> Vec<(&'static str, Part)> {
    let parts = [
        ("added lines", change.patch),
        ("removed lines", change.removed),
        ("lines outside the change", change.indirect),
        ("reports that came or went", change.reports),
    ];
    let moved = parts.into_iter().filter(|(_, part)| !part.lines.is_none());
    moved.chain([("together", change.total)]).collect()
}

/// What moved the coverage of one file: `added lines -10.0, removed lines +15.0`.
pub(crate) fn why(change: &Change) -> String {
    let mut parts = parts(change);
    parts.pop();
    let said = |(name, part): &(&str, Part)| match part.points {
        Some(points) => format!("{name} {}", points.signed()),
        None => format!("{name} {:+}", part.lines.total),
    };
    parts.iter().map(said).collect::<Vec<_>>().join(", ")
}

/// Where a component's numbers come from, unless they were all measured here: `2 files carried forward from
/// 3f2c9e1b04, 3 days old`.
pub(crate) fn origin(component: &ComponentReport) -> String {
    let state = match component.state {
        ComponentState::NoEvidence | ComponentState::Invalid => Some(component.state.name().to_owned()),
        ComponentState::Measured | ComponentState::Carried => None,
    };
    let carried = component.carried.iter().map(ToString::to_string);
    state.into_iter().chain(carried).collect::<Vec<_>>().join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn report_paths_that_are_no_single_file_are_counted_and_named() {
        let paths = PathMatching {
            unmatched: vec!["a.js".into(), "b.js".into(), "c.js".into()],
            ambiguous: vec!["x.js".into()],
            total: 9,
            foreign: 1,
            invalid: None,
            help: Some("tell how paths change".into()),
        };
        assert_eq!(
            strays(&paths, 2),
            [
                "3 of 9 report paths match no file of the repository: `a.js`, `b.js` and 1 more",
                "1 of 9 report paths matches several files of the repository: `x.js`",
                "tell how paths change",
                "1 file of toolchains and installed packages left out",
            ]
        );
        assert!(strays(&PathMatching::default(), 2).is_empty());
    }
}
