//! SARIF 2.1.0, the Static Analysis Results Interchange Format.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>. Keys of a run come in any order, so what a
//! result leaves to its rule is put right at the end of the run.

use std::io::BufRead;

use super::assembly::{Assembly, without};
use crate::evidence::format::Head;
use crate::evidence::json::Cursor;
use crate::evidence::reading::{Reading, Stop};
<<<<<<< HEAD
use crate::evidence::tally::Tally;
use crate::model::findings::{FindingsReport, Level, SecuritySeverity};
use crate::model::order;
=======
use crate::model::findings::FindingsReport;
>>>>>>> w-tests

mod invocation;
mod result;
mod rules;
mod run;

/// Whether a file that begins like this is SARIF.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    let shape = &head.shape;
    let says_so = || head.text.to_ascii_lowercase().contains("sarif");
    shape.has("runs[].tool.driver")
        || (shape.has("runs") && (shape.has("runs[].results") || shape.has("version")) && says_so())
}

/// Reads one log.
pub(crate) fn read(text: impl BufRead) -> Reading<FindingsReport> {
    let mut json = Cursor::new(text);
    let mut report = Assembly::default();
    let ended = document(&mut json, &mut report);
    report.finish(ended, json.problems())
}

fn document<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let (mut listed, mut runs) = (false, 0_u64);
    json.find_document()?;
    json.object(|json, key| {
        if key != "runs" {
            return json.skip();
        }
        listed |= json.list(|json| {
            runs += 1;
            run::read(json, report)
        })?;
        Ok(())
    })?;
    json.end()?;
    if !listed {
        return Err(without("runs"));
    }
    if runs == 0 {
        report.set_tool("");
        report.failed("did not run: the log holds no run");
    }
    Ok(())
}

<<<<<<< HEAD
/// A rule's settings.
#[derive(Clone, Debug, Default)]
struct Rule {
    id: Arc<str>,
    level: Option<Level>,
    severity: Option<SecuritySeverity>,
}

/// What a result leaves to its run.
#[derive(Clone, Copy, Debug)]
struct Open {
    /// The tool's component; `None` is its driver.
    component: Option<u32>,
    rule: Option<u32>,
    artifact: Option<u32>,
    level: Option<Level>,
}

/// A run that is being read.
#[derive(Default)]
struct Run {
    tool: Option<String>,
    /// Of the driver at 0, of extensions from 1 on.
    rules: Vec<Vec<Rule>>,
    /// Levels that the invocation sets, by rule id.
    overrides: HashMap<String, Level>,
    artifacts: Vec<Option<Arc<str>>>,
    open: Vec<Open>,
    has_results: bool,
    failure: Option<String>,
    complaints: u64,
    review: Tally,
}

fn run<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
    let first = report.len();
    report.set_tool("");
    let mut run = Run { rules: vec![Vec::new()], ..Run::default() };
    let ended = members(json, report, &mut run);
    settle(&mut run, first, report);
    ended?;
    match run.failure.take() {
        Some(reason) => report.failed(reason),
        None if !run.has_results => {
            report.failed(
                "did not run: the run has no `results`; a tool that finds nothing writes an empty list",
            );
        }
        None => report.ran(),
    }
    if run.complaints > 0 {
        let name = run.tool.as_deref().unwrap_or("the tool");
        report.warn(format!(
            "{name} reports {} errors of its own; some files may not have been looked at",
            run.complaints
        ));
    }
    // What comes behind a run is by nobody yet.
    report.set_tool("");
    report.note(run.review.said("a result awaits a review by a person and is not counted"));
    Ok(())
}

fn members<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly, run: &mut Run) -> Result<(), Stop> {
    json.object(|json, key| {
        match key {
            "tool" => tool(json, report, run)?,
            "invocations" => {
                json.list(|json| {
                    invocation(&json.value()?, run);
                    Ok(())
                })?;
            }
            "artifacts" => {
                json.list(|json| artifact(json, report, run))?;
            }
            "results" => run.has_results |= json.list(|json| result(json, report, run))?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok(())
}

fn tool<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly, run: &mut Run) -> Result<(), Stop> {
    json.object(|json, key| {
        match key {
            "driver" => {
                run.tool = component(json, report, run, 0)?;
            }
            "extensions" => {
                json.list(|json| {
                    run.rules.push(Vec::new());
                    let number = run.rules.len() - 1;
                    component(json, report, run, number).map(|_| ())
                })?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok(())
}

/// Reads a component's rules and gives its name.
fn component<R: BufRead>(
    json: &mut Cursor<R>,
    report: &mut Assembly,
    run: &mut Run,
    number: usize,
) -> Result<Option<String>, Stop> {
    let mut name = None;
    json.object(|json, key| {
        match key {
            "name" => name = json.text()?,
            "rules" => {
                json.list(|json| {
                    let found = rule(json, report)?;
                    if let Some(rules) = run.rules.get_mut(number).filter(|rules| rules.len() < MAX_ENTRIES) {
                        rules.push(found);
                    }
                    Ok(())
                })?;
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok(name)
}

fn rule<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<Rule, Stop> {
    let mut rule = Rule::default();
    json.object(|json, key| {
        match key {
            "id" => rule.id = report.name(&json.text()?.unwrap_or_default()),
            "defaultConfiguration" => rule.level = json.value()?.text_of("level").and_then(level),
            "properties" => {
                let place = json.place();
                rule.severity = security(&json.value()?).and_then(|rated| report.severity(rated, place));
            }
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok(rule)
}

/// A level as written; `none` on something that failed is the lowest one.
fn level(written: &str) -> Option<Level> {
    if written == "none" { Some(Level::Note) } else { Level::named(written) }
}

/// What `properties` say of the severity: a score as a string.
fn security(properties: &Value) -> Option<severity::Rated> {
    Some(severity::score(properties.get("security-severity").text()?))
}

fn invocation(invocation: &Value, run: &mut Run) {
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

fn artifact<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly, run: &mut Run) -> Result<(), Stop> {
    let mut path = None;
    json.object(|json, key| {
        if key == "location" {
            path = json.value()?.text_of("uri").map(|uri| report.path(uri));
            return Ok(());
        }
        json.skip()
    })?;
    if run.artifacts.len() < MAX_ENTRIES {
        run.artifacts.push(path);
    }
    Ok(())
}

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

fn result<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly, run: &mut Run) -> Result<(), Stop> {
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

/// Puts right what the findings from the `first` on leave to their run.
fn settle(run: &mut Run, first: usize, report: &mut Assembly) {
    let tool = report.name(run.tool.as_deref().unwrap_or_default());
    report.set_tool(&tool);
    let by_id: HashMap<&str, &Rule> = run.rules.iter().flatten().map(|rule| (&*rule.id, rule)).collect();
    for (finding, open) in report.since(first).iter_mut().zip(&run.open) {
        finding.tool = Arc::clone(&tool);
        let component = open.component.map_or(0, |component| component as usize + 1);
        let indexed = open.rule.and_then(|index| run.rules.get(component)?.get(index as usize));
        // A rule below a rule (`CA1000/1`) has the settings of the upper one.
        let family = finding.rule.split('/').next().unwrap_or_default();
        let rule = indexed.or_else(|| by_id.get(&*finding.rule).or(by_id.get(family)).copied());
        if let Some(rule) = rule {
            if finding.rule.is_empty() {
                finding.rule = Arc::clone(&rule.id);
            }
            finding.severity = finding.severity.or(rule.severity);
        }
        let overridden = run.overrides.get(&*finding.rule).copied();
        finding.level =
            open.level.or(overridden).or(rule.and_then(|rule| rule.level)).unwrap_or(Level::Warning);
        let path = open.artifact.and_then(|index| run.artifacts.get(index as usize)?.clone());
        finding.path = finding.path.take().or(path);
    }
    run.open = Vec::new();
}

=======
>>>>>>> w-tests
#[cfg(test)]
mod tests;
