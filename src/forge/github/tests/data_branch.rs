//! Commits on the data branch.

use serde_json::json;
use wiremock::matchers::{body_string_contains, header, method, path};
use wiremock::{Mock, MockServer, ResponseTemplate};

use super::server::{BASE, HEAD, connect, json_of, mount, seen};
use crate::forge::github::data_branch::DataBranch;
use crate::history::store::{At, Change, Commit, Store as _, Version};

fn change(parent: Option<&str>) -> Change {
    Change {
        parent: Version(parent.map(str::to_owned)),
        files: vec![("v1/branches/a%2Fb/2026-11.jsonl".into(), b"{}\n".to_vec())],
        message: "Record run 1".into(),
    }
}

#[tokio::test]
async fn a_commit_on_the_data_branch_is_a_compare_and_swap() {
    let server = MockServer::start().await;
    let stale = json!({ "data": null, "errors": [{ "type": "STALE_DATA", "message": "Expected branch" }] });
    let written = json!({ "data": { "createCommitOnBranch": { "commit": { "oid": HEAD } } } });
    for answer in [stale, written] {
        Mock::given(method("POST"))
            .and(body_string_contains("expectedHeadOid"))
            .respond_with(ResponseTemplate::new(200).set_body_json(answer))
            .up_to_n_times(1)
            .mount(&server)
            .await;
    }
    let store = DataBranch::new(connect(&server), "readiness-data");
    assert!(matches!(store.commit(&change(Some(BASE))).await.unwrap(), Commit::Moved));
    let committed = store.commit(&change(Some(BASE))).await.unwrap();
    assert!(matches!(committed, Commit::Committed(Version(Some(commit))) if commit == HEAD));
    let sent = json_of(&server.received_requests().await.unwrap()[1]);
    let input = &sent["variables"]["input"];
    assert_eq!(input["expectedHeadOid"], BASE);
    assert_eq!(input["branch"]["branchName"], "readiness-data");
    assert_eq!(input["fileChanges"]["additions"][0]["contents"], "e30K");
}

#[tokio::test]
async fn a_commit_whose_answer_is_lost_is_unsure_and_is_not_repeated() {
    let server = MockServer::start().await;
    mount(&server, "POST", "/graphql", ResponseTemplate::new(502)).await;
    let store = DataBranch::new(connect(&server), "readiness-data");
    let unsure = store.commit(&change(Some(BASE))).await.unwrap();
    assert!(
        matches!(&unsure, Commit::Unsure(error) if error.cause.to_string().contains("502")),
        "{unsure:?}"
    );
    assert_eq!(seen(&server).await.len(), 1);
}

#[tokio::test]
async fn the_first_commit_starts_an_orphan_branch() {
    let server = MockServer::start().await;
    for (kind, sha) in [("blobs", "b"), ("trees", "t"), ("commits", "c")] {
        let created = ResponseTemplate::new(201).set_body_json(json!({ "sha": sha }));
        mount(&server, "POST", &format!("/repos/acme/widgets/git/{kind}"), created).await;
    }
    let refs = "/repos/acme/widgets/git/refs";
    mount(&server, "POST", refs, ResponseTemplate::new(201).set_body_json(json!({}))).await;
    let store = DataBranch::new(connect(&server), "readiness-data");
    let committed = store.commit(&change(None)).await.unwrap();
    assert!(matches!(committed, Commit::Committed(Version(Some(commit))) if commit == "c"));
    let requests = server.received_requests().await.unwrap();
    assert_eq!(json_of(&requests[2])["parents"], json!([]));
    assert_eq!(json_of(&requests[3]), json!({ "ref": "refs/heads/readiness-data", "sha": "c" }));
}

#[tokio::test]
async fn files_are_read_by_encoded_paths_and_absent_ones_are_none() {
    let server = MockServer::start().await;
    let at = "/repos/acme/widgets/contents/v1/branches/a%252Fb/tip.json.zst";
    Mock::given(method("GET"))
        .and(path(at))
        .and(header("accept", "application/vnd.github.raw+json"))
        .respond_with(ResponseTemplate::new(200).set_body_bytes(b"\x28\xb5raw".to_vec()))
        .mount(&server)
        .await;
    let store = DataBranch::new(connect(&server), "readiness-data");
    let read = store.read(At::Newest, "v1/branches/a%2Fb/tip.json.zst").await.unwrap();
    assert_eq!(read.as_deref(), Some(&b"\x28\xb5raw"[..]));
    assert_eq!(store.read(At::Newest, "absent").await.unwrap(), None);
    assert_eq!(store.head().await.unwrap(), Version(None));
}
