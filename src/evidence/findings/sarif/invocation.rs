//! Whether a tool ran as it should.

use super::rules::level;
use super::run::Run;
use crate::evidence::json::Value;

/// Takes over what one invocation says of itself.
pub(super) fn read(invocation: &Value, run: &mut Run) {
    if matches!(invocation.get("executionSuccessful"), Value::Bool(false)) {
        let complaint = complaints(invocation).find_map(|one| one.get("message").text_of("text"));
        let reason = match complaint {
            Some(complaint) => format!("says that it failed: {complaint}"),
            None => "says that it failed (`executionSuccessful` is false)".to_owned(),
        };
        run.failure.get_or_insert(reason.chars().take(400).collect());
        return;
    }
    run.complaints += complaints(invocation).count() as u64;
    for one in invocation.get("ruleConfigurationOverrides").list() {
        let rule = one.get("descriptor").text_of("id");
        let level = one.get("configuration").text_of("level").and_then(level);
        if let Some((rule, level)) = rule.zip(level) {
            run.overrides.insert(rule.to_owned(), level);
        }
    }
}

/// The tool's own errors.
fn complaints(invocation: &Value) -> impl Iterator<Item = &Value> {
    ["toolExecutionNotifications", "toolConfigurationNotifications"]
        .into_iter()
        .flat_map(|kind| invocation.get(kind).list())
        .filter(|one| one.text_of("level") == Some("error"))
}
