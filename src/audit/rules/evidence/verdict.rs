//! Whether a claim that does not hold contradicts the evidence, or speaks of something that the evidence is not about.

use num_traits::Signed as _;

use super::claim::{Claim, PASS_RATE, PASSED};
use super::subject::{is_of_all, names_part};
use crate::audit::findings::Findings;
use crate::audit::quantity::Quantity;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// One number of a claim against what was measured.
pub(super) struct Verdict {
    /// What is counted; claims of one kind are held against one number.
    pub(super) kind: String,
    line: u32,
    label: String,
    value: Exact,
    exact: Exact,
    said: String,
    measured: String,
    holds: bool,
    /// Whether words beside the number are no words for everything.
    part: bool,
}

impl Verdict {
    /// A number of a claim, as said, with what was measured.
    pub(super) fn new(
        claim: &Claim<'_>,
        quantity: &Quantity,
        (kind, exact, measured): (&str, Exact, String),
    ) -> Self {
        Self {
            kind: kind.to_owned(),
            line: claim.line,
            label: claim.label.clone(),
            value: quantity.low.clone(),
            exact,
            said: super::claim::text(claim, quantity).to_owned(),
            measured,
            holds: true,
            part: names_part(claim, quantity),
        }
    }

    /// Whether the number holds.
    pub(super) fn holding(self, holds: bool) -> Self {
        Self { holds, ..self }
    }

    /// The measurement has a name that the claim says.
    pub(super) fn of_all(self) -> Self {
        Self { part: false, ..self }
    }

    /// As the document has it, where that is more than the number.
    pub(super) fn said(self, said: &str) -> Self {
        Self { said: said.to_owned(), ..self }
    }
}

/// Keeps of the verdicts from `from` on, which are on a part, only that they hold.
pub(super) fn of_part(verdicts: &mut Vec<Verdict>, from: usize) {
    let parts: Vec<Verdict> = verdicts.drain(from..).filter(|verdict| verdict.holds).collect();
    verdicts.extend(parts.into_iter().map(|verdict| Verdict { part: true, ..verdict }));
}

/// Reports what contradicts the evidence, once per line.
pub(super) fn judge(verdicts: &[Verdict], findings: &mut Findings) {
    for verdict in verdicts.iter().filter(|verdict| !verdict.holds) {
        let alike = || verdicts.iter().filter(|other| other.kind == verdict.kind);
        let several = alike().any(|other| other.value != verdict.value);
        // `16 findings, 7 of them open`.
        let beside = alike().any(|other| other.line == verdict.line && other.holds);
        // A number for each of some parts, under headings or items that name them.
        let sibling =
            |other: &Verdict| other.label == verdict.label && !other.holds && other.value != verdict.value;
        let listed = !verdict.label.is_empty() && alike().any(sibling) && alike().count() >= 3;
        // What was measured is the part of another claim, and this one speaks of more.
        let far = (&verdict.value - &verdict.exact).abs() * whole(10) > verdict.exact.abs();
        let of_part = |other: &Verdict| other.holds && other.part;
        // A rate speaks of what the counts beside it do.
        let counts = |other: &&Verdict| verdict.kind == PASS_RATE && other.kind == PASSED;
        let beside_counts = || verdicts.iter().filter(counts).any(|c| c.line == verdict.line && !c.holds);
        let of_more =
            far && alike().any(of_part) || beside_counts() && verdicts.iter().filter(counts).any(of_part);
        let part = verdict.part && (several || !is_of_all(&verdict.label));
        if beside || listed || of_more || part || findings.has(Rule::ContradictsEvidence, verdict.line) {
            continue;
        }
        let message = format!("{} is claimed, {} was measured", verdict.said, verdict.measured);
        let numbers = (verdict.said.clone(), Some(verdict.measured.clone()));
        findings.add(Rule::ContradictsEvidence, verdict.line, message, numbers);
    }
}
