//! Check runs.

use serde_json::json;
use wiremock::{MockServer, ResponseTemplate};

use super::server::{HEAD, connect, json_of, mount};
use crate::forge::github::check_run::{Annotation, CheckRun, Conclusion, Level};
use crate::model::commit::Sha;

#[tokio::test]
async fn a_check_run_whose_answer_is_lost_is_looked_for_and_gets_its_other_annotations() {
    let server = MockServer::start().await;
    mount(&server, "POST", "/repos/acme/widgets/check-runs", ResponseTemplate::new(502)).await;
    let there =
        json!({ "check_runs": [{ "id": 4, "external_id": "1.1" }, { "id": 5, "external_id": "1.2" }] });
    let list = format!("/repos/acme/widgets/commits/{HEAD}/check-runs");
    mount(&server, "GET", &list, ResponseTemplate::new(200).set_body_json(there)).await;
    let update = "/repos/acme/widgets/check-runs/5";
    mount(&server, "PATCH", update, ResponseTemplate::new(200).set_body_json(json!({}))).await;
    let annotation = Annotation {
        path: "a.py".into(),
        start_line: 1,
        end_line: 1,
        annotation_level: Level::Warning,
        message: "m".into(),
        title: "t".into(),
    };
    let check = CheckRun {
        name: "Readiness report".into(),
        head: Sha(HEAD.into()),
        external_id: "1.2".into(),
        conclusion: Conclusion::Success,
        title: "t".into(),
        summary: "s".into(),
        annotations: vec![annotation; 51],
    };
    connect(&server).create_check_run(&check).await.unwrap();
    let requests = server.received_requests().await.unwrap();
    assert_eq!(requests.len(), 3);
    assert_eq!(json_of(&requests[0])["output"]["annotations"].as_array().unwrap().len(), 50);
    assert_eq!(json_of(&requests[2])["output"]["annotations"].as_array().unwrap().len(), 1);
}
