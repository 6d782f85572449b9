//! Extractors: a name that is free, a file, one expression, a unit that is known.

use super::{Issue, metric, text};
use crate::model::metric::{Better, Unit};
use crate::policy::extract::{Expression, Extractor, Way, json_path, regex, xml_path};
use crate::policy::locate::Path;
use crate::policy::raw::RawExtractor;
use crate::policy::{Dimension, MetricSelector, Subject, quantity};

pub(super) fn extractors(raw: &[RawExtractor], path: &Path) -> Result<Vec<Extractor>, Issue> {
    let mut all: Vec<Extractor> = Vec::with_capacity(raw.len());
    for (index, raw) in raw.iter().enumerate() {
        let at = path.index(index);
        let one = extractor(raw, &at)?;
        if all.iter().any(|known| known.name == one.name) {
            let allowed = "a name that no other extractor has";
            return Err(Issue::value(&at.key("name"), &one.name, allowed));
        }
        all.push(one);
    }
    Ok(all)
}

fn extractor(raw: &RawExtractor, path: &Path) -> Result<Extractor, Issue> {
    let hint = "name the measurement, such as `name: bundle.size`";
    let name = text::required(raw.name.as_deref(), path, "name", hint)?;
    if metric::is_reserved(name) {
        let allowed = "a name that does not begin as a built-in metric does";
        return Err(Issue::value(&path.key("name"), name, allowed));
    }
    let hint = "say which file, such as `file: \"dist/stats.json\"`";
    let files = raw.file.as_ref().filter(|globs| !globs.texts.is_empty());
    let files = files.ok_or_else(|| Issue::missing(path, "file", hint))?;
    let files = text::selection(Some(files), &path.key("file"))?;
    let (unit, one) = unit(raw.unit.as_deref(), path)?;
    let better = match raw.better.as_deref() {
        None => None,
        Some("lower") => Some(Better::Lower),
        Some("higher") => Some(Better::Higher),
        Some(found) => return Err(Issue::value(&path.key("better"), found, "`lower` or `higher`")),
    };
    Ok(Extractor { name: name.to_owned(), files, place: expression(raw, path)?, unit, one, better })
}

fn expression(raw: &RawExtractor, path: &Path) -> Result<Expression, Issue> {
    let (key, written, way) = match (&raw.jsonpath, &raw.xpath, &raw.regex) {
        (Some(text), None, None) => {
            let allowed = "a path such as `$.assets[0]['size']`; `[*]` stands for any element";
            ("jsonpath", text, json_path(text).map(Way::Json).ok_or_else(|| allowed.to_owned()))
        }
        (None, Some(text), None) => {
            let allowed = "a path such as `/report/suite[@name='unit']/@time` or `/report/size`";
            ("xpath", text, xml_path(text).map(Way::Xml).ok_or_else(|| allowed.to_owned()))
        }
        (None, None, Some(text)) => ("regex", text, regex(text).map(Way::Line)),
        (None, None, None) => {
            let hint = "say where the number stands: `jsonpath`, `xpath` or `regex`";
            return Err(Issue::missing(path, "jsonpath", hint));
        }
        _ => {
            let message = "an extractor has one of `jsonpath`, `xpath` and `regex`".to_owned();
            return Err(Issue::contradiction(path, message, "make it two extractors, each with a name"));
        }
    };
    let way = way.map_err(|allowed| Issue::value(&path.key(key), written, allowed))?;
    Ok(Expression { text: written.clone(), way })
}

fn unit(text: Option<&str>, path: &Path) -> Result<(Unit, crate::model::exact::Exact), Issue> {
    let written = match text.map(str::trim) {
        Some("ratio") => return Ok((Unit::Ratio, crate::model::exact::whole(1))),
        written => written.unwrap_or_default(),
    };
    let one = quantity::quantity(&format!("1{written}"));
    let known = one.filter(|one| written.is_empty() || one.unit != Unit::Count);
    let allowed = "a unit such as `ms`, `s`, `KiB`, `MB`, `%`, `ratio` or `/s`, or none for a plain number";
    known.map(|one| (one.unit, one.value)).ok_or_else(|| Issue::value(&path.key("unit"), written, allowed))
}

/// A limit in another kind of unit than the extractor's would never be met.
pub(super) fn units_fit(
    extractors: &[Extractor],
    dimensions: &[Dimension],
    path: &Path,
) -> Result<(), Issue> {
    for (dimension, check) in
        dimensions.iter().flat_map(|one| one.checks.iter().map(move |check| (one, check)))
    {
        let Subject::Metric(MetricSelector::Named(name)) = &check.subject else { continue };
        let Some(extractor) = extractors.iter().find(|extractor| extractor.name == *name) else { continue };
        if check.unit != Unit::Count && check.unit != extractor.unit {
            let at = path.key(&dimension.id).key("checks").key(&check.key).key("target");
            let unit = if extractor.unit == Unit::Count { "no unit" } else { extractor.unit.name() };
            let message = format!("`{name}` is extracted with {unit}, and the limits are in another unit");
            return Err(Issue::contradiction(&at, message, "write the limits in the unit of the extractor"));
        }
    }
    Ok(())
}
