//! Coverage of programs that V builds with `-coverage FOLDER`.
//!
//! <https://github.com/vlang/v/blob/master/cmd/tools/vcover/data.v>: `meta/HASH.json` lists the points of one source file
//! for one set of build options, each by its line; `vcounters_*.csv` has the hits of points by `HASH` and number, without
//! zeros. Neither says anything alone, so both are halves, joined once all files are read. `v cover` shows only files
//! that ran and leaves test files out; here files that never ran count, and test files do not.

use std::collections::{BTreeMap, BTreeSet};
use std::io::BufRead;

use super::found::{count, saturated, text};
use super::lines;
use super::records::Records;
use super::{lexical, merge, number};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, holds};
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::tally::Tally;
use crate::model::coverage::CoverageReport;
use crate::model::coverage::half::CoverageHalf;
use crate::model::input::Problem;

const HEADER: &str = "meta,point,hits";

/// Whether a file that begins with `head` is one of the two halves.
pub(crate) fn looks_like(head: &str) -> bool {
    is_counters(head) || (holds(head, &["fhash"]) && holds(head, &["npoints"]))
}

fn is_counters(head: &str) -> bool {
    head.lines().next().is_some_and(|line| line.trim() == HEADER)
}

/// Reads a half that begins with `head`.
pub(crate) fn read(text: impl BufRead, head: &str) -> Reading<CoverageHalf> {
    if is_counters(head) { counters(text) } else { points(text) }
}

fn points(source: impl BufRead) -> Reading<CoverageHalf> {
    let mut json = Cursor::new(source);
    let (mut id, mut path, mut all) = (String::new(), String::new(), Vec::new());
    let outcome = json.object(|json, key| match key {
        "fhash" => text(json).map(|text| id = text),
        "file" => text(json).map(|text| path = text),
        "points" => json
            .list(|json| {
                all.push(count(json)?.map_or(0, saturated));
                Ok(())
            })
            .map(drop),
        _ => json.skip(),
    });
    let problems = json.problems();
    match outcome.and_then(|_| json.end()) {
        Ok(()) if id.is_empty() || path.is_empty() => {
            let problem =
                Problem::error("names no source file with `file` and `fhash`, so nothing can be counted");
            Reading::stopped(None, problems, Stop::invalid(problem.at(1, 1)))
        }
        Ok(()) => Reading::complete(Some(CoverageHalf::Points { id, path, lines: all }), problems),
        Err(stop) => Reading::stopped(None, problems, stop),
    }
}

fn counters(source: impl BufRead) -> Reading<CoverageHalf> {
    let mut all: BTreeMap<String, BTreeMap<u32, u32>> = BTreeMap::new();
    let (mut odd, mut cut) = (Tally::default(), None);
    let outcome = lines::for_each(source, |line| {
        let text = String::from_utf8_lossy(line.text);
        let text = text.trim();
        match counter(text) {
            // A cut number is a number, too.
            _ if line.is_open && !text.is_empty() => cut = Some(line.number),
            Some((id, point, hits)) => {
                let known = all.entry(id.to_owned()).or_default().entry(point).or_default();
                *known = known.saturating_add(hits);
            }
            None if text.is_empty() || text == HEADER => {}
            None => odd.add(|| Place { line: line.number, column: 1 }),
        }
    });
    let message = |count| format!("{count} counters cannot be read, the first one here; left out");
    let problems = odd.warning(message).into_iter().collect();
    let cut = cut.map_or(Ok(()), |line| {
        let problem = Problem::error("the file ends in the middle of a counter; what came before it is kept");
        Err(Stop::incomplete(problem.at(line, 1)))
    });
    match outcome.and(cut) {
        Ok(()) => Reading::complete(Some(CoverageHalf::Counters(all)), problems),
        Err(stop) => Reading::stopped(Some(CoverageHalf::Counters(all)), problems, stop),
    }
}

/// Source file, number of the point from 0, hits.
fn counter(line: &str) -> Option<(&str, u32, u32)> {
    let (id, rest) = line.split_once(',')?;
    let (point, hits) = rest.split_once(',')?;
    Some((id.trim_matches('"'), point.trim().parse().ok()?, number::hits(hits)?))
}

/// The report that all halves make together, and the names of source files that are counted and nowhere described.
pub(crate) fn join<'a>(
    halves: impl IntoIterator<Item = &'a CoverageHalf>,
) -> (CoverageReport, BTreeSet<String>) {
    let (mut described, mut hits) = (BTreeMap::new(), BTreeMap::new());
    for half in halves {
        match half {
            CoverageHalf::Points { id, path, lines } => drop(described.insert(id.as_str(), (path, lines))),
            CoverageHalf::Counters(all) => {
                for (id, counted) in all {
                    let known: &mut BTreeMap<u32, u32> = hits.entry(id.as_str()).or_default();
                    for (point, count) in counted {
                        let sum = known.entry(*point).or_default();
                        *sum = sum.saturating_add(*count);
                    }
                }
            }
        }
    }
    let mut files = merge::Files::default();
    for (id, (path, lines)) in &described {
        let path = lexical::normalise(path);
        if !is_test(&path) && !path.is_empty() {
            files.add(path, records(lines, hits.get(id)).finish());
        }
    }
    let unknown = hits.keys().filter(|id| !described.contains_key(*id)).map(|id| (*id).to_owned()).collect();
    (CoverageReport { files: files.finish(), ..CoverageReport::default() }, unknown)
}

fn records(lines: &[u32], hits: Option<&BTreeMap<u32, u32>>) -> Records {
    let mut records = Records::default();
    for (point, line) in (0_u32..).zip(lines).filter(|(_, line)| **line > 0) {
        records.add_line(*line, hits.and_then(|hits| hits.get(&point)).copied().unwrap_or(0));
    }
    records
}

fn is_test(path: &str) -> bool {
    path.ends_with("_test.v") || path.ends_with("_test.c.v")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::input::InputState;

    fn half(text: &str) -> Reading<CoverageHalf> {
        assert!(looks_like(text), "{text}");
        read(text.as_bytes(), text)
    }

    fn meta(id: &str, file: &str, points: &str) -> CoverageHalf {
        let text = format!(
            r#"{{"file": "{file}", "fhash": "{id}", "v_version": "0.4", "build_options": "", "npoints": 3, "points": {points}}}"#
        );
        half(&text).value.unwrap()
    }

    #[test]
    fn points_and_counters_make_a_report_in_any_order() {
        let counters = [
            "meta,point,hits\na1,0,2\na1,2,1\n",
            "meta,point,hits\r\nb2,1,18446744073709551615\nc3,0,1\na1,9,1\n",
        ];
        let mut halves = counters.map(|text| half(text).value.unwrap()).to_vec();
        halves.push(meta("a1", "/w/shop/cart.v", "[3, 4, 4, 9]"));
        // The same file with other build options has other points.
        halves.push(meta("b2", "/w/shop/cart.v", "[3, 9]"));
        halves.push(meta("d4", "/w/shop/never.v", "[1]"));
        halves.push(meta("e5", "/w/shop/cart_test.v", "[1]"));
        for _ in 0..halves.len() {
            halves.rotate_left(1);
            let (report, unknown) = join(&halves);
            let lines = |path: &str| {
                report.files[path].lines.iter().map(|line| (line.line, line.hits > 0)).collect::<Vec<_>>()
            };
            assert_eq!(report.files.len(), 2);
            assert_eq!(lines("/w/shop/cart.v"), [(3, true), (4, true), (9, true)]);
            assert_eq!(lines("/w/shop/never.v"), [(1, false)]);
            assert_eq!(unknown, BTreeSet::from(["c3".to_owned()]));
        }
    }

    #[test]
    fn a_cut_file_of_counters_keeps_what_came_before() {
        let reading = half("meta,point,hits\na1,0,2\nwhat\na1,1,1");
        assert_eq!(reading.state, InputState::Incomplete);
        let counted = BTreeMap::from([("a1".to_owned(), BTreeMap::from([(0, 2)]))]);
        assert_eq!(reading.value, Some(CoverageHalf::Counters(counted)));
        assert_eq!(reading.problems.len(), 2);
    }
}
