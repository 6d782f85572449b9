//! Points per hour as stated for a name, against its points and its hours.

use super::read::Measure;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// What begins a return.
const PER: [&str; 5] = ["points per ", "points/", "gain per ", "pts per ", "pts/"];

pub(super) fn apply(facts: &Facts<'_>, measures: &[Measure], findings: &mut Findings) {
    let returns: Vec<&Measure> = measures.iter().filter(|measure| measure.derived).collect();
    for block in facts.document.blocks().filter(|_| !returns.is_empty()) {
        let title = block.first().and_then(|line| facts.document.titles(line.section).next());
        let texts = block.iter().map(|line| line.text.as_str()).chain(title);
        let Some(scale) = texts.filter_map(per).next() else { continue };
        for measure in &returns {
            judge(block, measure, &scale, findings);
        }
    }
}

/// How many hours a return is for: 1, or 100 in "points per 100 hours".
fn per(text: &str) -> Option<Exact> {
    let lower = text.to_lowercase();
    let after = PER.iter().find_map(|per| lower.split_once(per)).map(|(_, after)| after)?;
    let number = crate::audit::quantity::quantities(after).into_iter().next().filter(|q| q.start == 0);
    Some(number.map_or_else(|| whole(1), |q| q.low))
}

/// A stated return with what follows from points and hours.
struct Stated<'a> {
    line: &'a Line,
    said: &'a Quantity,
    name: &'a str,
    exact: Exact,
}

/// Where at least one name has the return that follows, another one has to have it, too.
fn judge(block: &[Line], measure: &Measure, scale: &Exact, findings: &mut Findings) {
    let stated: Vec<Stated<'_>> = block
        .iter()
        .flat_map(|line| line.quantities.iter().filter_map(|q| said_of(line, q, measure, scale)))
        .collect();
    let holds = |one: &&Stated<'_>| {
        let slack = one.said.ulp();
        one.said.low <= &one.exact + &slack && one.said.high >= &one.exact - &slack
    };
    if !stated.iter().any(|one| holds(&one)) {
        return;
    }
    for one in stated.iter().filter(|one| !holds(one)) {
        let said = one.line.between(one.said.start, one.said.end).to_owned();
        let computed = shown(&one.exact);
        let message = format!("the points and the effort of `{}` make {computed}, not {said}", one.name);
        findings.add(Rule::EffortOrder, one.line.number, message, (said, Some(computed)));
    }
}

/// `P1: 5.6`, "iteration 3 has 3.0": a number right behind a name.
fn said_of<'a>(
    line: &'a Line,
    said: &'a Quantity,
    measure: &'a Measure,
    scale: &Exact,
) -> Option<Stated<'a>> {
    let before = line.text.get(..said.start)?.to_lowercase();
    let before = before.trim_end_matches([' ', ':', '=', '(', '~']);
    let before = [" has", " is", " pays", " gives", " brings", " with", " at"]
        .iter()
        .find_map(|verb| before.strip_suffix(verb))
        .unwrap_or(before);
    let fits =
        said.over.is_none() && !said.signed && said.limit != Limit::AtMost && said.limit != Limit::AtLeast;
    let ends = |name: &str| {
        before.strip_suffix(name).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
            && name.len() >= 2
    };
    let mut named: Vec<_> = measure.entries.iter().filter(|entry| ends(&entry.name)).collect();
    named.dedup_by(|a, b| a.value == b.value);
    let [entry] = named.as_slice() else { return None };
    let unit = !said.unit.is_duration() && !mentions(before, &["hours", "effort"]);
    (fits && unit).then(|| Stated { line, said, name: &entry.name, exact: &entry.value * scale })
}
