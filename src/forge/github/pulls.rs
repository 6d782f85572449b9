//! The pull request that a commit belongs to.
//!
//! GitHub leaves pull requests from forks out of a run's payload and out of a commit's list of pull requests, so the
//! open ones of the branch are listed and compared by commit and by repository number.

use serde::Deserialize;

use super::GitHub;
use crate::forge::event::Source;
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::forge::http::percent;
use crate::forge::wire::PullSide;
use crate::model::commit::{Branch, Sha};
use crate::model::order;

const PURPOSE: Purpose =
    Purpose { doing: "look for the pull request of the run", needs: "pull-requests: read" };

/// What the commit of a run is compared with, and who is told.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The open pull request that has the commit as its newest one.
    pub number: Option<u64>,
    /// The tip of the base.
    pub base: Sha,
    /// The base.
    pub base_branch: Branch,
}

#[derive(Deserialize)]
struct Listed {
    number: u64,
    head: PullSide,
    base: PullSide,
}

fn is_of(side: &PullSide, repository: u64) -> bool {
    side.repo.as_ref().is_some_and(|repo| repo.id == repository)
}

impl GitHub {
    /// Finds the pull request of `source`. One that has moved on still says what the base is; without any, it is the
    /// default branch.
    pub async fn target(&self, source: &Source) -> Result<Target, ApiError> {
        let Some(branch) = &source.branch else { return Ok(Target::without_pull(source)) };
        let head = percent::encode(&format!("{}:{}", branch.owner, branch.name));
        let call =
            Call::get(PURPOSE, self.remote.path(&format!("pulls?state=open&head={head}&per_page=100")));
        let mut listed: Vec<Listed> = self.remote.transport.json(&call).await?;
        listed.retain(|pull| is_of(&pull.head, branch.repository) && is_of(&pull.base, source.target));
        Ok(choose(source, listed))
    }
}

impl Target {
    /// The default branch.
    pub fn without_pull(source: &Source) -> Self {
        Self { number: None, base: source.base.clone(), base_branch: source.base_branch.clone() }
    }
}

/// Of several, the one into the default branch, else the oldest.
fn choose(source: &Source, mut listed: Vec<Listed>) -> Target {
    order::sort_by_key(&mut listed, |pull| {
        (pull.head.sha != source.head.0, pull.base.branch != source.base_branch.0, pull.number)
    });
    match listed.into_iter().next() {
        Some(pull) => Target {
            number: (pull.head.sha == source.head.0).then_some(pull.number),
            base: Sha(pull.base.sha),
            base_branch: Branch(pull.base.branch),
        },
        None => Target::without_pull(source),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const HEAD: &str = "1111111111111111111111111111111111111111";

    fn target(pulls: &serde_json::Value) -> (Option<u64>, String) {
        let source = Source {
            head: Sha(HEAD.into()),
            branch: None,
            target: 1,
            base: Sha("d".into()),
            base_branch: Branch("main".into()),
        };
        let target = choose(&source, Vec::<Listed>::deserialize(pulls).unwrap());
        (target.number, target.base_branch.0)
    }

    #[test]
    fn the_pull_request_has_the_very_commit() {
        let pull = |number: u64, sha: &str, base: &str| {
            json!({ "number": number, "head": { "sha": sha, "ref": "topic", "repo": null },
                "base": { "sha": "b", "ref": base, "repo": { "id": 1 } } })
        };
        assert_eq!(target(&json!([])), (None, "main".into()));
        assert_eq!(target(&json!([pull(7, "other", "release")])), (None, "release".into()));
        let several = json!([pull(7, HEAD, "release"), pull(8, HEAD, "main"), pull(5, "other", "main")]);
        assert_eq!(target(&several), (Some(8), "main".into()));
    }
}
