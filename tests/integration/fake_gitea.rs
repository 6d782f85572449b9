//! A small Gitea in memory, strict where it matters: what it does not have is 404 and remembered, and a commit through
//! the contents API is refused unless every file is as its writer saw it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use readiness::history::content::ContentId;
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// Whom the job's token belongs to.
pub(crate) const JOB_USER: i64 = -2;

/// A running server.
pub(crate) struct FakeGitea {
    server: MockServer,
    state: Arc<Mutex<State>>,
}

/// Path → content.
pub(crate) type Tree = BTreeMap<String, Vec<u8>>;

/// What the server holds.
#[derive(Default)]
pub(crate) struct State {
    commits: BTreeMap<String, (Option<String>, Tree)>,
    pub(crate) branches: BTreeMap<String, String>,
    pub(crate) comments: Vec<Value>,
    pub(crate) statuses: Vec<Value>,
    pub(crate) pull: Value,
    pub(crate) diff: String,
    /// Of the coming writes: what goes wrong with them, in order.
    pub(crate) faults: Vec<Fault>,
    /// Requests that no Gitea understands, and those that it refused as wrong.
    pub(crate) mistakes: Vec<String>,
}

/// What can go wrong with a write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Nothing.
    None,
    /// It is done, and the answer is lost.
    Lost,
    /// It is not done: another push was faster between the check and the push.
    Outrun,
    /// The token may not.
    Forbidden,
}

impl FakeGitea {
    /// A server with nothing on it.
    pub(crate) async fn start() -> Self {
        let server = MockServer::start().await;
        let state = Arc::new(Mutex::new(State::default()));
        Mock::given(any()).respond_with(Answering(Arc::clone(&state))).mount(&server).await;
        Self { server, state }
    }

    /// Its API below `path`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}/{path}", self.server.uri())
    }

    /// What it holds now.
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Commits `files` on top of `parent` without a check.
    pub(crate) fn commit(&mut self, parent: Option<&str>, files: &[(&str, &str)]) -> String {
        let mut tree = parent.map(|parent| self.commits[parent].1.clone()).unwrap_or_default();
        tree.extend(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())));
        self.add(parent.map(str::to_owned), tree)
    }

    fn add(&mut self, parent: Option<String>, tree: Tree) -> String {
        let name = format!("{:040x}", 0xabc_0000 + self.commits.len());
        self.commits.insert(name.clone(), (parent, tree));
        name
    }

    /// The files of a branch.
    pub(crate) fn files(&self, branch: &str) -> Tree {
        self.branches.get(branch).map(|tip| self.commits[tip].1.clone()).unwrap_or_default()
    }

    /// A commit and those before it, newest first.
    pub(crate) fn line(&self, from: &str) -> Vec<(String, Option<String>)> {
        let mut line = Vec::new();
        let mut next = Some(from);
        while let Some((name, (parent, _))) = next.and_then(|name| self.commits.get_key_value(name)) {
            line.push((name.clone(), parent.clone()));
            next = parent.as_deref();
        }
        line
    }

    fn resolve(&self, reference: &str) -> Option<&(Option<String>, Tree)> {
        self.commits.get(self.branches.get(reference).map_or(reference, String::as_str))
    }
}

struct Answering(Arc<Mutex<State>>);

/// A status and a body.
type Answer = (u16, Value);

impl Respond for Answering {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // Under another address, too, as behind a proxy.
        let path = decoded(request.url.path()).replacen("/proxied/", "/api/v1/", 1);
        if request.headers.get("authorization").is_none() {
            return ResponseTemplate::new(401);
        }
        if let Some(raw) = path.strip_prefix("/api/v1/repos/acme/widgets/raw/") {
            let tree = state.resolve(&query(request, "ref")).map(|(_, tree)| tree);
            return match tree.and_then(|tree| tree.get(raw)) {
                Some(bytes) => ResponseTemplate::new(200).set_body_bytes(bytes.clone()),
                None => ResponseTemplate::new(404),
            };
        }
        if path == "/api/v1/repos/acme/widgets/pulls/7.diff" {
            return ResponseTemplate::new(200).set_body_string(state.diff.clone());
        }
        let fault = match request.method.as_str() {
            "GET" => Fault::None,
            _ if state.faults.is_empty() => Fault::None,
            _write => state.faults.remove(0),
        };
        match fault {
            Fault::Outrun => return refusal(500, "push out of date"),
            Fault::Forbidden => return refusal(403, "user should have a permission to write to a repo"),
            Fault::None | Fault::Lost => {}
        }
        let (status, body, total) = answer(&mut state, request, &path);
        if fault == Fault::Lost {
            return ResponseTemplate::new(500).set_body_string("<html>bad gateway</html>");
        }
        let response = ResponseTemplate::new(status).set_body_json(body);
        match total {
            Some(total) => response.insert_header("x-total-count", total.to_string()),
            None => response,
        }
    }
}

fn refusal(status: u16, message: &str) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(json!({ "message": message }))
}

fn decoded(path: &str) -> String {
    let digit = |byte: Option<u8>| byte.and_then(|byte| char::from(byte).to_digit(16)).unwrap_or_default();
    let (mut text, mut bytes) = (Vec::new(), path.bytes());
    while let Some(byte) = bytes.next() {
        text.push(match byte {
            b'%' => u8::try_from(16 * digit(bytes.next()) + digit(bytes.next())).unwrap_or(b'?'),
            other => other,
        });
    }
    String::from_utf8_lossy(&text).into_owned()
}

fn query(request: &Request, name: &str) -> String {
    request
        .url
        .query_pairs()
        .find(|(key, _)| key == name)
        .map(|(_, value)| value.into_owned())
        .unwrap_or_default()
}

fn answer(state: &mut State, request: &Request, path: &str) -> (u16, Value, Option<usize>) {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let rest = path.strip_prefix("/api/v1/repos/acme/widgets/").unwrap_or(path);
    let parts: Vec<&str> = rest.split('/').collect();
    let (status, body) = match (request.method.as_str(), parts.as_slice()) {
        ("GET", ["", "api", "v1", "version"]) => (200, json!({ "version": "1.24.2" })),
        ("GET", ["", "api", "v1", "user"]) => (200, json!({ "id": JOB_USER, "login": "gitea-actions" })),
        ("GET", ["pulls", "7"]) => (200, state.pull.clone()),
        ("GET", ["commits"]) => return commits(state, request),
        ("GET", ["commits", sha, "statuses"]) => statuses(state, sha),
        ("POST", ["statuses", sha]) => set_status(state, sha, &body),
        // As real ones, it hands out all comments whatever page is asked for.
        ("GET", ["issues", "7", "comments"]) => (200, Value::Array(state.comments.clone())),
        ("POST", ["issues", "7", "comments"]) => comment(state, &body),
        ("PATCH", ["issues", "comments", id]) => edit(state, id, &body),
        ("DELETE", ["issues", "comments", id]) => {
            state.comments.retain(|comment| !is_number(&comment["id"], id));
            (204, Value::Null)
        }
        ("GET", ["branches", branch]) => match state.branches.get(*branch) {
            Some(tip) => (200, json!({ "name": branch, "commit": { "id": tip } })),
            None => (404, Value::Null),
        },
        ("POST", ["branches"]) => branch(state, &body),
        ("GET", ["git", "trees", sha]) => tree(state, sha, &query(request, "page")),
        ("GET", ["git", "blobs", sha]) => blob(state, sha),
        ("GET", ["contents", folder @ ..]) => list(state, &folder.join("/"), &query(request, "ref")),
        ("POST", ["contents"]) => change(state, &body),
        (method, _) => {
            state.mistakes.push(format!("{method} {path}"));
            (404, json!({ "message": "not found" }))
        }
    };
    if matches!(status, 400 | 422) && !body["expected"].as_bool().unwrap_or_default() {
        state.mistakes.push(format!("{} {path}: {body}", request.method));
    }
    (status, body, None)
}

fn commits(state: &State, request: &Request) -> (u16, Value, Option<usize>) {
    let from = match query(request, "sha") {
        text if text.is_empty() => state.branches["main"].clone(),
        text => text,
    };
    let line = state.line(&from);
    let (limit, page): (usize, usize) =
        (query(request, "limit").parse().unwrap_or(30), query(request, "page").parse().unwrap_or(1));
    let shown = line.iter().skip(limit * (page - 1)).take(limit);
    let shown: Vec<Value> = shown
        .map(|(sha, parent)| {
            json!({ "sha": sha, "parents": parent.iter().map(|sha| json!({ "sha": sha })).collect::<Vec<_>>() })
        })
        .collect();
    if line.is_empty() { (404, Value::Null, None) } else { (200, Value::Array(shown), Some(line.len())) }
}

fn statuses(state: &State, sha: &str) -> Answer {
    let of = state.statuses.iter().filter(|status| status["sha"] == sha);
    (200, Value::Array(of.cloned().collect()))
}

/// A request says `state`, a list `status`.
fn set_status(state: &mut State, sha: &str, body: &Value) -> Answer {
    let known = ["pending", "success", "error", "failure", "warning"];
    if !known.iter().any(|name| body["state"] == **name) {
        return (422, json!({ "message": "no such state" }));
    }
    let status = json!({ "id": state.statuses.len() + 1, "sha": sha, "status": body["state"],
        "context": body["context"], "description": body["description"], "target_url": body["target_url"] });
    state.statuses.push(status.clone());
    (201, status)
}

fn comment(state: &mut State, body: &Value) -> Answer {
    let id = state.comments.iter().filter_map(|comment| comment["id"].as_u64()).max().unwrap_or(0) + 1;
    let comment = json!({ "id": id, "html_url": format!("https://git.example/acme/widgets/pulls/7#issuecomment-{id}"),
        "body": body["body"], "user": { "id": JOB_USER, "login": "gitea-actions" } });
    state.comments.push(comment.clone());
    (201, comment)
}

fn is_number(value: &Value, text: &str) -> bool {
    value.as_u64().is_some_and(|number| text.parse() == Ok(number))
}

fn edit(state: &mut State, id: &str, body: &Value) -> Answer {
    match state.comments.iter_mut().find(|comment| is_number(&comment["id"], id)) {
        Some(comment) => {
            comment["body"] = body["body"].clone();
            (200, comment.clone())
        }
        None => (404, Value::Null),
    }
}

fn branch(state: &mut State, body: &Value) -> Answer {
    let name = body["new_branch_name"].as_str().unwrap_or_default().to_owned();
    if state.branches.contains_key(&name) {
        return (409, json!({ "message": "the branch already exists" }));
    }
    let Some(from) = body["old_ref_name"].as_str().filter(|from| state.commits.contains_key(*from)) else {
        return (404, Value::Null);
    };
    state.branches.insert(name, from.to_owned());
    (201, json!({}))
}

/// Two entries a page, so that there are pages.
fn tree(state: &State, sha: &str, page: &str) -> Answer {
    let Some((_, tree)) = state.resolve(sha) else { return (404, Value::Null) };
    let page = page.parse::<usize>().unwrap_or(1);
    let entry = |(path, bytes): (&String, &Vec<u8>)| json!({ "path": path, "type": "blob", "sha": ContentId::of(bytes).as_str() });
    let entries: Vec<Value> = tree.iter().skip(2 * (page - 1)).take(2).map(entry).collect();
    let entries = if entries.is_empty() { Value::Null } else { Value::Array(entries) };
    (200, json!({ "sha": sha, "tree": entries, "truncated": 2 * page < tree.len(), "page": page }))
}

fn list(state: &State, folder: &str, reference: &str) -> Answer {
    let tree = state.resolve(reference).map(|(_, tree)| tree);
    let below =
        tree.into_iter().flatten().filter_map(|(path, _)| path.strip_prefix(folder)?.strip_prefix('/'));
    let names: BTreeSet<&str> = below.filter_map(|rest| rest.split('/').next()).collect();
    let status = if names.is_empty() { 404 } else { 200 };
    (status, names.into_iter().map(|name| json!({ "name": name })).collect())
}

fn blob(state: &State, sha: &str) -> Answer {
    let mut contents = state.commits.values().flat_map(|(_, tree)| tree.values());
    match contents.find(|bytes| ContentId::of(bytes).as_str() == sha) {
        Some(bytes) => (200, json!({ "content": STANDARD.encode(bytes), "encoding": "base64" })),
        None => (404, Value::Null),
    }
}

/// All files or none. A race is no mistake of the writer's.
fn change(state: &mut State, body: &Value) -> Answer {
    let refused = |message: String| (422, json!({ "message": message, "expected": true }));
    let name = body["branch"].as_str().unwrap_or_default().to_owned();
    let Some(tip) = state.branches.get(&name).cloned() else { return (404, Value::Null) };
    let mut tree = state.commits[&tip].1.clone();
    for file in body["files"].as_array().into_iter().flatten() {
        let path = file["path"].as_str().unwrap_or_default().to_owned();
        let current = tree.get(&path).map(|bytes| ContentId::of(bytes).as_str().to_owned());
        let content = STANDARD.decode(file["content"].as_str().unwrap_or_default()).unwrap_or_default();
        match (file["operation"].as_str(), current) {
            (Some("create"), None) => drop(tree.insert(path, content)),
            (Some("create"), Some(_)) => return refused(format!("repository file already exists [{path}]")),
            (Some("update" | "delete"), None) => return (404, json!({ "message": "object does not exist" })),
            (Some(operation @ ("update" | "delete")), Some(current)) => match file["sha"].as_str() {
                Some(sha) if sha == current && operation == "update" => drop(tree.insert(path, content)),
                Some(sha) if sha == current => drop(tree.remove(&path)),
                Some(_) => return refused(format!("sha does not match [{path}]")),
                None => return (422, json!({ "message": "a SHA must be given" })),
            },
            (other, _) => return (422, json!({ "message": format!("no operation {other:?}") })),
        }
    }
    let commit = state.add(Some(tip), tree);
    state.branches.insert(name, commit.clone());
    (201, json!({ "files": [], "commit": { "sha": commit } }))
}
