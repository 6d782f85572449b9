//! What the rules write into.

use crate::model::audit::{Finding, Rule};
use crate::model::order;

/// Findings in the making.
#[derive(Default)]
pub(super) struct Findings(Vec<Finding>);

impl Findings {
    /// Adds a contradiction; the same one is kept once.
    pub(super) fn add(&mut self, rule: Rule, line: u32, message: String, numbers: (String, Option<String>)) {
        let (stated, computed) = numbers;
        let finding = Finding { line, rule, message, stated, computed };
        let is_same = |known: &Finding| {
            (known.rule, known.line) == (rule, line)
                && (&known.stated, &known.computed) == (&finding.stated, &finding.computed)
        };
        // Two rules may see one contradiction.
        if !self.0.iter().any(is_same) {
            self.0.push(finding);
        }
    }

    /// Whether a line already has a finding of a rule.
    pub(super) fn has(&self, rule: Rule, line: u32) -> bool {
        self.0.iter().any(|finding| finding.rule == rule && finding.line == line)
    }

    /// Whether a line is already known to be wrong, with the same right number.
    pub(super) fn says(&self, line: u32, computed: &str) -> bool {
        let same = |finding: &Finding| finding.line == line && finding.computed.as_deref() == Some(computed);
        self.0.iter().any(same)
    }

    /// Whether a number of a line is found to be wrong already.
    pub(super) fn repeats(&self, line: u32, stated: &str) -> bool {
        self.0.iter().any(|finding| finding.line == line && finding.stated == stated)
    }

    /// In the order of lines.
    pub(super) fn sorted(mut self) -> Vec<Finding> {
        order::sort(&mut self.0);
        self.0
    }
}
