//! What a run changes in a store: the files to be written, from the files that are there.

use super::entry::{Entry, Pages, Recorded, Written};
use super::error::RecordError;
use crate::history::content::ContentId;
use crate::history::ledger::Ledger;
use crate::history::lines::Month;
use crate::history::recent::{self, Recent};
use crate::history::snapshot::{self, Snapshot};
use crate::history::store::{At, Change, Store, StoreError, Version};
use crate::history::wire::{WireError, v1};
use crate::history::{derived, layout, ledger, lines};

/// The next step of recording.
pub(super) enum Plan {
    /// Nothing to write.
    Nothing(Written),
    /// The change, and the answer once it is committed.
    Write(Change, Recorded),
}

pub(super) async fn plan<S: Store>(store: &S, entry: &Entry) -> Result<Plan, RecordError> {
    let parent = store.head().await?;
    let mut draft = Draft { files: Vec::new(), set_aside: Vec::new() };
    let reader = Reader { store, version: &parent };

    let old_tip = reader.file(&mut draft, &layout::tip(&entry.branch), snapshot::decode).await?;
    let month_path = month_of(entry, old_tip.as_ref().map(|(tip, _)| tip));
    let month = reader.month(&mut draft, &month_path).await?;
    let old_ledger = reader.file(&mut draft, &layout::ledger(&entry.branch), ledger::decode).await?;

    let run = &entry.snapshot.run;
    let own = month.lines.iter().position(|line| line.run == run.id);
    if let Some(line) = own.and_then(|at| month.lines.get(at)) {
        if line.attempt > run.attempt {
            return Ok(Plan::Nothing(Written::NewerAttempt));
        }
        // The same attempt at the same time is this very call, whose answer got lost.
        if line.attempt == run.attempt && line.recorded_at == entry.snapshot.recorded_at {
            return Ok(Plan::Nothing(Written::AlreadyThere));
        }
    }
    let (trend, own_name) = draft.tip(entry, old_tip, &month.lines)?;
    let line = lines::of(&entry.snapshot, &entry.policy_hash, &own_name);
    let text =
        lines::write(&with_line(month.lines, own, line)).map_err(|source| file_error(&month_path, source))?;
    draft.put(&month_path, text);
    draft.ledger(entry, old_ledger.map(|(ledger, _)| ledger).unwrap_or_default())?;
    if entry.pages == Pages::Update {
        draft.files.extend(derived::pages(&entry.branch, &trend));
    }
    let written = if own.is_some() { Written::Replaced } else { Written::Added };
    let message = format!("Record run {} of {} at {}", run.id, entry.branch, entry.snapshot.head.sha.short());
    let change = Change { parent, files: draft.files, message };
    Ok(Plan::Write(change, Recorded { written, set_aside: draft.set_aside }))
}

/// A run stays in the month of its first attempt.
fn month_of(entry: &Entry, tip: Option<&Snapshot>) -> String {
    let first = tip.and_then(|tip| {
        let itself = (tip.run.id == entry.snapshot.run.id).then_some(tip.recorded_at.as_str());
        let earlier = || tip.recent.iter().find(|recent| recent.point.run.id == entry.snapshot.run.id);
        itself.or_else(|| earlier().map(|recent| recent.point.recorded_at.as_str()))
    });
    layout::month(&entry.branch, first.unwrap_or(&entry.snapshot.recorded_at))
}

fn with_line(mut lines: Vec<v1::Line>, own: Option<usize>, line: v1::Line) -> Vec<v1::Line> {
    match own.and_then(|at| lines.get_mut(at)) {
        Some(old) => *old = line,
        None => lines.push(line),
    }
    lines
}

/// Files to be written, and what is to be said about files that could not be read.
struct Draft {
    files: Vec<(String, Vec<u8>)>,
    set_aside: Vec<String>,
}

impl Draft {
    fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.push((path.to_owned(), bytes));
    }

    /// Writes the tip, and the own snapshot beside it when a newer run is the tip already. Gives all runs in order and
    /// the content name of the own snapshot.
    fn tip(
        &mut self,
        entry: &Entry,
        old: Option<(Snapshot, ContentId)>,
        lines: &[v1::Line],
    ) -> Result<(Vec<Recent>, ContentId), RecordError> {
        let own = &entry.snapshot;
        let mut known = match &old {
            Some((tip, name)) => {
                let itself = Recent::of(tip, Some(name.clone()));
                tip.recent.iter().cloned().chain([itself]).collect()
            }
            None => from_lines(lines),
        };
        known.retain(|recent| recent.point.run.id != own.run.id);
        recent::tidy(&mut known);

        let newer = old.filter(|(tip, _)| {
            tip.run.id != own.run.id
                && recent::order((&tip.run, &tip.recorded_at), (&own.run, &own.recorded_at)).is_gt()
        });
        let path = layout::tip(&entry.branch);
        let Some((mut tip, _)) = newer else {
            let bytes = encoded(&path, &Snapshot { recent: known.clone(), ..own.clone() })?;
            let name = ContentId::of(&bytes);
            self.put(&path, bytes);
            known.push(Recent::of(own, Some(name.clone())));
            return Ok((known, name));
        };
        let late = layout::late(&entry.branch);
        let bytes = encoded(&late, own)?;
        let name = ContentId::of(&bytes);
        self.put(&late, bytes);
        known.push(Recent::of(own, Some(name.clone())));
        recent::tidy(&mut known);
        tip.recent = known.iter().filter(|recent| recent.point.run.id != tip.run.id).cloned().collect();
        self.put(&path, encoded(&path, &tip)?);
        Ok((known, name))
    }

    fn ledger(&mut self, entry: &Entry, old: Ledger) -> Result<(), RecordError> {
        let Some(tests) = &entry.snapshot.evidence.tests else { return Ok(()) };
        let mut ledger = old;
        ledger.add(&entry.snapshot.run.id, tests);
        let path = layout::ledger(&entry.branch);
        let bytes = ledger::encode(&ledger).map_err(|source| file_error(&path, source))?;
        self.put(&path, bytes);
        Ok(())
    }
}

fn encoded(path: &str, snapshot: &Snapshot) -> Result<Vec<u8>, RecordError> {
    snapshot::encode(snapshot).map_err(|source| file_error(path, source))
}

fn file_error(path: &str, source: WireError) -> RecordError {
    RecordError::File { path: path.to_owned(), source }
}

/// Without a readable tip the month's lines say what ran before.
fn from_lines(lines: &[v1::Line]) -> Vec<Recent> {
    let recent = |line: &v1::Line| {
        let point = lines::point(line).ok()?;
        Some(Recent { point, tip: line.tip.as_deref().and_then(ContentId::parse) })
    };
    lines.iter().filter_map(recent).collect()
}

/// Reads the files of one version, setting aside those that cannot be read.
struct Reader<'a, S> {
    store: &'a S,
    version: &'a Version,
}

impl<S: Store> Reader<'_, S> {
    /// A file's value and content name; `None` when it is not there or was set aside.
    async fn file<T>(
        &self,
        draft: &mut Draft,
        path: &str,
        read: fn(&[u8]) -> Result<T, WireError>,
    ) -> Result<Option<(T, ContentId)>, RecordError> {
        let Some(bytes) = self.settled(path, |bytes| read(bytes).is_ok()).await? else { return Ok(None) };
        match read(&bytes) {
            Ok(value) => Ok(Some((value, ContentId::of(&bytes)))),
            Err(source @ WireError::Newer { .. }) => Err(file_error(path, source)),
            Err(source) => {
                self.set_aside(draft, path, bytes, &source.to_string()).await?;
                Ok(None)
            }
        }
    }

    async fn month(&self, draft: &mut Draft, path: &str) -> Result<Month, RecordError> {
        let whole = |bytes: &[u8]| lines::parse(bytes).is_ok_and(|month| month.unreadable.is_none());
        let bytes = self.settled(path, whole).await?.unwrap_or_default();
        let month = lines::parse(&bytes).map_err(|source| file_error(path, source))?;
        if let Some((line, error)) = &month.unreadable {
            self.set_aside(draft, path, bytes, &format!("line {line}: {error}")).await?;
        }
        Ok(month)
    }

    /// A file's bytes; ones that are not sound are read once more, because an answer may break on its way and nothing
    /// must be set aside for that.
    async fn settled(
        &self,
        path: &str,
        sound: impl Fn(&[u8]) -> bool,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        match self.bytes(path).await? {
            Some(bytes) if !sound(&bytes) => self.bytes(path).await,
            other => Ok(other),
        }
    }

    async fn bytes(&self, path: &str) -> Result<Option<Vec<u8>>, StoreError> {
        if self.version.0.is_none() {
            return Ok(None);
        }
        self.store.read(At::Exactly(self.version), path).await
    }

    /// Keeps an unreadable file under a name that is free.
    async fn set_aside(
        &self,
        draft: &mut Draft,
        path: &str,
        bytes: Vec<u8>,
        why: &str,
    ) -> Result<(), RecordError> {
        let mut number = 1;
        let mut copy = format!("{path}.unreadable-{number}");
        while self.bytes(&copy).await?.is_some() {
            number += 1;
            copy = format!("{path}.unreadable-{number}");
        }
        draft
            .set_aside
            .push(format!("`{path}` of the history could not be read ({why}); it is kept as `{copy}`"));
        draft.put(&copy, bytes);
        Ok(())
    }
}
