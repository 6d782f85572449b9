//! Debt in words, the same in every output: markers in comments, and mutants that no test notices. Not escaped yet.

use crate::model::exact::percent;
use crate::model::mutation::{Mutant, MutantCounts, MutationReport};
use crate::model::report::Report;
use crate::model::todos::{Todo, TodosSection};

use super::wording::counted;

/// One part of a report.
pub(super) struct Debt {
    /// Our words only.
    pub(super) heading: String,
    /// All numbers.
    pub(super) summary: String,
    /// What can be looked at, the new ones first; none is empty.
    pub(super) groups: Vec<Group>,
}

/// Entries of one kind.
pub(super) struct Group {
    /// `new`.
    pub(super) word: &'static str,
    /// In order.
    pub(super) entries: Vec<Entry>,
    /// How many more there are, which nobody lists.
    pub(super) unlisted: usize,
}

/// Something at a place.
pub(super) struct Entry {
    /// `file:line`.
    pub(super) place: String,
    /// What is there.
    pub(super) text: String,
    /// What we say about it: ` (untracked)`, or nothing.
    pub(super) note: &'static str,
}

impl Group {
    /// The first `most` entries, and how many are left.
    pub(super) fn first(&self, most: usize) -> (&[Entry], usize) {
        let shown = self.entries.get(..most.min(self.entries.len())).unwrap_or_default();
        (shown, self.entries.len() - shown.len() + self.unlisted)
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.entries.len() + self.unlisted
    }
}

/// What each tool for mutation testing says.
pub(super) fn mutation(report: &Report) -> Vec<Debt> {
    report.mutation.iter().map(tried).collect()
}

fn tried(report: &MutationReport) -> Debt {
    let counts = report.run.counts;
    let undetected = &report.run.undetected;
    let (new, known) = undetected.split_at(report.new.unwrap_or(0).min(undetected.len()));
    let total = usize::try_from(counts.survived + counts.not_covered).unwrap_or(usize::MAX);
    let word = if report.new.is_some() { "unchanged" } else { "undetected" };
    let groups = [
        group("new", new.iter().map(mutant), 0),
        group(word, known.iter().map(mutant), total.saturating_sub(undetected.len())),
    ];
    let mut said = vec![mutants(counts)];
    if counts.left_out > 0 {
        said.push(format!("{} left out", counts.left_out));
    }
    said.extend(report.base.map(|base| format!("on the base {}", score(base))));
    Debt {
        heading: format!("Mutation testing with {}", report.run.tool),
        summary: said.join("; "),
        groups: groups.into_iter().filter(|group| group.len() > 0).collect(),
    }
}

/// `80.0 % of 50 mutants detected: 35 killed, 5 timed out, 7 survived, 3 not covered`.
fn mutants(counts: MutantCounts) -> String {
    let MutantCounts { killed, timed_out, survived, not_covered, .. } = counts;
    let mutants = counted(counts.valid(), "mutant");
    let share = score(counts).split_once(" of ").map(|(share, _)| share.to_owned()).unwrap_or_default();
    format!(
        "{share} of {mutants} detected: {killed} killed, {timed_out} timed out, {survived} survived, {not_covered} not covered"
    )
}

/// `80.0 % of 50`.
fn score(counts: MutantCounts) -> String {
    let share = percent(counts.detected(), counts.valid());
    format!("{} of {}", share.map_or_else(|| "none".to_owned(), |share| format!("{share} %")), counts.valid())
}

fn mutant(mutant: &Mutant) -> Entry {
    let line = mutant.line.map(|line| format!(":{line}")).unwrap_or_default();
    let fate = if mutant.covered { "survived" } else { "not covered" };
    Entry {
        place: format!("{}{line}", mutant.path.as_deref().unwrap_or("somewhere")),
        text: format!("{fate}: {}", mutant.what),
        note: "",
    }
}

/// The markers in comments, when there is one here or on the base.
pub(super) fn todos(report: &Report) -> Option<Debt> {
    let section = report.todos.as_ref()?;
    let is_quiet = section.count() == 0 && section.base.unwrap_or(0) == 0 && section.problem.is_none();
    let groups = [
        group("new", section.new.iter().map(todo), 0),
        group(word_of_others(section), section.others.iter().map(todo), 0),
    ];
    (!is_quiet).then(|| Debt {
        heading: "TODO markers".to_owned(),
        summary: section.problem.clone().unwrap_or_else(|| markers(section)),
        groups: groups.into_iter().filter(|group| group.len() > 0).collect(),
    })
}

/// What those are that are not new; nobody knows where nobody knows the new ones.
fn word_of_others(section: &TodosSection) -> &'static str {
    if section.undecided.is_some() { "found" } else { "unchanged" }
}

/// `12 (3 new, 9 unchanged), 5 of them untracked; on the base 10`.
fn markers(section: &TodosSection) -> String {
    let parts = match section.undecided {
        None => format!(" ({} new, {} unchanged)", section.new.len(), section.others.len()),
        Some(_) => String::new(),
    };
    let untracked = match (section.untracked(), section.count()) {
        (all, count) if all == count && all == 1 => "untracked".to_owned(),
        (all, count) if all == count && all > 1 => "all of them untracked".to_owned(),
        (0, _) => "none of them untracked".to_owned(),
        (some, _) => format!("{some} of them untracked"),
    };
    let mut said = vec![format!("{}{parts}, {untracked}", section.count())];
    said.extend(section.undecided.map(str::to_owned));
    said.extend(section.base.map(|base| format!("on the base {base}")));
    if section.too_large > 0 {
        said.push(format!("{} too large to be looked at", counted(section.too_large, "file")));
    }
    said.join("; ")
}

/// A marker at its place.
pub(super) fn todo(todo: &Todo) -> Entry {
    Entry {
        place: format!("{}:{}", todo.path, todo.line),
        text: todo.text.to_string(),
        note: if todo.tracked { "" } else { " (untracked)" },
    }
}

fn group(word: &'static str, entries: impl Iterator<Item = Entry>, unlisted: usize) -> Group {
    Group { word, entries: entries.collect(), unlisted }
}
