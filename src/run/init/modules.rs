//! Members of a workspace, by what its root file says.

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::model::glob::{Glob, Globs};

/// Folders of all members, in order; nothing when the repository is one project.
pub(super) fn found(paths: &[String], read: &dyn Fn(&str) -> String) -> Vec<String> {
    let has = |name: &str| paths.iter().any(|path| path == name);
    let mut folders = BTreeSet::new();
    if read("Cargo.toml").contains("[workspace") {
        let packages = holding(paths, "Cargo.toml");
        folders.extend(packages.filter(|folder| read(&format!("{folder}/Cargo.toml")).contains("[package]")));
    }
    if let Some(members) = node_members(read) {
        folders.extend(holding(paths, "package.json").filter(|folder| members.has(folder)));
    }
    for settings in ["settings.gradle", "settings.gradle.kts"] {
        let included = gradle_members(&read(settings));
        folders.extend(included.into_iter().filter(|folder| {
            has(&format!("{folder}/build.gradle")) || has(&format!("{folder}/build.gradle.kts"))
        }));
    }
    if read("pom.xml").contains("<modules>") {
        folders.extend(holding(paths, "pom.xml"));
    }
    if has("go.work") {
        folders.extend(holding(paths, "go.mod"));
    }
    folders.into_iter().collect()
}

/// Folders below the root that hold a file `name`.
fn holding<'a>(paths: &'a [String], name: &'a str) -> impl Iterator<Item = String> + 'a {
    paths.iter().filter_map(move |path| path.strip_suffix(name)?.strip_suffix('/').map(str::to_owned))
}

/// Globs on folders; those with a leading `!` take out.
struct Members {
    taken: Globs,
    left_out: Globs,
}

impl Members {
    fn has(&self, folder: &str) -> bool {
        self.taken.matches(folder) && !self.left_out.matches(folder)
    }
}

#[derive(Deserialize)]
struct Package {
    workspaces: Option<Workspaces>,
}

/// npm and Yarn take a list or an object with one.
#[derive(Deserialize)]
#[serde(untagged)]
enum Workspaces {
    List(Vec<String>),
    Object { packages: Vec<String> },
}

#[derive(Deserialize)]
struct Pnpm {
    packages: Option<Vec<String>>,
}

fn node_members(read: &dyn Fn(&str) -> String) -> Option<Members> {
    let pnpm = serde_yaml::from_str::<Pnpm>(&read("pnpm-workspace.yaml")).ok().and_then(|pnpm| pnpm.packages);
    let npm =
        serde_json::from_str::<Package>(&read("package.json")).ok().and_then(|package| package.workspaces);
    let globs = pnpm.or(npm.map(|workspaces| match workspaces {
        Workspaces::List(packages) | Workspaces::Object { packages } => packages,
    }))?;
    let (left_out, taken): (Vec<&str>, Vec<&str>) =
        globs.iter().map(String::as_str).partition(|glob| glob.starts_with('!'));
    Some(Members { taken: matchers(&taken), left_out: matchers(&left_out) })
}

/// A glob that is none matches nothing: what it meant is for the package manager to say.
fn matchers(globs: &[&str]) -> Globs {
    let clean =
        |glob: &str| glob.trim_start_matches('!').trim_start_matches("./").trim_end_matches('/').to_owned();
    Globs(globs.iter().filter_map(|glob| Glob::new(&clean(glob)).ok()).collect())
}

/// Quoted project paths after `include`: `include(":app", "lib:core")`.
fn gradle_members(settings: &str) -> Vec<String> {
    let mut folders = Vec::new();
    let mut is_open = false;
    for line in settings.lines().map(str::trim) {
        let starts = line.strip_prefix("include").is_some_and(|rest| rest.starts_with(['(', ' ', '"', '\'']));
        if !(starts || is_open) {
            continue;
        }
        let quoted = line.split(['"', '\'']).skip(1).step_by(2);
        folders.extend(quoted.map(|path| path.trim_start_matches(':').replace(':', "/")));
        is_open = line.ends_with([',', '(']);
    }
    folders
}
