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
use crate::forge::AnyForge;
use crate::forge::github::artifacts::{Artifact, newest};
use crate::forge::github::download::{DownloadError, Landing};
use crate::model::glob::Glob;
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
    folder: Option<Arc<Fresh>>,
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
    let all = job.forge.artifacts(&downloads.run).await.map_err(|error| advised(&error))?;
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
    Ok(Fetched { folder: Some(folder), found, notes })
}

/// A name, or a glob of names.
struct Pattern<'a> {
    text: &'a str,
    glob: Glob,
}

impl Pattern<'_> {
    fn fits(&self, name: &str) -> bool {
        // In a name a slash is a character like any other.
        self.text == name || self.glob.matches(&name.replace('/', "|"))
    }
}

/// The artifacts that fit, and a word on what fits none.
fn choose(downloads: &Downloads, all: Vec<Artifact>) -> anyhow::Result<(Vec<Chosen>, Vec<String>)> {
    let globs = downloads.patterns.iter().map(|text| files::glob(text)).collect::<Result<Vec<_>, _>>()?;
    let patterns: Vec<Pattern<'_>> =
        downloads.patterns.iter().zip(globs).map(|(text, glob)| Pattern { text, glob }).collect();
    let (fitting, others): (Vec<Artifact>, Vec<Artifact>) =
        all.into_iter().partition(|artifact| patterns.iter().any(|pattern| pattern.fits(&artifact.name)));
    if fitting.is_empty() {
        return Err(nothing(downloads, &others));
    }
    if fitting.len() > ARTIFACTS_MAX {
        return Err(Advice::error(
            format!(
                "{} artifacts fit the input `artifacts`, at most {ARTIFACTS_MAX} are read",
                fitting.len()
            ),
            "name fewer of them, or let one job gather the reports",
        ));
    }
    let is_unused = |pattern: &&Pattern<'_>| !fitting.iter().any(|artifact| pattern.fits(&artifact.name));
    let unused = patterns.iter().filter(is_unused);
    let notes = unused.map(|pattern| format!("no artifact of the run matches `{}`", pattern.text)).collect();
    let asked = |artifact: &Artifact| {
        if downloads.patterns.contains(&artifact.name) { Asked::ByName } else { Asked::AlongWith }
    };
    let chosen = fitting.into_iter().map(|artifact| Chosen { asked: asked(&artifact), artifact }).collect();
    Ok((chosen, notes))
}

fn nothing(downloads: &Downloads, others: &[Artifact]) -> anyhow::Error {
    let names: Vec<&str> = others.iter().map(|artifact| artifact.name.as_str()).collect();
    let there = match names.len() {
        0 => "it has none".to_owned(),
        more if more > NAMES_SHOWN => format!("it has {more}, among them {}", quoted(&names)),
        _ => format!("it has {}", quoted(&names)),
    };
    let wanted: Vec<&str> = downloads.patterns.iter().map(String::as_str).collect();
    Advice::error(
        format!("no artifact of run {} matches {}: {there}", downloads.run, quoted(&wanted)),
        "upload the reports with actions/upload-artifact (`if: always()`), and name the artifacts in `artifacts`",
    )
}

fn quoted(names: &[&str]) -> String {
    names.iter().take(NAMES_SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

type Places = HashMap<u64, Result<PathBuf, DownloadError>>;

async fn download_all(job: &Job, folder: &Arc<Fresh>, chosen: &[Chosen]) -> Places {
    let until = Instant::now() + TIME_LIMIT;
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut running = JoinSet::new();
    for (number, one) in chosen.iter().enumerate() {
        let (forge, folder, turns) = (job.forge.clone(), Arc::clone(folder), Arc::clone(&turns));
        let (artifact, masks) = (one.artifact.clone(), job.masks());
        running.spawn(async move {
            // The semaphore is never closed, so there always is a turn.
            let _turn = turns.acquire().await;
            (artifact.id, download(&forge, &artifact, (&folder, number, masks), until).await)
        });
    }
    running.join_all().await.into_iter().collect()
}

async fn download(
    forge: &AnyForge,
    artifact: &Artifact,
    (folder, number, masks): (&Fresh, usize, output::Masks),
    until: Instant,
) -> Result<PathBuf, DownloadError> {
    let mut file = File { file: folder.landing(number)?, masks };
    forge.download(artifact, &mut file, until).await?;
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
        `[` is no glob: a `[` without its `]`; `*` stops at `/`, `**` does not
        "#);
    }
}
