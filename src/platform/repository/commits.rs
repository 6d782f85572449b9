//! Commits: what they hold, and how people name them.

use super::names::Kind;
use crate::model::order;
use gix_hash::ObjectId;

use super::error::RepositoryError;
use super::layout::Layout;
use super::objects::Objects;
use super::{names, refs, small};

const MOST_SHALLOW: u64 = 64 << 20;
/// Longest chain of tags of tags.
const MOST_TAGS: usize = 8;
/// Most steps back that a name may ask for.
const MOST_BACK: u32 = 10_000;
/// Objects that are looked at for a shortened name.
const MOST_ALIKE: usize = 256;

/// One commit.
pub(super) struct Commit {
    pub(super) tree: ObjectId,
    pub(super) parents: Vec<ObjectId>,
    /// Seconds since 1970.
    pub(super) time: i64,
}

/// A repository with its objects.
pub(super) struct Repository {
    pub(super) layout: Layout,
    pub(super) objects: Objects,
    /// Commits whose parents are not there, in order.
    shallow: Vec<ObjectId>,
}

impl Repository {
    pub(super) fn open(layout: Layout) -> Result<Self, RepositoryError> {
        let objects = Objects::open(layout.common.join("objects"))?;
        let list = small::bytes(&layout.common.join("shallow"), MOST_SHALLOW)?.unwrap_or_default();
        let mut shallow: Vec<ObjectId> = list
            .split(|byte| *byte == b'\n')
            .filter_map(|line| names::parse(line.trim_ascii_end()))
            .collect();
        order::sort(&mut shallow);
        Ok(Self { layout, objects, shallow })
    }

    pub(super) fn is_shallow(&self) -> bool {
        !self.shallow.is_empty()
    }

    /// The commit `id`, without the parents that a shallow clone leaves out.
    pub(super) fn commit(&self, id: &ObjectId) -> Result<Commit, RepositoryError> {
        let data = self.objects.whole(id, Kind::Commit)?;
        let mut commit = parse(&data).ok_or_else(|| RepositoryError::damaged(id, &"it is no commit"))?;
        if self.shallow.binary_search(id).is_ok() {
            commit.parents.clear();
        }
        Ok(commit)
    }

    /// The commit that `text` names: a branch, a tag, `HEAD`, a name in full or its beginning; `~N` and `^` behind it go
    /// back along the first parents.
    pub(super) fn named(&self, text: &str) -> Result<ObjectId, RepositoryError> {
        let unknown = || RepositoryError::Unknown(text.to_owned());
        let (name, back) = steps_back(text).ok_or_else(unknown)?;
        let mut id = self.start(name).map_err(|error| match error {
            RepositoryError::Unknown(_) => unknown(),
            other => other,
        })?;
        for _ in 0..back {
            let parent = self.commit(&id)?.parents.first().copied();
            id = match parent {
                Some(parent) => parent,
                None if self.is_shallow() => return Err(RepositoryError::Shallow(text.to_owned())),
                None => return Err(unknown()),
            };
        }
        Ok(id)
    }

    fn start(&self, name: &str) -> Result<ObjectId, RepositoryError> {
        if let Some(id) = names::parse(name.as_bytes()) {
            return self.peeled(id).map_err(|error| match error {
                RepositoryError::Missing(_) if self.is_shallow() => RepositoryError::Shallow(name.to_owned()),
                RepositoryError::Missing(_) => RepositoryError::Unknown(name.to_owned()),
                other => other,
            });
        }
        match refs::find(&self.layout, name) {
            Ok(Some(id)) => self.peeled(id),
            Ok(None) | Err(RepositoryError::Format(_)) if names::is_short(name) => self.shortened(name),
            Ok(None) => Err(RepositoryError::Unknown(name.to_owned())),
            Err(error) => Err(error),
        }
    }

    /// The one commit whose name begins with `digits`.
    fn shortened(&self, digits: &str) -> Result<ObjectId, RepositoryError> {
        let mut commits = Vec::new();
        for id in self.objects.beginning_with(&digits.to_ascii_lowercase(), MOST_ALIKE) {
            if self.objects.find(&id)?.is_some_and(|found| found.kind == Kind::Commit) {
                commits.push(id);
            }
        }
        match commits.as_slice() {
            [one] => Ok(*one),
            [] if self.is_shallow() => Err(RepositoryError::Shallow(digits.to_owned())),
            [] => Err(RepositoryError::Unknown(digits.to_owned())),
            _ => Err(RepositoryError::Ambiguous(digits.to_owned())),
        }
    }

    /// Follows tags to a commit.
    fn peeled(&self, mut id: ObjectId) -> Result<ObjectId, RepositoryError> {
        for _ in 0..MOST_TAGS {
            let found = self.objects.find(&id)?.ok_or_else(|| RepositoryError::Missing(id.to_string()))?;
            match (found.kind, found.data) {
                (Kind::Commit, _) => return Ok(id),
                (Kind::Tag, Some(data)) => {
                    let target = data
                        .split(|byte| *byte == b'\n')
                        .next()
                        .and_then(|line| line.strip_prefix(b"object "));
                    let target = target.and_then(names::parse);
                    id = target.ok_or_else(|| RepositoryError::damaged(&id, &"it is no tag"))?;
                }
                (kind, _) => {
                    return Err(RepositoryError::damaged(&id, &format!("it is a {kind} and no commit")));
                }
            }
        }
        Err(RepositoryError::damaged(&id, &"there are too many tags of tags"))
    }
}

/// A name and how many first parents to go back from there.
fn steps_back(text: &str) -> Option<(&str, u32)> {
    let end = text.find(['~', '^']).unwrap_or(text.len());
    let (name, mut rest) = text.split_at_checked(end)?;
    let mut back = 0_u32;
    while !rest.is_empty() {
        let counts = rest.starts_with('~');
        rest = rest.strip_prefix(['~', '^'])?;
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, behind) = rest.split_at_checked(digits)?;
        rest = behind;
        back = back.checked_add(match number {
            "" => 1,
            number if counts => number.parse().ok()?,
            "1" => 1,
            _ => return None,
        })?;
    }
    (!name.is_empty() && back <= MOST_BACK).then_some((name, back))
}

fn parse(data: &[u8]) -> Option<Commit> {
    let (mut tree, mut parents, mut time) = (None, Vec::new(), 0);
    for line in data.split(|byte| *byte == b'\n').take_while(|line| !line.is_empty()) {
        if let Some(id) = line.strip_prefix(b"tree ") {
            tree = tree.or(Some(names::parse(id)?));
        } else if let Some(id) = line.strip_prefix(b"parent ") {
            parents.push(names::parse(id)?);
        } else if let Some(person) = line.strip_prefix(b"committer ") {
            let seconds = person.rsplit(|byte| *byte == b' ').nth(1);
            time = seconds.and_then(|text| str::from_utf8(text).ok()?.parse().ok()).unwrap_or(0);
        }
    }
    Some(Commit { tree: tree?, parents, time })
}

#[cfg(test)]
mod tests {
    use super::steps_back;

    #[test]
    fn steps_back_are_added_up() {
        for (text, expected) in [
            ("main", Some(("main", 0))),
            ("HEAD~3", Some(("HEAD", 3))),
            ("HEAD^", Some(("HEAD", 1))),
            ("HEAD~^~2^1", Some(("HEAD", 5))),
            ("HEAD^2", None),
            ("HEAD~99999999999", None),
            ("HEAD~x", None),
            ("~1", None),
        ] {
            assert_eq!(steps_back(text), expected, "{text}");
        }
    }
}
