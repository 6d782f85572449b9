//! Reads the recorded runs of branches in order.

use super::record::RecordError;
use super::store::{At, Store, StoreError};
use super::{layout, lines, recent};
use crate::model::commit::Branch;
use crate::model::order;
use crate::model::trend::BranchTrend;

/// The recorded runs of one branch as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Oldest first.
    pub trend: BranchTrend,
    /// Lines that could not be read: one sentence per file or run.
    pub problems: Vec<String>,
}

/// The branches that have recorded runs, sorted by name.
pub async fn branches<S: Store>(store: &S) -> Result<Vec<Branch>, StoreError> {
    Ok(store.list(layout::BRANCHES).await?.iter().map(|segment| layout::decode(segment)).collect())
}

/// All recorded runs of `branch`.
pub async fn load<S: Store>(store: &S, branch: &Branch) -> Result<Loaded, RecordError> {
    let folder = layout::folder(branch);
    let trend = BranchTrend { branch: branch.clone(), runs: Vec::new() };
    let mut loaded = Loaded { trend, problems: Vec::new() };
    for name in store.list(&folder).await? {
        if name.rsplit_once('.').is_some_and(|(_, extension)| extension == "jsonl") {
            add_month(store, &mut loaded, format!("{folder}/{name}")).await?;
        }
    }
    order::sort_by(&mut loaded.trend.runs, |l, r| {
        recent::order((&l.run, &l.recorded_at), (&r.run, &r.recorded_at))
    });
    Ok(loaded)
}

async fn add_month<S: Store>(store: &S, loaded: &mut Loaded, path: String) -> Result<(), RecordError> {
    let bytes = store.read(At::Newest, &path).await?.unwrap_or_default();
    let month = match lines::parse(&bytes) {
        Ok(month) => month,
        Err(source) => return Err(RecordError::File { path, source }),
    };
    if let Some((line, error)) = &month.unreadable {
        loaded.problems.push(format!("`{path}` line {line}: {error}"));
    }
    for line in &month.lines {
        match lines::point(line) {
            Ok(point) => loaded.trend.runs.push(point),
            Err(error) => loaded.problems.push(format!("`{path}`, run `{}`: {error}", line.run)),
        }
    }
    Ok(())
}
