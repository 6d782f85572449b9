//! Where two commits left each other.

use std::collections::{BinaryHeap, HashMap};

use gix_hash::ObjectId;

use super::commits::Repository;
use super::error::RepositoryError;

/// Most commits that are looked at.
const MOST_COMMITS: usize = 1_000_000;

const LEFT: u8 = 1;
const RIGHT: u8 = 2;
/// An ancestor of a commit that both sides reach.
const STALE: u8 = 4;
const TAKEN: u8 = 8;

/// The newest commit that both reach and from which no other such commit comes, as `git merge-base` finds it: newest
/// commits first, until only ancestors of what was found are left.
pub(super) fn find(
    repository: &Repository,
    left: ObjectId,
    right: ObjectId,
) -> Result<Option<ObjectId>, RepositoryError> {
    let mut walk = Walk { repository, queue: BinaryHeap::new(), seen: HashMap::new(), live: 0 };
    walk.mark(left, LEFT)?;
    walk.mark(right, RIGHT)?;
    let mut found = Vec::new();
    while walk.live > 0 {
        let Some((_, id)) = walk.queue.pop() else { break };
        let mut marks = walk.leave(id);
        if marks & (LEFT | RIGHT | STALE) == LEFT | RIGHT {
            if marks & TAKEN == 0 {
                found.push(id);
                walk.seen.entry(id).and_modify(|seen| seen.marks |= TAKEN);
            }
            marks |= STALE;
        }
        let parents = walk.seen.get(&id).map(|seen| seen.parents.clone()).unwrap_or_default();
        for parent in parents {
            walk.mark(parent, marks & (LEFT | RIGHT | STALE))?;
        }
    }
    let is_best = |id: &ObjectId| walk.seen.get(id).is_some_and(|seen| seen.marks & STALE == 0);
    Ok(found.into_iter().find(is_best))
}

struct Seen {
    marks: u8,
    time: i64,
    parents: Vec<ObjectId>,
    /// How often it stands in the queue.
    queued: u32,
}

struct Walk<'a> {
    repository: &'a Repository,
    queue: BinaryHeap<(i64, ObjectId)>,
    seen: HashMap<ObjectId, Seen>,
    /// Places in the queue whose commits are not stale.
    live: u64,
}

impl Walk<'_> {
    /// Gives a commit more marks, and looks at it again when it has none of them yet.
    fn mark(&mut self, id: ObjectId, marks: u8) -> Result<(), RepositoryError> {
        if !self.seen.contains_key(&id) {
            if self.seen.len() == MOST_COMMITS {
                return Err(RepositoryError::TooMuch("a million commits to the merge base"));
            }
            let commit = self.repository.commit(&id)?;
            let seen = Seen { marks: 0, time: commit.time, parents: commit.parents, queued: 0 };
            self.seen.insert(id, seen);
        }
        let Some(seen) = self.seen.get_mut(&id) else { return Ok(()) };
        if seen.marks & marks == marks {
            return Ok(());
        }
        if seen.marks & STALE == 0 && marks & STALE != 0 {
            self.live = self.live.saturating_sub(u64::from(seen.queued));
        }
        seen.marks |= marks;
        seen.queued += 1;
        self.live += u64::from(seen.marks & STALE == 0);
        self.queue.push((seen.time, id));
        Ok(())
    }

    /// The marks of a commit that was taken from the queue.
    fn leave(&mut self, id: ObjectId) -> u8 {
        let Some(seen) = self.seen.get_mut(&id) else { return 0 };
        seen.queued = seen.queued.saturating_sub(1);
        if seen.marks & STALE == 0 {
            self.live = self.live.saturating_sub(1);
        }
        seen.marks
    }
}
