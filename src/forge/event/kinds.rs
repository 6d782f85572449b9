//! What can be done about an event.

use crate::model::commit::{Branch, RunId, Sha};

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Activity {
    /// Compare a pull request with its base, comment, set a status.
    Pull(Pull),
    /// As for a pull request, without a comment: the merged state of several of them.
    Queue(Queue),
    /// Evaluate a branch, and record it if it is tracked.
    Push(Push),
    /// One of the above for a run of another workflow, from its artifacts alone.
    Follow(Run),
    /// Nothing, and why.
    Nothing(&'static str),
}

/// A pull request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pull {
    /// Its number.
    pub number: u64,
    /// The commit that carries the status: never the merge commit.
    pub head: Sha,
    /// The branch that it comes from.
    pub head_branch: Branch,
    /// The tip of the base branch when the event happened.
    pub base: Sha,
    /// The branch that it goes to.
    pub base_branch: Branch,
    /// Whose branch it comes from.
    pub origin: Origin,
    /// What may be written about it.
    pub rights: Rights,
}

/// Where a pull request comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The repository itself.
    Repository,
    /// Another one, maybe deleted.
    Fork,
}

/// What the job's token may do, as far as the event tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rights {
    /// What the workflow's `permissions` grant.
    Granted,
    /// Maybe reading alone: runs of Dependabot, and for forks of a repository that is not public.
    Doubtful,
    /// Reading alone, whatever the workflow asks for: runs for forks of a public repository.
    ReadOnly,
}

/// A group of a merge queue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Queue {
    /// The commit that carries the status.
    pub head: Sha,
    /// What it is built on.
    pub base: Sha,
    /// The branch that it goes to.
    pub base_branch: Branch,
}

/// A branch after a push, on a schedule or by hand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Push {
    /// Its tip.
    pub head: Sha,
    /// Its name.
    pub branch: Branch,
    /// The repository's default branch, when the event says so.
    pub default_branch: Option<Branch>,
}

/// A run of another workflow that has ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The run and its attempt.
    pub id: RunId,
    /// The workflow's file, such as `.github/workflows/ci.yml`. Its name proves nothing: a fork can give any.
    pub workflow: String,
    /// What it was about.
    pub about: Followed,
}

/// What a run of another workflow was about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Followed {
    /// A pull request; which one is looked up.
    Pull(Source),
    /// A merge group.
    Queue(Queue),
    /// A branch.
    Push(Push),
}

/// Where the commit of a run for a pull request comes from, as GitHub tells it; nothing of it is from an artifact.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The commit that carries the status.
    pub head: Sha,
    /// The branch that it is the tip of, and whose it is; none when its repository is gone.
    pub branch: Option<SourceBranch>,
    /// The repository that the pull request goes to, by number.
    pub target: u64,
    /// The tip of the default branch: the base when no open pull request has this head.
    pub base: Sha,
    /// The default branch.
    pub base_branch: Branch,
}

/// A branch of some repository.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceBranch {
    /// The repository's owner.
    pub owner: String,
    /// Its name.
    pub name: Branch,
    /// The repository, by number: names can be taken over.
    pub repository: u64,
}

impl Source {
    /// Whether the commit is the repository's own or another's.
    pub fn origin(&self) -> Origin {
        match &self.branch {
            Some(branch) if branch.repository == self.target => Origin::Repository,
            _ => Origin::Fork,
        }
    }
}
