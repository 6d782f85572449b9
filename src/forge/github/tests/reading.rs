//! What is read of a change: its diff, its base and its files.

use serde_json::json;
use wiremock::matchers::{body_partial_json, method, path, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::server::{BASE, HEAD, connect, mount};
use crate::forge::Forge as _;
use crate::forge::base::BaseFile;
use crate::forge::compare::{Change as Between, Patches};
use crate::model::commit::Sha;

#[tokio::test]
async fn reads_are_repeated_until_the_answer_is_whole() {
    let server = MockServer::start().await;
    let at = format!("/repos/acme/widgets/compare/{BASE}...{HEAD}");
    for bad in [ResponseTemplate::new(503), ResponseTemplate::new(200).set_body_string("{\"merge_ba")] {
        Mock::given(method("GET")).and(path(&*at)).respond_with(bad).up_to_n_times(1).mount(&server).await;
    }
    let files = json!([
        { "filename": "a.py", "status": "modified", "patch": "@@ -1 +1 @@\n-a\n+b", "changes": 2 },
        { "filename": "new.py", "previous_filename": "old.py", "status": "renamed", "changes": 0 },
        { "filename": "big.csv", "status": "added", "changes": 90_000 },
    ]);
    let whole = json!({ "merge_base_commit": { "sha": BASE }, "files": files });
    mount(&server, "GET", &at, ResponseTemplate::new(200).set_body_json(whole)).await;
    let comparison = connect(&server)
        .compare(Between { base: &Sha(BASE.into()), head: &Sha(HEAD.into()), pull: None })
        .await
        .unwrap();
    assert_eq!(comparison.merge_base.0, BASE);
    let Patches::Files { files, incomplete } = comparison.patches else { panic!("{comparison:?}") };
    assert_eq!(files[1].renamed_from.as_deref(), Some("old.py"));
    assert_eq!(incomplete.as_deref(), Some("GitHub hands out no patch for 1 large files"));
}

#[tokio::test]
async fn the_base_is_read_with_its_policy_and_ancestors_at_once() {
    let server = MockServer::start().await;
    let answer = json!({ "data": { "repository": {
        "file0": null,
        "file1": { "text": "version: 1\n", "isTruncated": false },
        "commit": { "history": { "nodes": [
            { "oid": BASE, "parents": { "nodes": [{ "oid": HEAD }] } },
            { "oid": HEAD, "parents": { "nodes": [] } } ] } } } } });
    Mock::given(method("POST"))
        .and(path("/graphql"))
        .and(body_partial_json(json!({ "variables": { "file1": format!("{BASE}:.github/readiness.yml") } })))
        .respond_with(ResponseTemplate::new(200).set_body_json(answer))
        .mount(&server)
        .await;
    let paths = ["readiness.yml", ".github/readiness.yml"];
    let base = connect(&server).base_commit(&Sha(BASE.into()), &paths).await.unwrap();
    assert_eq!(base.files, [BaseFile::Absent, BaseFile::Text("version: 1\n".into())]);
    assert_eq!(base.ancestry.line_from(&Sha(BASE.into())), [Sha(BASE.into()), Sha(HEAD.into())]);
}

#[tokio::test]
async fn files_of_a_commit_are_listed_without_folders_and_submodules() {
    let server = MockServer::start().await;
    let entry = |path: &str, kind: &str| json!({ "path": path, "type": kind, "mode": "100644", "sha": BASE });
    let tree = json!({ "sha": HEAD, "truncated": true,
        "tree": [entry("src", "tree"), entry("src/a.rs", "blob"), entry("lib", "commit"), entry("b c.rs", "blob")] });
    let at = format!("/repos/acme/widgets/git/trees/{HEAD}");
    Mock::given(method("GET"))
        .and(path(at))
        .and(query_param("recursive", "1"))
        .respond_with(ResponseTemplate::new(200).set_body_json(tree))
        .mount(&server)
        .await;
    let files = connect(&server).files_of(&Sha(HEAD.into())).await.unwrap();
    assert_eq!(files.paths, ["src/a.rs", "b c.rs"]);
    assert!(files.is_cut);
}
