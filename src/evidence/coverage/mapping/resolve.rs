//! The steps from one report path to a file of the repository; the order is in the module's description.

use super::super::lexical;
use super::ci;
use super::guess::{Rewriting, Rewritings};
use super::suffix::{Found, SuffixIndex};
use super::tree::Tree;

/// What became of a report path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    /// This file of the repository.
    File(String),
    /// Several files fit, none better than the others.
    Ambiguous,
    /// No file fits.
    Unmatched,
}

/// A bare file name says little; a file that is matched without its whole path shares this many parts with it.
const LEAST_PARTS: usize = 2;

/// A report with more roots than this one lists files there, not roots.
const MAX_ROOTS: usize = 64;

/// Resolves all paths of one report, after the policy's rules, in their order.
pub(super) fn all(paths: &[String], roots: &[String], tree: &Tree) -> Vec<Outcome> {
    let forms: Vec<Forms> = paths.iter().map(|path| Forms::new(path, roots)).collect();
    let mut outcomes: Vec<Outcome> = forms.iter().map(|forms| forms.find(tree.index())).collect();
    let learned = Rewritings::learn(paths.iter().zip(&outcomes));
    resolve_open(&mut outcomes, &forms, |forms| learned.apply(&forms.own, tree));
    resolve_open(&mut outcomes, &forms, |forms| forms.share(tree.index()));
    resolve_open(&mut outcomes, &forms, |forms| forms.folded().find(tree.folded()));
    if !outcomes.iter().any(|outcome| matches!(outcome, Outcome::File(_))) {
        accept_bare_names(&mut outcomes, &forms, tree);
    }
    outcomes
}

fn resolve_open(outcomes: &mut [Outcome], forms: &[Forms], step: impl Fn(&Forms) -> Outcome) {
    for (outcome, forms) in outcomes.iter_mut().zip(forms) {
        if matches!(outcome, Outcome::File(_)) || forms.is_foreign {
            continue;
        }
        match step(forms) {
            Outcome::Unmatched => {}
            found => *outcome = found,
        }
    }
}

/// Files at the root of the repository share but their name with an unknown path: that counts only when nothing
/// else matches and all agree on where the repository was.
fn accept_bare_names(outcomes: &mut [Outcome], forms: &[Forms], tree: &Tree) {
    let ending = |forms: &Forms| {
        let ending = tree.index().that_ends(&forms.own).filter(|_| !forms.is_foreign)?;
        Some(ending.path.to_owned())
    };
    let found: Vec<Option<String>> = forms.iter().map(ending).collect();
    let mut places = forms
        .iter()
        .zip(&found)
        .filter_map(|(forms, file)| Some(Rewriting::between(&forms.own, file.as_ref()?).from));
    let Some(first) = places.next() else { return };
    if places.any(|place| place != first) {
        return;
    }
    for (outcome, file) in outcomes.iter_mut().zip(found) {
        if let Some(file) = file {
            *outcome = Outcome::File(file);
        }
    }
}

/// The spellings under which a report path may stand in the repository.
struct Forms {
    own: String,
    /// Below each root that the report names.
    joined: Vec<String>,
    /// What of the former follows a CI checkout folder.
    below_checkout: Vec<String>,
    is_foreign: bool,
}

impl Forms {
    fn new(path: &str, roots: &[String]) -> Self {
        let is_folder = |root: &&String| !matches!(root.trim(), "" | "." | "./") && !root.starts_with("--");
        let joined: Vec<String> = if lexical::is_absolute(path) {
            Vec::new()
        } else {
            roots.iter().filter(is_folder).take(MAX_ROOTS).map(|root| lexical::join(root, path)).collect()
        };
        let all = joined.iter().map(String::as_str).chain([path]);
        let below_checkout = all.filter_map(ci::below_checkout).map(str::to_owned).collect();
        Self { own: path.to_owned(), joined, below_checkout, is_foreign: ci::is_foreign(path) }
    }

    fn folded(&self) -> Self {
        let fold = |paths: &[String]| paths.iter().map(|path| path.to_lowercase()).collect();
        Self {
            own: self.own.to_lowercase(),
            joined: fold(&self.joined),
            below_checkout: fold(&self.below_checkout),
            is_foreign: self.is_foreign,
        }
    }

    fn find(&self, index: &SuffixIndex) -> Outcome {
        let whole = index
            .exact(&self.own)
            .or_else(|| agreed(self.joined.iter().filter_map(|path| index.exact(path))))
            .or_else(|| agreed(self.below_checkout.iter().filter_map(|path| index.exact(path))));
        match whole {
            None if self.is_foreign => Outcome::Unmatched,
            None => self.by_ending(index).into(),
            found => found.into(),
        }
    }

    fn by_ending<'a>(&self, index: &'a SuffixIndex) -> Option<Found<'a>> {
        let endings: Vec<_> = self
            .joined
            .iter()
            .chain([&self.own])
            .filter_map(|path| index.that_ends(path))
            .filter(|ending| ending.parts >= LEAST_PARTS)
            .collect();
        let longest = endings.iter().map(|ending| ending.parts).max();
        let longest = endings.iter().filter(|ending| Some(ending.parts) == longest);
        agreed(longest.map(|ending| Found::One(ending.path)))
            .or_else(|| agreed(self.relative().filter_map(|path| index.that_ends_with(path))))
    }

    fn share(&self, index: &SuffixIndex) -> Outcome {
        agreed(self.relative().filter_map(|path| index.that_shares(path, LEAST_PARTS))).into()
    }

    /// The spellings that start at some folder of the project.
    fn relative(&self) -> impl Iterator<Item = &String> {
        self.below_checkout.iter().chain([&self.own]).filter(|path| !lexical::is_absolute(path))
    }
}

/// The one file that all of `found` mean.
fn agreed<'a>(mut found: impl Iterator<Item = Found<'a>>) -> Option<Found<'a>> {
    let first = found.next()?;
    Some(if found.all(|other| other == first) { first } else { Found::Several })
}

impl From<Option<Found<'_>>> for Outcome {
    fn from(found: Option<Found<'_>>) -> Self {
        match found {
            Some(Found::One(path)) => Self::File(path.to_owned()),
            Some(Found::Several) => Self::Ambiguous,
            None => Self::Unmatched,
        }
    }
}
