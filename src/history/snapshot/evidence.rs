//! Evidence to and from the wire.

use super::{coverage, debt, findings, tests_code};
use crate::history::wire::values::named;
use crate::history::wire::{WireError, v1};
use crate::model::evidence::{Carried, Evidence, PathMatching, Source};
use crate::model::exact::Exact;
use crate::model::input::{InputState, Kind};
use crate::model::left_out::LeftOut;
use crate::model::metric::{Better, Measurement, Unit};

/// Longer numbers are not believed: they would only cost time.
const NUMBER_MAX: usize = 1000;

pub(super) fn to_wire(evidence: &Evidence) -> v1::Evidence {
    let paths = &evidence.paths;
    v1::Evidence {
        sources: evidence.sources.iter().map(source_to_wire).collect(),
        tests: evidence.tests.as_ref().map(tests_code::to_wire),
        coverage: evidence.coverage.as_ref().map(coverage::to_wire),
        paths: v1::Paths {
            unmatched: paths.unmatched.clone(),
            ambiguous: paths.ambiguous.clone(),
            total: paths.total,
            invalid: paths.invalid.clone(),
        },
        findings: evidence.findings.as_ref().map(findings::to_wire),
        measurements: evidence.measurements.iter().map(measurement_to_wire).collect(),
        mutation: evidence.mutation.iter().map(debt::run_to_wire).collect(),
        todos: evidence.todos.as_ref().and_then(debt::todos_to_wire),
        measured_in: evidence.measured_in.clone(),
        carried: evidence.carried.iter().map(carried_to_wire).collect(),
        shortfalls: evidence
            .shortfalls
            .iter()
            .map(|(kind, text)| (kind.name().to_owned(), text.clone()))
            .collect(),
    }
}

pub(super) fn from_wire(wire: v1::Evidence) -> Result<Evidence, WireError> {
    Ok(Evidence {
        sources: wire.sources.into_iter().map(source_from_wire).collect::<Result<_, _>>()?,
        tests: wire.tests.map(tests_code::from_wire).transpose()?,
        coverage: wire.coverage.map(coverage::from_wire).transpose()?,
        paths: PathMatching {
            unmatched: wire.paths.unmatched,
            ambiguous: wire.paths.ambiguous,
            total: wire.paths.total,
            foreign: 0,
            invalid: wire.paths.invalid,
            help: None,
        },
        findings: wire.findings.map(findings::from_wire).transpose()?,
        measurements: wire.measurements.into_iter().map(measurement_from_wire).collect::<Result<_, _>>()?,
        mutation: wire.mutation.into_iter().map(debt::run_from_wire).collect(),
        todos: wire.todos.map(debt::todos_from_wire),
        measured_in: wire.measured_in,
        carried: wire.carried.into_iter().map(carried_from_wire).collect(),
        not_run: Vec::new(),
        left_out: LeftOut::default(),
        shortfalls: wire
            .shortfalls
            .into_iter()
            .map(|(name, text)| kind(&name).map(|kind| (kind, text)))
            .collect::<Result<_, _>>()?,
        dates: Vec::new(),
    })
}

fn carried_to_wire(carried: &Carried) -> v1::Carried {
    let Carried { component, sha, since, files } = carried.clone();
    v1::Carried { component, sha, since, files }
}

fn carried_from_wire(carried: v1::Carried) -> Carried {
    let v1::Carried { component, sha, since, files } = carried;
    Carried { component, sha, since, files }
}

fn source_to_wire(source: &Source) -> v1::Source {
    v1::Source {
        path: source.path.clone(),
        format: source.format.clone(),
        kind: source.kind.map(|kind| kind.name().to_owned()),
        state: source.state.name().to_owned(),
        holds: source.holds.clone(),
        problem: source.problem.clone(),
    }
}

fn source_from_wire(source: v1::Source) -> Result<Source, WireError> {
    Ok(Source {
        kind: source.kind.as_deref().map(kind).transpose()?,
        state: named(&STATES, InputState::name, "input state", &source.state)?,
        path: source.path,
        format: source.format,
        holds: source.holds,
        problem: source.problem,
    })
}

fn measurement_to_wire(measurement: &Measurement) -> v1::Measurement {
    v1::Measurement {
        id: measurement.id.clone(),
        value: measurement.value.to_string(),
        unit: measurement.unit.name().to_owned(),
        better: measurement.better.map(|better| better.name().to_owned()),
        commit: measurement.commit.clone(),
        environment: measurement.environment.clone(),
        spread: measurement.spread.as_ref().map(ToString::to_string),
    }
}

fn measurement_from_wire(wire: v1::Measurement) -> Result<Measurement, WireError> {
    Ok(Measurement {
        value: number(&wire.value)?,
        unit: named(&UNITS, Unit::name, "unit", &wire.unit)?,
        better: wire
            .better
            .map(|name| named(&[Better::Higher, Better::Lower], Better::name, "direction", &name))
            .transpose()?,
        id: wire.id,
        commit: wire.commit,
        spread: wire.spread.as_deref().map(number).transpose()?,
        environment: wire.environment,
        counts: None,
    })
}

const STATES: [InputState; 5] = [
    InputState::Measured,
    InputState::Incomplete,
    InputState::Empty,
    InputState::Invalid,
    InputState::Unrecognised,
];
const KINDS: [Kind; 4] = [Kind::Tests, Kind::Coverage, Kind::Findings, Kind::Measurements];
const UNITS: [Unit; 5] = [Unit::Count, Unit::Ratio, Unit::Milliseconds, Unit::Bytes, Unit::PerSecond];

fn kind(name: &str) -> Result<Kind, WireError> {
    named(&KINDS, Kind::name, "kind", name)
}

fn number(text: &str) -> Result<Exact, WireError> {
    let parsed = if text.len() > NUMBER_MAX { None } else { text.parse::<Exact>().ok() };
    parsed.ok_or_else(|| WireError::Value { what: "number", value: text.chars().take(40).collect() })
}
