//! `action.yml` says what the program does: the same inputs, the same outputs, the same image.

use std::collections::BTreeSet;

use anyhow::{Context as _, Result, ensure};
use readiness::run::action::{INPUTS, OUTPUTS};
use serde_yaml::Value;

use crate::common::repository_file;

fn action() -> Result<Value> {
    serde_yaml::from_str(&repository_file("action.yml")?).context("action.yml is no YAML")
}

/// The keys of a table of `action.yml`.
fn keys(action: &Value, table: &str) -> Result<BTreeSet<String>> {
    let table = action.get(table).and_then(Value::as_mapping).with_context(|| format!("no `{table}`"))?;
    Ok(table.keys().filter_map(Value::as_str).map(str::to_owned).collect())
}

#[test]
fn the_action_takes_and_gives_what_the_program_does() -> Result<()> {
    let action = action()?;
    for (table, names) in [("inputs", &INPUTS[..]), ("outputs", &OUTPUTS[..])] {
        let known: BTreeSet<String> = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(keys(&action, table)?, known, "{table}");
    }
    Ok(())
}

#[test]
fn every_input_and_output_is_described_and_every_input_optional() -> Result<()> {
    let action = action()?;
    for table in ["inputs", "outputs"] {
        for key in keys(&action, table)? {
            let entry = &action[table][&*key];
            let text = entry["description"].as_str().unwrap_or_default();
            ensure!(text.len() > 10, "`{key}` has no description");
            ensure!(entry["required"].as_bool() != Some(true), "`{key}` is required");
        }
    }
    Ok(())
}

#[test]
fn the_action_without_docker_takes_and_gives_the_same() -> Result<()> {
    let action = action()?;
    let other: Value = serde_yaml::from_str(&repository_file("binary/action.yml")?)?;
    assert_eq!(other["inputs"], action["inputs"]);
    assert_eq!(keys(&other, "outputs")?, keys(&action, "outputs")?);
    for name in OUTPUTS {
        let value = format!("${{{{ steps.readiness.outputs.{name} }}}}");
        assert_eq!(other["outputs"][name]["value"].as_str(), Some(&*value), "{name}");
    }
    let run = other["runs"]["steps"][1].as_mapping().context("no second step")?;
    for name in INPUTS {
        let variable = format!("INPUT_{}", name.to_ascii_uppercase());
        let value = format!("${{{{ inputs.{name} }}}}");
        assert_eq!(run["env"][&*variable].as_str(), Some(&*value), "{name}");
    }
    Ok(())
}

#[test]
fn the_token_is_the_jobs_own_unless_another_is_given() -> Result<()> {
    assert_eq!(action()?["inputs"]["token"]["default"].as_str(), Some("${{ github.token }}"));
    Ok(())
}

#[test]
fn the_container_starts_the_program_by_an_absolute_path_as_the_default_user() -> Result<()> {
    let action = action()?;
    assert_eq!(action["runs"]["using"].as_str(), Some("docker"));
    assert_eq!(action["runs"]["args"][0].as_str(), Some("run"));
    let dockerfile = repository_file("Dockerfile")?;
    let last_stage = dockerfile.rsplit("FROM scratch").next().context("no last stage")?;
    assert!(last_stage.contains("ENTRYPOINT [\"/readiness\"]"), "{last_stage}");
    for instruction in ["USER", "WORKDIR"] {
        assert!(!dockerfile.lines().any(|line| line.starts_with(instruction)), "{instruction}");
    }
    Ok(())
}
