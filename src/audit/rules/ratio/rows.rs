//! Rates beside the counts that they follow from: in the rows of a table, and in the sentence after the counts.

use num_traits::{Signed as _, Zero as _};

use super::share::holds;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::table::{Row, Table};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Names of a rate of passed tests.
const RATE: [&str; 4] = ["pass rate", "success rate", "passing rate", "pass percentage"];

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in &facts.document.tables {
        in_rows(table, findings);
    }
    for block in facts.document.blocks() {
        for line in block.iter().filter(|line| mentions(&line.text.to_lowercase(), &RATE)) {
            let counts = Counts::of(block, line);
            if let (Some(counts), Some(percent)) = (counts, only_percent(line)) {
                counts.judge(line.number, line.between(percent.start, percent.end), percent, findings);
            }
        }
    }
}

/// Tests with what became of them.
pub(in crate::audit::rules) struct Counts {
    pub(in crate::audit::rules) total: Exact,
    pub(in crate::audit::rules) passed: Exact,
    skipped: Exact,
}

impl Counts {
    /// The counts that the lines around `line` give, if they are one set.
    pub(in crate::audit::rules) fn of(block: &[Line], line: &Line) -> Option<Self> {
        let others = || block.iter().filter(|other| other.number != line.number);
        let number = |words: &[&str]| {
            let mut found = others().filter_map(|line| counted(line, words));
            let first = found.next()?;
            found.next().is_none().then_some(first)
        };
        let total = number(&["tests", "test cases", "cases", "total"])?;
        let passed = number(&["pass", "passed", "passing"])?;
        Some(Self { total, passed, skipped: number(&["skipped", "ignored"]).unwrap_or_else(Exact::zero) })
    }

    /// Whether `percent` is the pass rate, with or without the skipped ones.
    pub(in crate::audit::rules) fn is_rate(&self, percent: &Quantity) -> bool {
        let run = &self.total - &self.skipped;
        holds(percent, &self.passed, &self.total) || holds(percent, &self.passed, &run)
    }

    fn judge(&self, line: u32, said: &str, percent: &Quantity, findings: &mut Findings) {
        let run = &self.total - &self.skipped;
        if self.is_rate(percent)
            || self.passed > self.total
            || !run.is_positive()
            || findings.has(Rule::Ratio, line)
        {
            return;
        }
        let computed = format!("{}%", shown(&(&self.passed * whole(100) / &run)));
        let message = format!("{} of {} is {computed}, not {said}", shown(&self.passed), shown(&run));
        findings.add(Rule::Ratio, line, message, (said.to_owned(), Some(computed)));
    }
}

fn only_percent(line: &Line) -> Option<&Quantity> {
    let mut percents = line.quantities.iter().filter(|q| q.unit == Unit::Percent && !q.signed);
    let first = percents.next()?;
    percents.next().is_none().then_some(first)
}

/// `2,310 pass`, `75 are skipped`: the only number of a line that one of `words` follows.
fn counted(line: &Line, words: &[&str]) -> Option<Exact> {
    let follows = |q: &&Quantity| {
        let after = line.text.get(q.end..).unwrap_or_default().to_lowercase();
        let mut after =
            after.split(|c: char| !c.is_alphabetic()).filter(|w| !matches!(*w, "" | "are" | "were" | "have"));
        after.next().is_some_and(|word| words.contains(&word))
    };
    let mut found = line.quantities.iter().filter(|q| is_count(q)).filter(follows);
    let first = found.next()?;
    found.next().is_none().then(|| first.low.clone())
}

fn is_count(quantity: &Quantity) -> bool {
    quantity.is_point()
        && quantity.over.is_none()
        && quantity.unit == Unit::None
        && quantity.limit == Limit::Exactly
        && !quantity.signed
}

/// Rows for all tests, for those that passed, and for the rate.
fn in_rows(table: &Table, findings: &mut Findings) {
    let named = |words: &[&str], not: &[&str]| {
        let fits = |row: &&Row| {
            let name = row.cell(0).to_lowercase();
            mentions(&name, words) && !mentions(&name, not)
        };
        let mut rows = table.rows.iter().filter(fits).filter_map(|row| row.number(1).filter(is_count));
        let first = rows.next()?.low;
        rows.next().is_none().then_some(first)
    };
    let other = [
        "passed", "passing", "failed", "failing", "skipped", "ignored", "flaky", "rate", "coverage",
        "suites", "time",
    ];
    let total = named(&["tests", "total", "total tests", "collected", "test cases"], &other);
    let passed = named(&["passed", "passing"], &["rate", "coverage", "not"]);
    let rate = table.rows.iter().find(|row| mentions(&row.cell(0).to_lowercase(), &RATE));
    if let (Some(total), Some(passed), Some(row)) = (total, passed, rate)
        && let Some(percent) = row.number(1).filter(|q| q.unit == Unit::Percent)
    {
        let skipped = named(&["skipped", "ignored"], &[]).unwrap_or_else(Exact::zero);
        Counts { total, passed, skipped }.judge(row.line, row.cell(1), &percent, findings);
    }
}
