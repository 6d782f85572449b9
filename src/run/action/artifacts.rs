//! Artifacts of a run: chosen by name, downloaded side by side into a folder of our own, read where they lie.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::Instant;

use super::advised;
use super::job::{Downloads, Job};
use crate::forge::github::GitHub;
use crate::forge::github::artifacts::{Artifact, newest};
use crate::forge::github::download::{DownloadError, Landing};
use crate::platform::files::{self, Asked, Download, Found, Fresh, Unpacking};
use crate::run::exit::Advice;
use crate::run::output;

/// Downloads at a time.
const AT_ONCE: usize = 4;
/// Most artifacts of one evaluation: a matrix of 256 jobs fits.
const ARTIFACTS_MAX: usize = 500;
/// For all downloads together; what is left of the run's time is for publishing.
const TIME_LIMIT: Duration = Duration::from_secs(90);
/// Names shown when none fits.
const NAMES_SHOWN: usize = 10;

/// What was downloaded. The files live as long as this.
#[derive(Default)]
pub(super) struct Fetched {
    folder: Option<Fresh>,
    /// What can be read, and what could not be had.
    pub(super) found: Vec<Found>,
    /// What a reader must know.
    pub(super) notes: Vec<String>,
}

impl Fetched {
    /// Whether artifacts are the evidence at all.
    pub(super) fn is_asked_for(&self) -> bool {
        self.folder.is_some()
    }
}

/// An artifact, and whether it was named or merely fits a glob.
struct Chosen {
    artifact: Artifact,
    asked: Asked,
}

/// Downloads what the job asks for.
pub(super) async fn fetch(job: &Job) -> anyhow::Result<Fetched> {
    let Some(downloads) = job.downloads() else { return Ok(Fetched::default()) };
    let all = job.github.artifacts(&downloads.run).await.map_err(|error| advised(&error))?;
    let (chosen, notes) = choose(&downloads, newest(all))?;
    let folder = Fresh::below(job.temporary().as_deref());
    let folder = Arc::new(folder.context("failed to make a folder for the artifacts of the run")?);
    let mut downloaded = download_all(job, &folder, &chosen).await;
    let mut unpacking = Unpacking::default();
    let mut found = Vec::new();
    for one in &chosen {
        let place = downloaded.remove(&one.artifact.id);
        found.extend(read_in(one, place, &mut unpacking));
    }
    // All downloads have ended, so nobody else holds the folder.
    Ok(Fetched { folder: Arc::into_inner(folder), found, notes })
}

/// The artifacts that fit, and a word on what fits none.
fn choose(downloads: &Downloads, all: Vec<Artifact>) -> anyhow::Result<(Vec<Chosen>, Vec<String>)> {
    let mut unused: Vec<(usize, &String)> = downloads.patterns.iter().enumerate().collect();
    let globs =
        downloads.patterns.iter().map(|pattern| files::name_glob(pattern)).collect::<Result<Vec<_>, _>>()?;
    let names: Vec<String> = all.iter().map(|artifact| artifact.name.clone()).collect();
    let mut chosen = Vec::new();
    for artifact in all {
        let is_named = downloads.patterns.contains(&artifact.name);
        let fits = |at: &usize| globs.get(*at).is_some_and(|glob| glob.is_match(&artifact.name));
        let is_it = |pattern: &String| *pattern == artifact.name;
        let fitting = downloads.patterns.iter().enumerate().any(|(at, pattern)| is_it(pattern) || fits(&at));
        unused.retain(|(at, pattern)| !is_it(pattern) && !fits(at));
        if fitting {
            let asked = if is_named { Asked::ByName } else { Asked::AlongWith };
            chosen.push(Chosen { artifact, asked });
        }
    }
    if chosen.is_empty() {
        return Err(nothing(downloads, &names));
    }
    if chosen.len() > ARTIFACTS_MAX {
        return Err(Advice::error(
            format!("{} artifacts fit the input `artifacts`, at most {ARTIFACTS_MAX} are read", chosen.len()),
            "name fewer of them, or let one job gather the reports",
        ));
    }
    let note = |(_, pattern): (usize, &String)| format!("no artifact of the run matches `{pattern}`");
    Ok((chosen, unused.into_iter().map(note).collect()))
}

fn nothing(downloads: &Downloads, names: &[String]) -> anyhow::Error {
    let quoted = |names: &[String]| {
        names.iter().take(NAMES_SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
    };
    let there = match names.len() {
        0 => "it has none".to_owned(),
        more @ NAMES_SHOWN.. => format!("it has {more}, among them {}", quoted(names)),
        _ => format!("it has {}", quoted(names)),
    };
    Advice::error(
        format!("no artifact of run {} matches {}: {there}", downloads.run, quoted(&downloads.patterns)),
        "upload the reports with actions/upload-artifact (`if: always()`), and name the artifacts in `artifacts`",
    )
}

type Places = HashMap<u64, Result<PathBuf, DownloadError>>;

async fn download_all(job: &Job, folder: &Arc<Fresh>, chosen: &[Chosen]) -> Places {
    let until = Instant::now() + TIME_LIMIT;
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for (number, one) in chosen.iter().enumerate() {
        let (github, folder, turns) = (job.github.clone(), Arc::clone(folder), Arc::clone(&turns));
        let (artifact, masks) = (one.artifact.clone(), job.masks());
        running.spawn(async move {
            // The semaphore is never closed, so there always is a turn.
            let _turn = turns.acquire().await;
            (artifact.id, download(&github, &artifact, (&folder, number, masks), until).await)
        });
    }
    running.join_all().await.into_iter().collect()
}

async fn download(
    github: &GitHub,
    artifact: &Artifact,
    (folder, number, masks): (&Fresh, usize, output::Masks),
    until: Instant,
) -> Result<PathBuf, DownloadError> {
    let mut file = File { file: folder.landing(number)?, masks };
    github.download(artifact, &mut file, until).await?;
    Ok(file.file.close())
}

/// A file that learns what must not be shown.
struct File {
    file: files::Landing,
    masks: output::Masks,
}

impl Landing for File {
    fn restart(&mut self) -> std::io::Result<()> {
        self.file.restart()
    }

    fn append(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        self.file.append(bytes)
    }

    fn hide(&self, secret: &str) {
        self.masks.hide(secret);
    }
}

/// What an artifact holds; one that could not be had is bad evidence, not a reason to judge nothing.
fn read_in(
    one: &Chosen,
    place: Option<Result<PathBuf, DownloadError>>,
    unpacking: &mut Unpacking,
) -> Vec<Found> {
    let name = &one.artifact.name;
    match place {
        Some(Ok(place)) => {
            let created = one.artifact.created_at;
            files::downloaded(&Download { place: &place, name, created, asked: one.asked }, unpacking)
        }
        Some(Err(error)) => vec![Found::refused(name.clone(), 0, error.to_string())],
        None => vec![Found::refused(name.clone(), 0, "its download was given up")],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chosen(patterns: &[&str], names: &[&str]) -> String {
        let artifact = |(id, name): (u64, &&str)| Artifact {
            id,
            name: (*name).to_owned(),
            created_at: None,
            expired: false,
            bytes: None,
            digest: None,
        };
        let all = (0..).zip(names).map(artifact).collect();
        let patterns = patterns.iter().map(ToString::to_string).collect();
        match choose(&Downloads { run: "77".into(), patterns }, all) {
            Ok((chosen, notes)) => {
                let names: Vec<_> =
                    chosen.iter().map(|one| format!("{} {:?}", one.artifact.name, one.asked)).collect();
                format!("{} {notes:?}", names.join(", "))
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn artifacts_are_chosen_by_name_or_glob() {
        let names = ["coverage", "junit-a", "junit-b/c", "we[i]rd"];
        let seen = [
            chosen(&["*"], &names),
            chosen(&["junit-*", "coverage", "lint"], &names),
            chosen(&["we[i]rd"], &names),
            chosen(&["lint"], &names),
            chosen(&["*"], &[]),
            chosen(&["["], &names),
        ];
        insta::assert_snapshot!(seen.join("\n"), @r#"
        coverage AlongWith, junit-a AlongWith, junit-b/c AlongWith, we[i]rd AlongWith []
        coverage ByName, junit-a AlongWith, junit-b/c AlongWith ["no artifact of the run matches `lint`"]
        we[i]rd ByName []
        no artifact of run 77 matches `lint`: it has `coverage`, `junit-a`, `junit-b/c`, `we[i]rd`
        no artifact of run 77 matches `*`: it has none
        `[` is no glob: error parsing glob '[': unclosed character class; missing ']'; `*` stops at `/`, `**` does not
        "#);
    }
}
