//! One API request, as data.

use http::Method;
use serde::Serialize;

/// Whether a request may be sent again when no answer came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Repeat {
    /// Sending it twice does the same as sending it once.
    Safe,
    /// Only when the server said that it did not carry it out.
    WhenRefused,
}

/// Which of GitHub's two APIs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::forge) enum Target {
    /// Path and query below the REST API's URL.
    Rest(String),
    /// The GraphQL API.
    GraphQl,
}

/// What kind of answer is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::forge) enum Accept {
    /// JSON.
    Json,
    /// The bytes of a file.
    Raw,
    /// Where the bytes are: a redirect to another host.
    Redirect,
}

impl Accept {
    pub(in crate::forge) fn header(self) -> &'static str {
        match self {
            Self::Json | Self::Redirect => "application/vnd.github+json",
            Self::Raw => "application/vnd.github.raw+json",
        }
    }
}

/// What a request is for, said in errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Purpose {
    /// "read the policy": completes "failed to …".
    pub doing: &'static str,
    /// The permission it needs, as workflows write it: `statuses: write`.
    pub needs: &'static str,
}

/// One request.
#[derive(Clone, Debug)]
pub struct Call {
    pub(in crate::forge) method: Method,
    pub(in crate::forge) target: Target,
    pub(in crate::forge) accept: Accept,
    pub(in crate::forge) body: Option<String>,
    pub(in crate::forge) repeat: Repeat,
    pub(in crate::forge) purpose: Purpose,
}

#[derive(Serialize)]
struct Query<'a, V> {
    query: &'a str,
    variables: &'a V,
}

impl Call {
    fn rest(purpose: Purpose, method: Method, path: String) -> Self {
        let repeat = if method == Method::POST { Repeat::WhenRefused } else { Repeat::Safe };
        Self { method, target: Target::Rest(path), accept: Accept::Json, body: None, repeat, purpose }
    }

    /// Reads JSON.
    pub fn get(purpose: Purpose, path: String) -> Self {
        Self::rest(purpose, Method::GET, path)
    }

    /// Reads a file's bytes.
    pub fn raw(purpose: Purpose, path: String) -> Self {
        Self { accept: Accept::Raw, ..Self::rest(purpose, Method::GET, path) }
    }

    /// Asks where bytes are, which another host hands out.
    pub fn redirect(purpose: Purpose, path: String) -> Self {
        Self { accept: Accept::Redirect, ..Self::rest(purpose, Method::GET, path) }
    }

    /// Creates.
    pub fn post(purpose: Purpose, path: String, body: &impl Serialize) -> Self {
        Self { body: json(body), ..Self::rest(purpose, Method::POST, path) }
    }

    /// Changes.
    pub fn patch(purpose: Purpose, path: String, body: &impl Serialize) -> Self {
        Self { body: json(body), ..Self::rest(purpose, Method::PATCH, path) }
    }

    /// Adds to what is there.
    pub fn append(purpose: Purpose, path: String, body: &impl Serialize) -> Self {
        Self { repeat: Repeat::WhenRefused, ..Self::patch(purpose, path, body) }
    }

    /// Creates something that is named by its content, so that creating it again changes nothing.
    pub fn post_content(purpose: Purpose, path: String, body: &impl Serialize) -> Self {
        Self { repeat: Repeat::Safe, ..Self::post(purpose, path, body) }
    }

    /// Removes.
    pub fn delete(purpose: Purpose, path: String) -> Self {
        Self::rest(purpose, Method::DELETE, path)
    }

    /// A GraphQL query.
    pub fn query(purpose: Purpose, query: &str, variables: &impl Serialize) -> Self {
        let mut call = Self::rest(purpose, Method::POST, String::new());
        call.target = Target::GraphQl;
        call.body = json(&Query { query, variables });
        call.repeat = Repeat::Safe;
        call
    }

    /// A GraphQL mutation.
    pub fn mutation(purpose: Purpose, query: &str, variables: &impl Serialize) -> Self {
        Self { repeat: Repeat::WhenRefused, ..Self::query(purpose, query, variables) }
    }

    /// Method and path, for errors.
    pub(in crate::forge) fn name(&self) -> String {
        match &self.target {
            Target::Rest(path) => {
                format!("{} {}", self.method, path.split('?').next().unwrap_or_default())
            }
            Target::GraphQl => "POST /graphql".to_owned(),
        }
    }
}

/// Our own request types have text keys only, so they always are JSON.
fn json(body: &impl Serialize) -> Option<String> {
    serde_json::to_string(body).ok()
}
