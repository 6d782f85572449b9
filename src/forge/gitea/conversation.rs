//! The pull request as it is now, and our own comments in it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{Gitea, PAGE};
use crate::forge::conversation::{Conversation, OwnComment};
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::model::commit::Sha;

const PURPOSE: Purpose = Purpose { doing: "look for the own comment", needs: "pull-requests: write" };
const ASKING: Purpose = Purpose { doing: "ask whose token it is", needs: "read:user" };
/// Nobody has more comments; bounds the requests of a run.
const PAGES_MAX: usize = 50;
/// The number of the user that jobs act as, everywhere.
const JOB_USER: i64 = -2;

#[derive(Deserialize)]
struct Comment {
    id: u64,
    #[serde(default)]
    html_url: Option<String>,
    #[serde(default)]
    body: String,
    /// None when the account is gone.
    #[serde(default)]
    user: Option<User>,
}

#[derive(Deserialize)]
struct User {
    id: i64,
}

impl Gitea {
    /// Reads pull request `number`, looking for own comments called `name`.
    pub(super) async fn discussion(&self, number: u64, name: &str) -> Result<Conversation, ApiError> {
        let (pull, author, comments) = tokio::join!(self.pull(number), self.author(), self.comments(number));
        let (pull, author) = (pull?, author?);
        let is_own = |comment: &Comment| comment.user.as_ref().is_some_and(|user| user.id == author);
        let own = comments?.into_iter().filter(is_own);
        let own = own.filter_map(|comment| {
            OwnComment::called(name, comment.id, comment.html_url.clone(), &comment.body)
        });
        Ok(Conversation { open: pull.state == "open", head: Sha(pull.head.sha), own: own.collect() })
    }

    /// All comments, oldest first. Most versions hand out all at once, whatever page is asked for.
    async fn comments(&self, number: u64) -> Result<Vec<Comment>, ApiError> {
        let mut all = BTreeMap::new();
        for page in 1..=PAGES_MAX {
            let path = format!("issues/{number}/comments?limit={PAGE}&page={page}");
            let call = Call::get(PURPOSE, self.remote.path(&path));
            let (listed, total) = self.remote.transport.listed::<Comment>(&call).await?;
            let known = all.len();
            all.extend(listed.into_iter().map(|comment| (comment.id, comment)));
            if all.len() == known || total.is_some_and(|total| all.len() >= total) {
                break;
            }
        }
        Ok(all.into_values().collect())
    }

    /// The user whose token it is. The token of a job may not be allowed to ask, and is the jobs' own user's; a
    /// personal one that lacks the scope is not.
    async fn author(&self) -> Result<i64, ApiError> {
        let ask = async || {
            let asked = self.remote.transport.json::<User>(&Call::get(ASKING, "/user".to_owned())).await;
            match asked {
                Ok(user) => Ok(user.id),
                Err(ApiError::Refused { status: 401 | 403 | 404, message, .. })
                    if !message.contains("scope") =>
                {
                    Ok(JOB_USER)
                }
                Err(error) => Err(error),
            }
        };
        self.author.get_or_try_init(ask).await.copied()
    }
}
