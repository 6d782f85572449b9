//! JMH's `-rf json`: a list of results, each with a mode and a unit that tell the direction.
//!
//! <https://github.com/openjdk/jmh/blob/master/jmh-core/src/main/java/org/openjdk/jmh/results/format/JSONResultFormat.java>.

use std::io::BufRead;

use super::documents;
use super::numbers::{Meaning, Numbers, not_a};
use super::unit;
use crate::evidence::bytes::Place;
use crate::evidence::json::{Cursor, Shape, Value};
use crate::evidence::reading::{Reading, Stop};
use crate::model::metric::Measurement;

/// Whether this is such a list.
pub(super) fn looks_like(shape: &Shape) -> bool {
    shape.has_all(&["[].benchmark", "[].primaryMetric"])
}

/// Reads one list.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    documents::read(text, document)
}

fn document<R: BufRead>(json: &mut Cursor<R>, numbers: &mut Numbers) -> Result<(), Stop> {
    json.find_document()?;
    let listed = json.list(|json| {
        let (place, result) = (json.place(), json.value()?);
        score(&result, place, numbers);
        Ok(())
    })?;
    json.end()?;
    if listed { Ok(()) } else { Err(not_a("no list of results", Place::START)) }
}

fn score(result: &Value, place: Place, numbers: &mut Numbers) {
    let (Some(name), metric) = (result.text_of("benchmark"), result.get("primaryMetric")) else {
        return numbers.error("a result without a `benchmark`; left out".to_owned(), place);
    };
    let params = result.get("params").members().iter();
    let params: Vec<String> =
        params.map(|(key, value)| format!("{key}={}", value.text().unwrap_or_default())).collect();
    let params = if params.is_empty() { String::new() } else { format!("{{{}}}", params.join(",")) };
    let mode = result.text_of("mode").unwrap_or("score");
    let id = format!("jmh.{name}{params}.{mode}");
    let written = metric.text_of("scoreUnit").unwrap_or_default();
    let Some(meaning) = meaning(written) else {
        return numbers.wrong(&id, &format!("in the unit `{written}`"), place);
    };
    numbers.add(&id, metric.get("score"), meaning, place);
    numbers.scatter(&id, metric.get("scoreError"), meaning);
}

/// `ops/ms` counts operations, `us/op` times them.
fn meaning(written: &str) -> Option<Meaning> {
    if let Some(per) = written.strip_prefix("ops") {
        let known = unit::known_as(per)?;
        return Some(Meaning::higher(known));
    }
    unit::known_as(written.strip_suffix("/op")?).map(Meaning::lower)
}
