//! What is said to be done, against all that says that it is still to come.
//!
//! * `claims`: ticks, rows with a state, and labels with one.
//! * `later`: words for what is to come.
//! * `own`: what the same line or row says of it.
//! * `elsewhere`: what sentences, gaps and next steps say of it.

mod claims;
mod elsewhere;
mod later;
mod own;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::model::audit::Rule;

/// Claims that are held against the rest; a document with more is none that a person wrote.
const MOST: usize = 300;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let claims = claims::all(facts);
    own::apply(facts, &claims, findings);
    if !claims.is_empty() {
        elsewhere::apply(facts, &claims, findings);
    }
}

fn report(line: u32, message: String, computed: &str, findings: &mut Findings) {
    if !findings.has(Rule::ClaimWithoutEvidence, line) {
        let numbers = ("done".to_owned(), Some(computed.to_owned()));
        findings.add(Rule::ClaimWithoutEvidence, line, message, numbers);
    }
}
