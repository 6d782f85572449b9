//! Reading of one run: its parts in any order, put right at its end.

use std::collections::HashMap;
use std::io::BufRead;
use std::sync::Arc;

use super::rules::tool;
use super::run::{MAX_ENTRIES, Rule, Run};
use super::{invocation, result};
use crate::evidence::findings::assembly::Assembly;
use crate::evidence::json::Cursor;
use crate::evidence::reading::Stop;
use crate::model::findings::Level;

/// Reads one run.
pub(super) fn read<R: BufRead>(json: &mut Cursor<R>, report: &mut Assembly) -> Result<(), Stop> {
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
                    invocation::read(&json.value()?, run);
                    Ok(())
                })?;
            }
            "artifacts" => {
                json.list(|json| artifact(json, report, run))?;
            }
            "results" => run.has_results |= json.list(|json| result::read(json, report, run))?,
            _ => json.skip()?,
        }
        Ok(())
    })?;
    Ok(())
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
