//! One result: its rule, level, place and suppressions.

use std::fmt::Write as _;
use std::io::BufRead;

use super::rules::{level, security};
use super::run::{Open, Run};
use crate::evidence::findings::assembly::{Assembly, Draft};
use crate::evidence::json::{Cursor, Value};
use crate::evidence::reading::Stop;
use crate::model::findings::{Level, SecuritySeverity};
use crate::model::order;

/// The fields of a result that matter.
#[derive(Default)]
struct Fields {
    rule: Option<String>,
    rule_index: Option<u32>,
    component: Option<u32>,
    level: Option<Level>,
    kind: Option<String>,
    baseline: Option<String>,
    message: Option<String>,
    key: Option<String>,
    severity: Option<SecuritySeverity>,
    suppressed: Option<String>,
    path: Option<String>,
    artifact: Option<u32>,
    line: Option<u32>,
}

/// Reads one result.
pub(super) fn read<R: BufRead>(
    json: &mut Cursor<R>,
    report: &mut Assembly,
    run: &mut Run,
) -> Result<(), Stop> {
    let place = json.place();
    let mut fields = Fields::default();
    let is_object = json.object(|json, key| field(json, key, report, &mut fields))?;
    if !is_object {
        report.odd_record(place);
        return Ok(());
    }
    // What is gone since the tool's own baseline is listed, too.
    if fields.baseline.as_deref() == Some("absent") || run.open.len() > u32::MAX as usize {
        return Ok(());
    }
    match fields.kind.as_deref() {
        None | Some("fail") => {}
        Some("review" | "open") => {
            run.review.add(|| place);
            return Ok(());
        }
        Some(_) => return Ok(()),
    }
    let level = fields.level.unwrap_or(Level::Warning);
    let draft = Draft {
        severity: fields.severity,
        path: fields.path.as_deref(),
        line: fields.line,
        key: fields.key.as_deref(),
        suppressed: fields.suppressed.as_deref(),
        ..Draft::new(
            fields.rule.as_deref().unwrap_or_default(),
            level,
            fields.message.as_deref().unwrap_or_default(),
        )
    };
    report.add(&draft, place)?;
    run.open.push(Open {
        component: fields.component,
        rule: fields.rule_index,
        artifact: fields.artifact.filter(|_| fields.path.is_none()),
        level: fields.level,
    });
    Ok(())
}

fn field<R: BufRead>(
    json: &mut Cursor<R>,
    key: &str,
    report: &mut Assembly,
    fields: &mut Fields,
) -> Result<(), Stop> {
    match key {
        "ruleId" => fields.rule = json.text()?.or(fields.rule.take()),
        "ruleIndex" => fields.rule_index = index(&json.value()?),
        "rule" => {
            let reference = json.value()?;
            fields.rule = fields.rule.take().or_else(|| reference.text_of("id").map(str::to_owned));
            fields.rule_index = fields.rule_index.or(index(reference.get("index")));
            fields.component = index(reference.get("toolComponent").get("index"));
        }
        "level" => fields.level = json.text()?.as_deref().and_then(level),
        "kind" => fields.kind = json.text()?,
        "baselineState" => fields.baseline = json.text()?,
        "message" => {
            let message = json.value()?;
            let said = ["text", "markdown", "id"].iter().find_map(|key| message.text_of(key));
            fields.message = said.map(str::to_owned);
        }
        "fingerprints" => fields.key = joined(&json.value()?).or(fields.key.take()),
        "partialFingerprints" => fields.key = fields.key.take().or(joined(&json.value()?)),
        "properties" => {
            let place = json.place();
            fields.severity = security(&json.value()?).and_then(|rated| report.severity(rated, place));
        }
        "suppressions" => fields.suppressed = suppression(&json.value()?),
        "locations" => locations(json, fields)?,
        _ => json.skip()?,
    }
    Ok(())
}

/// An index into a list of the run; -1 stands for none.
fn index(value: &Value) -> Option<u32> {
    value.text().filter(|text| !text.starts_with('-'))?;
    value.count().and_then(|index| u32::try_from(index).ok())
}

/// All fingerprints in the order of their names.
fn joined(fingerprints: &Value) -> Option<String> {
    let mut all: Vec<(&str, &str)> = fingerprints
        .members()
        .iter()
        .filter_map(|(name, value)| Some((name.as_str(), value.text()?)))
        .collect();
    order::sort(&mut all);
    let mut key = String::new();
    for (name, value) in all {
        let _ = writeln!(key, "{name}={value}");
    }
    (!key.is_empty()).then_some(key)
}

/// The reason of a suppression that holds: none of them is under review or rejected.
fn suppression(suppressions: &Value) -> Option<String> {
    let all = suppressions.list();
    let holds = |one: &Value| matches!(one.text_of("status"), None | Some("accepted"));
    let first = all.first().filter(|_| all.iter().all(holds))?;
    let reason = all.iter().find_map(|one| one.text_of("justification"));
    let default = match first.text_of("kind") {
        Some("inSource") => "suppressed in the source",
        Some("external") => "suppressed outside of the source",
        _ => "suppressed",
    };
    Some(reason.unwrap_or(default).to_owned())
}

/// The place of the first location.
fn locations<R: BufRead>(json: &mut Cursor<R>, fields: &mut Fields) -> Result<(), Stop> {
    let mut first = true;
    json.list(|json| {
        if !std::mem::take(&mut first) {
            return json.skip();
        }
        json.object(|json, key| {
            if key != "physicalLocation" {
                return json.skip();
            }
            json.object(|json, key| {
                match key {
                    "artifactLocation" => {
                        let artifact = json.value()?;
                        fields.path = artifact.text_of("uri").map(str::to_owned);
                        fields.artifact = index(artifact.get("index"));
                    }
                    "region" => fields.line = json.value()?.line_of("startLine"),
                    _ => json.skip()?,
                }
                Ok(())
            })
            .map(|_| ())
        })
        .map(|_| ())
    })?;
    Ok(())
}
