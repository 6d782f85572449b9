//! `readiness/explain/v1`: one check from its files to its points. Fractions are text: `650/7`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::explanation::{Counted, CountedCase, CountedFile, Explanation, Share};
use crate::model::order;
use crate::render::json::writer::pretty;

use super::parts::{NamedNumber, Ratio};
use super::report::Check;
use super::sections::SourceFile;

/// The document for `explanation`.
pub fn explanation(explanation: &Explanation) -> String {
    let (cases, files, measurement, claim) = parts(&explanation.counted);
    pretty(&Document {
        schema: "readiness/explain/v1",
        check: (&explanation.check).into(),
        dimension: &explanation.dimension,
        dimension_weight: explanation.dimension_share.into(),
        check_weight: explanation.check_share.into(),
        attainment: explanation.check.attainment.to_string(),
        exact_points: explanation.points.to_string(),
        exact_max_points: explanation.max_points.to_string(),
        selection: order::map(explanation.selection.iter().map(|(key, globs)| (*key, globs.as_slice()))),
        sources: explanation.sources.iter().map(SourceFile::from).collect(),
        cases,
        files,
        measurement,
        claim,
    })
}

#[derive(Serialize)]
struct Document<'a> {
    schema: &'static str,
    check: Check<'a>,
    dimension: &'a str,
    dimension_weight: Weight,
    check_weight: Weight,
    attainment: String,
    exact_points: String,
    exact_max_points: String,
    selection: BTreeMap<&'static str, &'a [String]>,
    sources: Vec<SourceFile<'a>>,
    cases: Option<Vec<Case<'a>>>,
    files: Option<Vec<File<'a>>>,
    measurement: Option<NamedNumber<'a>>,
    claim: Option<Claim<'a>>,
}

#[derive(Serialize)]
struct Weight {
    weight: u64,
    of: u64,
}

impl From<Share> for Weight {
    fn from(Share { weight, of }: Share) -> Self {
        Self { weight, of }
    }
}

#[derive(Serialize)]
struct Case<'a> {
    suite: &'a str,
    class: Option<&'a str>,
    name: &'a str,
    cell: Option<&'a str>,
    outcome: &'static str,
    flaky: bool,
    message: Option<&'a str>,
    file: Option<&'a str>,
    line: Option<u32>,
}

impl<'a> From<&'a CountedCase> for Case<'a> {
    fn from(case: &'a CountedCase) -> Self {
        Self {
            suite: &case.id.suite,
            class: case.id.class.as_deref(),
            name: &case.id.name,
            cell: case.id.cell.as_deref(),
            outcome: case.outcome.name(),
            flaky: case.flaky,
            message: case.detail.message.as_deref(),
            file: case.detail.file.as_deref(),
            line: case.detail.line,
        }
    }
}

#[derive(Serialize)]
struct File<'a> {
    path: &'a str,
    covered: Ratio,
    not_run: &'a [u32],
}

impl<'a> From<&'a CountedFile> for File<'a> {
    fn from(file: &'a CountedFile) -> Self {
        Self { path: &file.path, covered: file.covered.into(), not_run: &file.missed }
    }
}

#[derive(Serialize)]
struct Claim<'a> {
    text: &'a str,
    owner: &'a str,
    date: String,
    expires: String,
    link: Option<&'a str>,
}

type Parts<'a> = (Option<Vec<Case<'a>>>, Option<Vec<File<'a>>>, Option<NamedNumber<'a>>, Option<Claim<'a>>);

fn parts(counted: &Counted) -> Parts<'_> {
    match counted {
        Counted::Cases(_, cases) => (Some(cases.iter().map(Case::from).collect()), None, None, None),
        Counted::Files(files) => (None, Some(files.iter().map(File::from).collect()), None, None),
        Counted::Measurement(measurement) => (None, None, Some(measurement.into()), None),
        Counted::Claim { text, owner, date, expires, link } => {
            let (date, expires) = (date.to_string(), expires.to_string());
            (None, None, None, Some(Claim { text, owner, date, expires, link: link.as_deref() }))
        }
        Counted::Nothing => (None, None, None, None),
    }
}
