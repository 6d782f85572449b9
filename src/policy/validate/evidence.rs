//! Where evidence is looked for, and what must be there.

use super::{Issue, extract, number, text};
use crate::policy::locate::Path;
use crate::policy::raw::{RawEvidence, RawExpectation, RawPathRule};
use crate::policy::{EvidencePolicy, Expectation, PathRule};

pub(super) fn evidence(raw: Option<&RawEvidence>, path: &Path) -> Result<EvidencePolicy, Issue> {
    let Some(raw) = raw else { return Ok(EvidencePolicy::default()) };
    Ok(EvidencePolicy {
        include: text::globs(raw.include.as_ref(), &path.key("include"))?,
        exclude: text::globs(raw.exclude.as_ref(), &path.key("exclude"))?,
        expect: each(raw.expect.as_deref(), &path.key("expect"), expectation)?,
        paths: each(raw.paths.as_deref(), &path.key("paths"), path_rule)?,
        extract: extract::extractors(raw.extract.as_deref().unwrap_or_default(), &path.key("extract"))?,
    })
}

fn each<R, T>(
    raw: Option<&[R]>,
    path: &Path,
    one: fn(&R, &Path) -> Result<T, Issue>,
) -> Result<Vec<T>, Issue> {
    raw.unwrap_or_default().iter().enumerate().map(|(index, raw)| one(raw, &path.index(index))).collect()
}

fn expectation(raw: &RawExpectation, path: &Path) -> Result<Expectation, Issue> {
    let Some(files) = raw.files.as_ref().filter(|globs| !globs.texts.is_empty()) else {
        return Err(Issue::missing(
            path,
            "files",
            "say which files, such as `files: \"reports/unit-*.xml\"`",
        ));
    };
    let count = raw.count.as_deref().unwrap_or("1");
    let count = number::count(count)
        .filter(|count| *count > 0)
        .ok_or_else(|| Issue::value(&path.key("count"), count, "a whole number from 1"))?;
    let files = text::selection(Some(files), &path.key("files"))?;
    let name = text::optional(raw.name.as_deref(), &path.key("name"))?;
    Ok(Expectation { name: name.unwrap_or_else(|| files.patterns.join(", ")), files, count })
}

fn path_rule(raw: &RawPathRule, path: &Path) -> Result<PathRule, Issue> {
    let from = raw.from.clone().filter(|from| !from.is_empty());
    let hint = "say which beginning of report paths is replaced, such as `from: \"/build/\"`";
    let from = from.ok_or_else(|| Issue::missing(path, "from", hint))?;
    Ok(PathRule { from, to: raw.to.clone().unwrap_or_default() })
}
