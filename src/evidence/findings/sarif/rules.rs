//! The rules of a tool and of its extensions.

use std::io::BufRead;

use super::run::{MAX_ENTRIES, Rule, Run};
use crate::evidence::findings::assembly::Assembly;
use crate::evidence::findings::severity;
use crate::evidence::json::{Cursor, Value};
use crate::evidence::reading::Stop;
use crate::model::findings::Level;

pub(super) fn tool<R: BufRead>(
    json: &mut Cursor<R>,
    report: &mut Assembly,
    run: &mut Run,
) -> Result<(), Stop> {
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
pub(super) fn level(written: &str) -> Option<Level> {
    if written == "none" { Some(Level::Note) } else { Level::named(written) }
}

/// What `properties` say of the severity: a score as a string.
pub(super) fn security(properties: &Value) -> Option<severity::Rated> {
    Some(severity::score(properties.get("security-severity").text()?))
}
