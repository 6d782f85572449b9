//! The base commit: policy files as they are there, and its ancestors.

use super::{Gitea, PAGE};
use crate::forge::base::{Ancestry, BaseCommit, BaseFile};
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::forge::http::percent;
use crate::forge::wire::CommitRef;
use crate::model::commit::Sha;

const READING: Purpose = Purpose { doing: "read a file of a commit", needs: "contents: read" };
const LISTING: Purpose = Purpose { doing: "list the commits before the base", needs: "contents: read" };
/// Together as many commits as GitHub tells in one answer.
const PAGES: usize = 2;
/// GitHub hands out no larger files as text, and no policy is.
const TEXT_MAX: usize = 512 * 1024;

impl Gitea {
    /// Reads `paths` at commit `base` up to the first that is there, and the commits before it. A commit that cannot be
    /// read is an error: its files must not count as absent.
    pub(super) async fn read_base(&self, base: &Sha, paths: &[&str]) -> Result<BaseCommit, ApiError> {
        let (files, ancestry) = tokio::join!(self.first_of(base, paths), self.history_of(base));
        Ok(BaseCommit { ancestry: ancestry?, files: files? })
    }

    async fn first_of(&self, base: &Sha, paths: &[&str]) -> Result<Vec<BaseFile>, ApiError> {
        let mut files = Vec::new();
        for path in paths {
            let file = match self.file(READING, (&base.0, path)).await? {
                None => BaseFile::Absent,
                Some(bytes) => match String::from_utf8(bytes) {
                    Ok(text) if text.len() <= TEXT_MAX => BaseFile::Text(text),
                    _ => BaseFile::NoText,
                },
            };
            let is_there = file != BaseFile::Absent;
            files.push(file);
            if is_there {
                break;
            }
        }
        Ok(files)
    }

    /// The bytes of a path at a reference (branch or commit); `None` when it is not there.
    pub(super) async fn file(
        &self,
        purpose: Purpose,
        (reference, path): (&str, &str),
    ) -> Result<Option<Vec<u8>>, ApiError> {
        let path = format!("raw/{}?ref={}", percent::encode_path(path), percent::encode(reference));
        self.remote.transport.bytes(&Call::raw(purpose, self.remote.path(&path))).await
    }

    /// The hundred newest commits up to `commit`.
    pub(super) async fn history_of(&self, commit: &Sha) -> Result<Ancestry, ApiError> {
        let mut all: Vec<CommitRef> = Vec::new();
        for page in 1..=PAGES {
            let query = format!("sha={commit}&limit={PAGE}&page={page}");
            let (listed, total) = self.commits(LISTING, &query).await?;
            let is_last = listed.is_empty();
            all.extend(listed);
            if is_last || total.is_some_and(|total| all.len() >= total) {
                break;
            }
        }
        Ok(Ancestry::of(all))
    }

    /// One page of commits without their changes, and how many there are on all pages.
    pub(super) async fn commits(
        &self,
        purpose: Purpose,
        query: &str,
    ) -> Result<(Vec<CommitRef>, Option<usize>), ApiError> {
        let path = format!("commits?{query}&stat=false&verification=false&files=false");
        self.remote.transport.listed(&Call::get(purpose, self.remote.path(&path))).await
    }
}
