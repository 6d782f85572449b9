//! What a run left behind: the list of its artifacts.

use serde::{Deserialize, Deserializer};

use super::GitHub;
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::forge::http::percent;
use crate::model::order;

const PURPOSE: Purpose = Purpose { doing: "list the artifacts of the run", needs: "actions: read" };
const PAGE: usize = 100;
/// A job has at most 500 artifacts, and few runs have many jobs that upload.
const PAGES_MAX: usize = 50;

/// One artifact. All of it can be chosen by whoever started the run.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Artifact {
    /// Unique.
    pub id: u64,
    /// Unique in one attempt of a run, mostly.
    pub name: String,
    /// When it was uploaded, in UTC.
    #[serde(default, deserialize_with = "instant")]
    pub created_at: Option<jiff::Timestamp>,
    /// It cannot be downloaded any more.
    #[serde(default)]
    pub expired: bool,
    /// Of what is downloaded; of what is in it for artifacts of old.
    #[serde(default, rename = "size_in_bytes")]
    pub bytes: Option<u64>,
    /// `sha256:` and the digest of what is downloaded; old artifacts and servers have none.
    #[serde(default)]
    pub digest: Option<String>,
}

/// A time that cannot be read is as good as none: it only orders uploads.
fn instant<'de, D: Deserializer<'de>>(from: D) -> Result<Option<jiff::Timestamp>, D::Error> {
    let text = Option::<String>::deserialize(from)?;
    Ok(text.and_then(|text| text.parse().ok()))
}

#[derive(Deserialize)]
struct Page {
    artifacts: Vec<Artifact>,
}

impl GitHub {
    /// All artifacts of a run, over all its attempts.
    pub async fn artifacts(&self, run: &str) -> Result<Vec<Artifact>, ApiError> {
        let run = percent::encode(run);
        let mut all = Vec::new();
        for page in 1..=PAGES_MAX {
            let path = format!("actions/runs/{run}/artifacts?per_page={PAGE}&page={page}");
            let listed: Page =
                self.remote.transport.json(&Call::get(PURPOSE, self.remote.path(&path))).await?;
            let whole = listed.artifacts.len() >= PAGE;
            all.extend(listed.artifacts);
            if !whole {
                break;
            }
        }
        Ok(all)
    }
}

/// The newest artifact of each name, in the order of their names: a later attempt uploads again what it ran again.
pub fn newest(mut all: Vec<Artifact>) -> Vec<Artifact> {
    order::sort_by(&mut all, |a, b| (&a.name, b.created_at, b.id).cmp(&(&b.name, a.created_at, a.id)));
    all.dedup_by(|later, first| later.name == first.name);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn of_one_name_the_newest_counts() {
        let all: Vec<Artifact> = serde_json::from_value(json!([
            { "id": 1, "name": "b", "created_at": "2026-01-01T10:00:00Z" },
            { "id": 9, "name": "a", "created_at": "2026-01-01T10:00:00Z" },
            { "id": 2, "name": "a", "created_at": "2026-01-01T11:00:00Z", "digest": null },
            { "id": 3, "name": "a", "created_at": null },
            { "id": 7, "name": "c" },
            { "id": 8, "name": "c" },
        ]))
        .unwrap();
        let seen: Vec<(String, u64)> = newest(all).into_iter().map(|one| (one.name, one.id)).collect();
        assert_eq!(seen, [("a".into(), 2), ("b".into(), 1), ("c".into(), 8)]);
    }
}
