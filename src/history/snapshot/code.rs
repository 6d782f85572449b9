//! Snapshots to and from bytes.

use std::io::Read as _;
use std::path::Path;

use super::{Snapshot, evidence};
use crate::history::recent;
use crate::history::wire::values::{outcome, shown_from_wire, shown_to_wire, tenths};
use crate::history::wire::{WireError, check_schema, v1};
use crate::model::commit::{Branch, Head, RunId, Sha};

/// First bytes of a zstd frame; see RFC 8878, 3.1.1.
const ZSTD_MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// No snapshot of a real project comes near.
const INFLATED_MAX: u64 = 512 * 1024 * 1024;
/// Small files at no noticeable time.
const ZSTD_LEVEL: i32 = 9;

/// A snapshot as `tip.json.zst` holds it.
pub fn encode(snapshot: &Snapshot) -> Result<Vec<u8>, WireError> {
    compress(&encode_plain(snapshot)?)
}

/// A snapshot as plain JSON with a newline at its end.
pub fn encode_plain(snapshot: &Snapshot) -> Result<Vec<u8>, WireError> {
    let mut text = serde_json::to_vec(&to_wire(snapshot))?;
    text.push(b'\n');
    Ok(text)
}

/// As [`encode`] when `path` ends in `.zst`, else as [`encode_plain`].
pub fn encode_for(path: &Path, snapshot: &Snapshot) -> Result<Vec<u8>, WireError> {
    let compressed = path.extension().is_some_and(|extension| extension == "zst");
    if compressed { encode(snapshot) } else { encode_plain(snapshot) }
}

/// Reads a snapshot, compressed or plain.
pub fn decode(bytes: &[u8]) -> Result<Snapshot, WireError> {
    let text = inflate(bytes)?;
    check_schema(&text, "snapshot", 1)?;
    from_wire(serde_json::from_slice(&text)?)
}

pub(in crate::history) fn compress(text: &[u8]) -> Result<Vec<u8>, WireError> {
    Ok(zstd::encode_all(text, ZSTD_LEVEL)?)
}

pub(in crate::history) fn inflate(bytes: &[u8]) -> Result<Vec<u8>, WireError> {
    if !bytes.starts_with(&ZSTD_MAGIC) {
        return Ok(bytes.to_vec());
    }
    let mut text = Vec::new();
    zstd::Decoder::new(bytes)?.take(INFLATED_MAX + 1).read_to_end(&mut text)?;
    if text.len() as u64 > INFLATED_MAX { Err(WireError::TooLarge(INFLATED_MAX)) } else { Ok(text) }
}

fn to_wire(snapshot: &Snapshot) -> v1::Snapshot {
    v1::Snapshot {
        schema: v1::SNAPSHOT.to_owned(),
        sha: snapshot.head.sha.0.clone(),
        branch: snapshot.head.branch.as_ref().map(|branch| branch.0.clone()),
        run: snapshot.run.id.clone(),
        attempt: snapshot.run.attempt,
        recorded_at: snapshot.recorded_at.clone(),
        score: snapshot.score.to_string(),
        outcome: snapshot.outcome.name().to_owned(),
        dimensions: shown_to_wire(&snapshot.dimensions),
        metrics: snapshot.metrics.clone(),
        points: shown_to_wire(&snapshot.points),
        policy: snapshot.policy_text.clone(),
        evidence: evidence::to_wire(&snapshot.evidence),
        recent: snapshot.recent.iter().map(recent::to_wire).collect(),
    }
}

fn from_wire(wire: v1::Snapshot) -> Result<Snapshot, WireError> {
    Ok(Snapshot {
        head: Head { sha: Sha(wire.sha), branch: wire.branch.map(Branch) },
        run: RunId { id: wire.run, attempt: wire.attempt },
        recorded_at: wire.recorded_at,
        policy_text: wire.policy,
        evidence: evidence::from_wire(wire.evidence)?,
        score: tenths(&wire.score)?,
        outcome: outcome(&wire.outcome)?,
        dimensions: shown_from_wire(wire.dimensions)?,
        points: shown_from_wire(wire.points)?,
        metrics: wire.metrics,
        recent: wire.recent.into_iter().map(recent::from_wire).collect::<Result<_, _>>()?,
    })
}
