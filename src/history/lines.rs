//! The lines of one month: `<yyyy-mm>.jsonl`.

use super::content::ContentId;
use super::snapshot::Snapshot;
use super::wire::{WireError, v1, values};
use crate::model::commit::{RunId, Sha};
use crate::model::trend::TrendPoint;

/// What a month's file holds.
#[derive(Debug, Default)]
pub struct Month {
    /// In the file's order.
    pub lines: Vec<v1::Line>,
    /// The first line that could not be read: its 1-based number and why.
    pub unreadable: Option<(usize, WireError)>,
}

/// Reads a month's file. A line of a newer version is an error: rewriting the file would lose what it says.
pub fn parse(bytes: &[u8]) -> Result<Month, WireError> {
    let mut month = Month::default();
    for (at, line) in bytes.split(|byte| *byte == b'\n').enumerate() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match parse_line(line) {
            Ok(line) => month.lines.push(line),
            Err(error @ WireError::Newer { .. }) => return Err(error),
            Err(error) => {
                month.unreadable.get_or_insert((at + 1, error));
            }
        }
    }
    Ok(month)
}

#[derive(serde::Deserialize)]
struct Probe {
    v: u64,
}

fn parse_line(line: &[u8]) -> Result<v1::Line, WireError> {
    let probe: Probe = serde_json::from_slice(line)?;
    if probe.v > v1::LINE {
        return Err(WireError::Newer { found: probe.v, known: v1::LINE });
    }
    Ok(serde_json::from_slice(line)?)
}

/// The file that holds `lines`.
pub fn write(lines: &[v1::Line]) -> Result<Vec<u8>, WireError> {
    let mut text = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut text, line)?;
        text.push(b'\n');
    }
    Ok(text)
}

/// The line of a snapshot whose bytes are called `tip`.
pub fn of(snapshot: &Snapshot, policy_hash: &str, tip: &ContentId) -> v1::Line {
    v1::Line {
        v: v1::LINE,
        sha: snapshot.head.sha.0.clone(),
        run: snapshot.run.id.clone(),
        attempt: snapshot.run.attempt,
        recorded_at: snapshot.recorded_at.clone(),
        score: snapshot.score.to_string(),
        outcome: snapshot.outcome.name().to_owned(),
        dimensions: values::shown_to_wire(&snapshot.dimensions),
        metrics: snapshot.metrics.clone(),
        points: values::shown_to_wire(&snapshot.points),
        policy: policy_hash.to_owned(),
        tip: Some(tip.to_string()),
    }
}

/// A line as a point of the trend.
pub fn point(line: &v1::Line) -> Result<TrendPoint, WireError> {
    Ok(TrendPoint {
        sha: Sha(line.sha.clone()),
        run: RunId { id: line.run.clone(), attempt: line.attempt },
        recorded_at: line.recorded_at.clone(),
        score: values::tenths(&line.score)?,
        outcome: values::outcome(&line.outcome)?,
        dimensions: values::shown_from_wire(line.dimensions.clone())?,
        metrics: line.metrics.clone(),
    })
}
