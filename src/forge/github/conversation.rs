//! The pull request as it is now, and our own comments in it. One request per hundred comments, ended at the first own one.

use serde::Deserialize;
use serde_json::{Value, json};

use super::GitHub;
use crate::forge::conversation::{Conversation, OwnComment};
use crate::forge::http::call::{Call, Purpose};
use crate::forge::http::error::ApiError;
use crate::model::commit::Sha;
use crate::model::order;

const PURPOSE: Purpose = Purpose { doing: "look for the own comment", needs: "pull-requests: write" };
/// Nobody has more comments; bounds the requests of a run.
const PAGES_MAX: usize = 50;

const QUERY: &str = "query($owner: String!, $name: String!, $number: Int!, $after: String) { \
    repository(owner: $owner, name: $name) { pullRequest(number: $number) { state headRefOid \
    comments(first: 100, after: $after) { nodes { fullDatabaseId url body viewerDidAuthor } \
    pageInfo { hasNextPage endCursor } } } } }";

#[derive(Deserialize)]
struct Data {
    repository: Option<RepositoryData>,
}

#[derive(Deserialize)]
struct RepositoryData {
    #[serde(rename = "pullRequest")]
    pull_request: Option<PullData>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PullData {
    state: String,
    head_ref_oid: String,
    comments: Comments,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Comments {
    #[serde(default)]
    nodes: Vec<Option<CommentData>>,
    page_info: PageInfo,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    has_next_page: bool,
    end_cursor: Option<String>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct CommentData {
    /// A `BigInt`: text on GitHub, a number on some look-alikes.
    full_database_id: Option<Value>,
    url: Option<String>,
    body: String,
    viewer_did_author: bool,
}

impl GitHub {
    /// Reads pull request `number`, looking for own comments called `name`.
    pub(super) async fn discussion(&self, number: u64, name: &str) -> Result<Conversation, ApiError> {
        let mut page = self.page(number, None).await?;
        for _page in 1..PAGES_MAX {
            let info = &page.comments.page_info;
            let next = info.end_cursor.as_deref().filter(|_| info.has_next_page);
            let Some(next) = next.filter(|_| own(&page.comments, name).is_empty()) else { break };
            page = self.page(number, Some(next)).await?;
        }
        let own = own(&page.comments, name);
        Ok(Conversation { open: page.state == "OPEN", head: Sha(page.head_ref_oid), own })
    }

    async fn page(&self, number: u64, after: Option<&str>) -> Result<PullData, ApiError> {
        let (owner, name) = (&self.remote.repository.owner, &self.remote.repository.name);
        let variables = json!({ "owner": owner, "name": name, "number": number, "after": after });
        let data: Data = self.remote.transport.graphql(&Call::query(PURPOSE, QUERY, &variables)).await?;
        data.repository.and_then(|repository| repository.pull_request).ok_or_else(|| ApiError::GraphQl {
            doing: PURPOSE.doing,
            kind: "NOT_FOUND".to_owned(),
            message: format!("there is no pull request {number}"),
            needs: PURPOSE.needs,
        })
    }
}

fn own(comments: &Comments, name: &str) -> Vec<OwnComment> {
    let mut own: Vec<_> = comments
        .nodes
        .iter()
        .flatten()
        .filter(|comment| comment.viewer_did_author)
        .filter_map(|comment| {
            let id = match comment.full_database_id.as_ref()? {
                Value::String(text) => text.parse().ok()?,
                other => other.as_u64()?,
            };
            OwnComment::called(name, id, comment.url.clone(), &comment.body)
        })
        .collect();
    order::sort_by_key(&mut own, |comment| comment.id);
    own
}
