//! The steps from one report path to a file of the repository; the order is in the module's description.

use super::super::lexical;
use super::ci;
use super::guess::{Rewriting, Rewritings};
use super::outcome::Outcome;
use super::suffix::{Found, SuffixIndex};
use super::tree::Tree;

/// A bare file name says little; a file that is matched without its whole path shares this many parts with it.
const LEAST_PARTS: usize = 2;

/// A report with more roots than this one lists files there, not roots.
const MAX_ROOTS: usize = 64;

/// A report with a longer way to it lies in no source folder.
const MAX_FOLDERS: usize = 16;

/// What a report says about where its paths start.
pub(super) struct Starts<'a> {
    /// Roots that the report names.
    pub(super) roots: &'a [String],
    /// Where the report lies: a tool that runs in a folder of the project writes below it.
    pub(super) place: &'a str,
}

impl Starts<'_> {
    /// The roots, and the paths in the folders around the report, nearest folder first.
    fn folders(&self) -> Vec<String> {
        let place = self.place.rsplit_once("!/").map_or(self.place, |(_, entry)| entry);
        let place = lexical::normalise(place);
        if lexical::is_absolute(&place) || place.starts_with("../") {
            return Vec::new();
        }
        let ends = place.match_indices('/').map(|(end, _)| end).rev().take(MAX_FOLDERS);
        ends.filter_map(|end| place.get(..end)).map(str::to_owned).collect()
    }
}

/// Resolves all paths of one report, after the policy's rules, in their order.
pub(super) fn all(paths: &[String], starts: &Starts<'_>, tree: &Tree) -> Vec<Outcome> {
    let folders = starts.folders();
    // The spellings of what the first step leaves open, which is little: all together take more than the report.
    let mut open = Vec::new();
    let first = |path: &String| {
        let forms = Forms::new(path, starts.roots, &folders);
        let outcome = forms.find(tree);
        open.push((!outcome.is_settled()).then(|| Box::new(forms)));
        outcome
    };
    let mut outcomes: Vec<Outcome> = paths.iter().map(first).collect();
    let apply_learned = |outcomes: &mut Vec<Outcome>| {
        let learned = Rewritings::learn(paths.iter().zip(&*outcomes));
        resolve_open(outcomes, &open, |forms| learned.apply(&forms.own, tree));
    };
    apply_learned(&mut outcomes);
    resolve_open(&mut outcomes, &open, |forms| forms.share(tree.index()));
    resolve_open(&mut outcomes, &open, |forms| forms.hinted(tree.index()));
    // What these led to a file says something of the files beside it, too.
    apply_learned(&mut outcomes);
    resolve_open(&mut outcomes, &open, |forms| forms.folded().find_in(tree.folded()));
    if !outcomes.iter().any(|outcome| matches!(outcome, Outcome::File(_))) {
        accept_bare_names(&mut outcomes, &open, tree);
    }
    outcomes
}

/// The spellings of a path that is still open.
type Open = Option<Box<Forms>>;

fn resolve_open(outcomes: &mut [Outcome], open: &[Open], step: impl Fn(&Forms) -> Outcome) {
    for (outcome, forms) in outcomes.iter_mut().zip(open) {
        let Some(forms) = forms.as_deref().filter(|_| !outcome.is_settled()) else { continue };
        match step(forms) {
            Outcome::Unmatched => {}
            found => *outcome = found,
        }
    }
}

/// Files at the root of the repository share but their name with an unknown path: that counts only when nothing
/// else matches and all agree on where the repository was.
fn accept_bare_names(outcomes: &mut [Outcome], open: &[Open], tree: &Tree) {
    let ending = |forms: &Open| {
        let forms = forms.as_ref().filter(|forms| !forms.is_foreign)?;
        let file = tree.index().that_ends(&forms.own)?.path;
        Some((Rewriting::between(&forms.own, file).from, file.to_owned()))
    };
    let found: Vec<Option<(String, String)>> = open.iter().map(ending).collect();
    let mut places = found.iter().flatten().map(|(place, _)| place);
    let Some(first) = places.next() else { return };
    if places.any(|place| place != first) {
        return;
    }
    for (outcome, file) in outcomes.iter_mut().zip(found) {
        if let Some((_, file)) = file {
            *outcome = Outcome::File(file);
        }
    }
}

/// The spellings under which a report path may stand in the repository.
struct Forms {
    own: String,
    /// In the folders around the report, nearest first.
    near: Vec<String>,
    /// Below each root that the report names.
    joined: Vec<String>,
    /// What of each of the former may follow a CI checkout folder, likeliest first.
    below_checkout: Vec<Vec<String>>,
    is_foreign: bool,
}

impl Forms {
    fn new(path: &str, roots: &[String], folders: &[String]) -> Self {
        let own = without_scheme(path);
        let is_folder = |root: &&String| !matches!(root.trim(), "" | "." | "./") && !root.starts_with("--");
        let is_absolute = lexical::is_absolute(own);
        let joined: Vec<String> = if is_absolute {
            Vec::new()
        } else {
            let roots = roots.iter().filter(is_folder).take(MAX_ROOTS);
            roots.map(|root| lexical::join(without_scheme(root), own)).collect()
        };
        let bases = || joined.iter().map(String::as_str).chain([own]);
        let near = folders.iter().flat_map(|folder| {
            bases().filter(|path| !lexical::is_absolute(path)).map(|path| lexical::join(folder, path))
        });
        let below = |path| ci::below_checkout(path).map(str::to_owned).collect::<Vec<_>>();
        Self {
            near: near.collect(),
            below_checkout: bases().map(below).filter(|all| !all.is_empty()).collect(),
            own: own.to_owned(),
            is_foreign: ci::is_foreign(own),
            joined,
        }
    }

    fn folded(&self) -> Self {
        let fold = |paths: &[String]| paths.iter().map(|path| path.to_lowercase()).collect();
        Self {
            own: self.own.to_lowercase(),
            near: fold(&self.near),
            joined: fold(&self.joined),
            below_checkout: self.below_checkout.iter().map(|paths| fold(paths)).collect(),
            is_foreign: self.is_foreign,
        }
    }

    fn find(&self, tree: &Tree) -> Outcome {
        let of_module = tree.modules().file(&self.own).filter(|path| tree.contains(path));
        match of_module {
            Some(path) => Outcome::File(path),
            None => self.find_in(tree.index()),
        }
    }

    fn find_in(&self, index: &SuffixIndex) -> Outcome {
        let whole = self
            .near
            .iter()
            .find_map(|path| index.exact(path))
            .or_else(|| agreed(self.joined.iter().filter_map(|path| index.exact(path))))
            .or_else(|| agreed(self.below_checkout.iter().filter_map(|paths| first(index, paths))))
            .or_else(|| index.exact(&self.own));
        match whole {
            None if self.is_foreign => self.installed(index),
            None => self.by_ending(index).into(),
            found => found.into(),
        }
    }

    /// The project's own file in a folder of installed packages.
    fn installed(&self, index: &SuffixIndex) -> Outcome {
        let path = ci::installed(&self.own).filter(|path| path.contains('/'));
        match path.and_then(|path| index.exact(path).or_else(|| index.that_ends_with(path))) {
            Some(Found::One(path)) => Outcome::File(path.to_owned()),
            _ => Outcome::Foreign,
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

    /// Of several files with the same end, the one in folders that the beginning of the path names.
    fn hinted(&self, index: &SuffixIndex) -> Outcome {
        let suits = |path: &String| index.that_suits(path, LEAST_PARTS);
        let one = |found: &Found<'_>| matches!(found, Found::One(_));
        let by_path = agreed(self.relative().filter_map(suits)).filter(one);
        // A module's report lies in its module.
        match by_path.or_else(|| self.near.first().and_then(suits)) {
            Some(Found::One(path)) => Outcome::File(path.to_owned()),
            _ => Outcome::Unmatched,
        }
    }

    /// The spellings that start at some folder of the project.
    fn relative(&self) -> impl Iterator<Item = &String> {
        let below = self.below_checkout.iter().filter_map(|paths| paths.first());
        below.chain([&self.own]).filter(|path| !lexical::is_absolute(path))
    }
}

/// `file:///src/a.js`, normalised, → `/src/a.js`.
fn without_scheme(path: &str) -> &str {
    let Some(rest) = path.strip_prefix("file:/") else { return path };
    // A drive needs no root before it.
    if rest.get(1..2) == Some(":") { rest } else { path.get(5..).unwrap_or(rest) }
}

/// The first of `paths` that is a file.
fn first<'a>(index: &'a SuffixIndex, paths: &[String]) -> Option<Found<'a>> {
    paths.iter().find_map(|path| index.exact(path))
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
