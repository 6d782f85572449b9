//! What cases are called once the file that they are named after has another name.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::report_pairs::file_name;
use crate::model::diff::Diff;
use crate::model::tests::CaseId;

/// With how many renamed files of one name a case is compared; bounds the time.
const MAX_ALIKE: usize = 64;

/// The path of a file before and after the change.
type Rename<'a> = (&'a str, &'a str);

/// The files that the change renames.
#[derive(Default)]
pub(super) struct Renames<'a> {
    /// By the first word of the old file name.
    by_word: BTreeMap<String, Vec<Rename<'a>>>,
}

impl<'a> Renames<'a> {
    /// Those of `diff`.
    pub(super) fn of(diff: Option<&'a Diff>) -> Self {
        let mut renames = Self::default();
        for (path, change) in diff.iter().flat_map(|diff| &diff.files) {
            let Some(old) = &change.renamed_from else { continue };
            let name = file_name(old);
            let Some(word) = words(&name).next() else { continue };
            renames.by_word.entry(word.to_owned()).or_default().push((old, path));
        }
        renames
    }

    /// Whether no file has another name.
    pub(super) fn is_empty(&self) -> bool {
        self.by_word.is_empty()
    }

    /// What the case `id` may be called now.
    pub(super) fn names_of(&self, id: &CaseId) -> Vec<CaseId> {
        let texts = [Some(&*id.suite), id.class.as_deref()];
        let known = texts.into_iter().flatten().flat_map(words).filter_map(|word| self.by_word.get(word));
        let renames = known.flat_map(|renames| renames.iter().take(MAX_ALIKE));
        let named = renames.filter_map(|rename| {
            let of = |text: &Arc<str>| renamed(text, *rename).map(Arc::from);
            let (suite, class) = (of(&id.suite), id.class.as_ref().and_then(of));
            (suite.is_some() || class.is_some()).then(|| CaseId {
                suite: suite.unwrap_or_else(|| id.suite.clone()),
                class: class.or_else(|| id.class.clone()),
                ..id.clone()
            })
        });
        named.collect()
    }
}

fn is_part_of_word(letter: char) -> bool {
    letter.is_alphanumeric() || matches!(letter, '_' | '-')
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter| !is_part_of_word(letter)).filter(|word| !word.is_empty())
}

/// `text` with the new path in place of the old one: as a path with or without its ending (`tests/test_cart.py`), or
/// with dots (`tests.test_cart`), from the outermost folder that `text` names.
fn renamed(text: &str, (old, new): Rename<'_>) -> Option<String> {
    let plain = (without_ending(old), without_ending(new));
    let forms = [((old, new), "/"), (plain, "."), (plain, "/")];
    let folders = old.split('/').zip(new.split('/')).take_while(|(old, new)| old == new).count();
    (0..=folders)
        .flat_map(|from| forms.map(|form| (from, form)))
        .find_map(|(from, form)| with_new_path(text, from, form))
}

/// Replaces the path without its first `from` folders, whose parts `separator` joins in `text`.
fn with_new_path(text: &str, from: usize, ((old, new), separator): (Rename<'_>, &str)) -> Option<String> {
    let tail = |path: &str| path.split('/').skip(from).collect::<Vec<_>>().join(separator);
    let old = tail(old);
    let (before, behind) = text.split_once(&old).filter(|_| !old.is_empty())?;
    let alone = !before.ends_with(is_part_of_word) && !behind.starts_with(is_part_of_word);
    alone.then(|| [before, &tail(new), behind].concat())
}

fn without_ending(path: &str) -> &str {
    path.rsplit_once('.').filter(|(_, ending)| !ending.contains('/')).map_or(path, |(path, _)| path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_follows_its_file() {
        for (text, old, new, expected) in [
            ("tests.test_old", "tests/test_old.py", "tests/test_new.py", Some("tests.test_new")),
            ("test_old.TestCart", "tests/test_old.py", "tests/test_new.py", Some("test_new.TestCart")),
            ("tests.test_a", "tests/test_a.py", "tests/unit/test_a.py", Some("tests.unit.test_a")),
            (
                "shop.OldTest",
                "src/test/java/shop/OldTest.java",
                "src/test/java/shop/NewTest.java",
                Some("shop.NewTest"),
            ),
            ("src/a.test.ts", "web/src/a.test.ts", "web/src/b.test.ts", Some("src/b.test.ts")),
            ("tests.test_older", "tests/test_old.py", "tests/test_new.py", None),
            ("test_a", "one/test_a.py", "two/test_a.py", None),
        ] {
            assert_eq!(renamed(text, (old, new)).as_deref(), expected, "{text}");
        }
    }
}
