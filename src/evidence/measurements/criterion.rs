//! Criterion's `estimates.json`, which lies beside what it is about: `criterion/GROUP/FUNCTION/new/estimates.json`.
//!
//! <https://github.com/bheisler/criterion.rs/blob/master/src/estimate.rs>. Times are nanoseconds. The slope is what
//! Criterion prints, unless every sample has as many iterations: then there is none, and it prints the mean. The file
//! does not say whose the times are, so the name of the benchmark is its folder. What lies in `base` and `change` is about the last
//! local run, and says nothing about this commit alone.

use std::io::BufRead;

use super::documents;
use super::numbers::{Meaning, Numbers};
use crate::evidence::bytes::Place;
use crate::evidence::json::{Shape, Value};
use crate::evidence::reading::Reading;
use crate::model::metric::Measurement;

const NANOSECONDS: Meaning = Meaning::lower("ns");
/// What is told of each benchmark.
pub(super) const STATISTICS: [&str; 3] = ["mean", "median", "slope"];
/// Stands for the name until the folder is known.
const UNNAMED: &str = "criterion";

/// Whether these are estimates.
pub(super) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["mean.point_estimate", "median.point_estimate"])
}

/// Reads one file; its measurements have no benchmark in their names yet.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    documents::read_whole(text, document)
}

fn document(estimates: &Value, place: Place, numbers: &mut Numbers) {
    if !estimates.has("std_dev") {
        let message = "changes since the last local run, which is not the base; left out";
        numbers.warn(message.to_owned(), place);
        return;
    }
    for name in STATISTICS {
        let id = format!("{UNNAMED}.{name}");
        numbers.add(&id, estimates.get(name).get("point_estimate"), NANOSECONDS, place);
        let scatter: &Value = estimates.get("std_dev").get("point_estimate");
        numbers.scatter(&id, scatter, NANOSECONDS);
    }
}

/// Names the measurements of the file at `path` after its benchmark. A file of an earlier run gives none.
pub fn named(path: &str, measurements: &mut Vec<Measurement>) {
    let folders: Vec<&str> = path.split(['/', '\\', '!']).filter(|part| !part.is_empty()).collect();
    let folders = folders.split_last().map(|(_, folders)| folders).unwrap_or_default();
    let folders = match folders.split_last() {
        Some((&"base" | &"change", _)) => return measurements.clear(),
        Some((&"new", above)) => above,
        _ => folders,
    };
    let from = folders.iter().rposition(|part| *part == "criterion").map_or(0, |at| at + 1);
    let benchmark = folders.get(from..).unwrap_or_default().join("/");
    if benchmark.is_empty() {
        return;
    }
    for measurement in measurements {
        if let Some(statistic) = measurement.id.strip_prefix(UNNAMED) {
            measurement.id = format!("{UNNAMED}.{benchmark}{statistic}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::exact::parse_decimal;

    const ESTIMATES: &[u8] =
        include_bytes!("../../../tests/fixtures/measurements/criterion/criterion-0.5.1-flat.json");

    #[test]
    fn the_folder_names_the_benchmark() {
        let ids = |path: &str| {
            let mut all = read(ESTIMATES).value.unwrap();
            named(path, &mut all);
            all.into_iter().map(|one| one.id).collect::<Vec<_>>()
        };
        let all = ids("target/criterion/cart/sum/10/new/estimates.json");
        assert_eq!(all, ["criterion.cart/sum/10.mean", "criterion.cart/sum/10.median"]);
        assert_eq!(ids("bench.zip!/criterion/sum/new/estimates.json")[0], "criterion.sum.mean");
        assert!(ids("target/criterion/sum/base/estimates.json").is_empty());
    }

    #[test]
    fn nanoseconds_become_milliseconds_with_their_scatter() {
        let all = read(ESTIMATES).value.unwrap();
        let expected = (parse_decimal("2.0926618333333333").unwrap(), parse_decimal("0.020162469894660313"));
        assert_eq!((all[0].value.clone(), all[0].spread.clone()), expected);
    }

    #[test]
    fn changes_since_the_last_local_run_are_no_evidence() {
        let text = br#"{"mean":{"point_estimate":0.1},"median":{"point_estimate":0.1}}"#;
        let read = read(&text[..]);
        assert_eq!(read.value, None);
        assert!(read.problems[0].message.contains("last local run"));
    }
}
