//! Coverage that is a pass rate.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Document, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, shown};
use crate::audit::rules::sentence::sentences;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

use super::ratio::{Counts, fractions, holds};

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for block in facts.document.blocks() {
        in_block(block, findings);
        beside_counts(block, findings);
    }
    for line in &facts.document.lines {
        in_line(line, findings);
    }
    for table in &facts.document.tables {
        let number = |words: &[&str]| {
            let mut rows = table.rows.iter().filter(|row| {
                mentions(&row.cell(0).to_lowercase(), words)
                    && !mentions(&row.cell(0).to_lowercase(), &["rate", "coverage"])
            });
            rows.find_map(|row| row.number(1).filter(count).map(|q| q.low))
        };
        let coverage = table.rows.iter().find(|row| is_coverage(&row.cell(0).to_lowercase()));
        if let (Some(row), Some(total), Some(passed)) =
            (coverage, number(&["total", "collected", "tests"]), number(&["passing", "passed"]))
            && let Some(percent) = row.number(1).filter(|q| q.unit == Unit::Percent)
        {
            judge(row.line, row.cell(1), &percent, (&passed, &total), findings);
        }
    }
    for block in facts.document.blocks() {
        of_cases(block, findings);
    }
    same_number(facts, findings);
    dimension(facts, findings);
}

fn is_coverage(key: &str) -> bool {
    mentions(key, &["coverage"]) && !mentions(key, &["target", "goal", "gap"])
}

fn count(quantity: &Quantity) -> bool {
    quantity.is_point()
        && quantity.over.is_none()
        && quantity.unit == Unit::None
        && quantity.limit == Limit::Exactly
}

/// `Total: 2,654`, `Passing: 2,401`, `Coverage: 90.5%`.
fn in_block(block: &[Line], findings: &mut Findings) {
    let number = |words: &[&str]| {
        let mut lines =
            block.iter().filter(|l| mentions(&l.key(), words) && !mentions(&l.key(), &["rate", "coverage"]));
        lines.find_map(|line| line.values().next().filter(|q| count(q)).map(|q| q.low.clone()))
    };
    // `Tests: 252 of 260 passing`.
    let of = block.iter().find_map(|line| {
        let passing = mentions(&line.text.to_lowercase(), &["passing", "passed", "pass", "green"])
            && mentions(&line.key(), &["tests", "test", "test cases"]);
        let (passed, total, ..) = fractions(&line.text, &line.quantities).into_iter().find(|_| passing)?;
        Some((total, passed))
    });
    let counts = number(&["total", "collected", "tests"]).zip(number(&["passing", "passed"]));
    let Some((total, passed)) = of.or(counts) else { return };
    for line in block.iter().filter(|l| is_coverage(&l.key())) {
        if let Some(percent) = line.values().next().filter(|q| q.unit == Unit::Percent) {
            judge(
                line.number,
                line.between(percent.start, percent.end),
                percent,
                (&passed, &total),
                findings,
            );
        }
    }
}

/// `5,120 tests, 5,018 passed, 40 skipped` in one line, and their rate as the coverage of the next.
fn beside_counts(block: &[Line], findings: &mut Findings) {
    for line in block
        .iter()
        .filter(|line| is_coverage(&line.key()) && !findings.has(Rule::Mislabel, line.number))
        .collect::<Vec<_>>()
    {
        let percent = line.values().next().filter(|q| q.unit == Unit::Percent && q.limit == Limit::Exactly);
        let Some((counts, percent)) = Counts::of(block, line).zip(percent) else { continue };
        let said = line.between(percent.start, percent.end);
        if counts.passed < counts.total && percent.decimals > 0 && counts.is_rate(percent) {
            let message =
                format!("{said} is the pass rate of {} tests, and no coverage", shown(&counts.total));
            let numbers = (format!("coverage {said}"), Some(format!("pass rate {said}")));
            findings.add(Rule::Mislabel, line.number, message, numbers);
        }
    }
}

fn judge(line: u32, said: &str, percent: &Quantity, counts: (&Exact, &Exact), findings: &mut Findings) {
    let (passed, total) = counts;
    if passed < total
        && percent.limit == Limit::Exactly
        && percent.low < whole(100)
        && holds(percent, passed, total)
    {
        let rate = format!("{}%", shown(&(passed * whole(100) / total)));
        let message = format!(
            "{said} is the pass rate, {} of {} tests = {rate} ({} do not pass), and no coverage",
            shown(passed),
            shown(total),
            shown(&(total - passed))
        );
        findings.add(
            Rule::Mislabel,
            line,
            message,
            (format!("coverage {said}"), Some(format!("pass rate {rate}"))),
        );
    }
}

/// `Code coverage: 98.7%` where 98.7% is the pass rate of the tests.
fn same_number(facts: &Facts<'_>, findings: &mut Findings) {
    let rates = pass_rates(facts);
    for line in facts.document.lines.iter().filter(|line| is_coverage(&line.key())) {
        let measured = !matches!(line.key().as_str(), "coverage" | "code coverage" | "test coverage");
        let Some(stated) =
            line.values().next().filter(|q| !measured && q.unit == Unit::Percent && q.is_point())
        else {
            continue;
        };
        let same = |rate: &&Quantity| rate.low == stated.low && rate.decimals == stated.decimals;
        let exact = stated.decimals > 0 && stated.limit == Limit::Exactly && stated.low < whole(100);
        if exact && rates.iter().any(|rate| same(&rate)) && !findings.has(Rule::Mislabel, line.number) {
            let said = line.between(stated.start, stated.end);
            let message = format!("{said} is the pass rate of the tests, and no coverage");
            let numbers = (format!("coverage {said}"), Some(format!("pass rate {said}")));
            findings.add(Rule::Mislabel, line.number, message, numbers);
        }
    }
}

/// Pass rates as stated in lines, and in the total rows of tables.
fn pass_rates(facts: &Facts<'_>) -> Vec<Quantity> {
    let percent = |q: &Quantity| q.unit == Unit::Percent && q.is_point() && !q.signed;
    let tests = ["pass rate", "passing", "passed"];
    let lines = facts.document.lines.iter().filter(|line| {
        let text = line.text.to_lowercase();
        mentions(&text, &tests) && !mentions(&text, &["coverage"])
    });
    let stated = lines.filter_map(|line| line.quantities.iter().find(|q| percent(q)).cloned());
    let tables = facts.document.tables.iter().filter_map(|table| {
        let column = (1..table.header.cells.len()).find(|column| {
            mentions(&table.header.cell(*column).to_lowercase(), &["pass rate", "success rate"])
        })?;
        table.total()?.number(column).filter(percent)
    });
    stated.chain(tables).collect()
}

/// `Coverage: 90% (180 of 200 tests passing)`.
fn in_line(line: &Line, findings: &mut Findings) {
    if !is_coverage(&line.key()) || mentions(&line.key(), &["rate"]) {
        return;
    }
    let Some(percent) = line.values().next().filter(|q| q.unit == Unit::Percent && q.limit != Limit::AtLeast)
    else {
        return;
    };
    let after = line.text.get(percent.end..).unwrap_or_default().to_lowercase();
    let Some(inside) =
        after.trim_start().strip_prefix('(').and_then(|rest| rest.split_once(')')).map(|(inside, _)| inside)
    else {
        return;
    };
    let tests = mentions(inside, &["tests", "test cases", "tests passing", "test"])
        && (mentions(inside, &["passing", "passed", "pass", "of"]) || inside.contains('/'));
    let other = mentions(inside, &["lines", "line", "branches", "statements", "functions", "added", "new"]);
    if tests && !other && inside.contains(|c: char| c.is_ascii_digit()) {
        let said = line.between(percent.start, percent.end).to_owned();
        let message = format!("{said} counts tests ({inside}): a pass rate is no coverage");
        findings.add(
            Rule::Mislabel,
            line.number,
            message,
            (format!("coverage {said}"), Some(format!("pass rate {said}"))),
        );
    }
}

/// A scored dimension "Test Coverage" with nothing but pass rates behind it.
fn dimension(facts: &Facts<'_>, findings: &mut Findings) {
    let named = |name: &str| mentions(&name.to_lowercase(), &["coverage"]);
    let scored = facts.dimensions.iter().flat_map(|set| &set.dimensions).any(|d| named(&d.name));
    if !scored || has_coverage(facts.document) {
        return;
    }
    for (index, section) in
        facts.document.sections.iter().enumerate().skip(1).filter(|(_, s)| named(&s.title))
    {
        let rate = facts.document.lines_within(index).find(|line| {
            mentions(&line.text.to_lowercase(), &["pass rate"])
                && line.quantities.iter().any(|q| q.unit == Unit::Percent && q.limit == Limit::Exactly)
        });
        if let Some(rate) = rate {
            let message =
                format!("`{}` rests on a pass rate: the document has no coverage figure", section.title);
            findings.add(
                Rule::Mislabel,
                rate.number,
                message,
                ("coverage".to_owned(), Some("pass rate".to_owned())),
            );
        }
    }
}

/// "177 passed, 4 failed … that is a test coverage of 97.8 % (177/181)".
fn of_cases(block: &[Line], findings: &mut Findings) {
    let passed = |line: &Line| {
        let text = line.text.to_lowercase();
        mentions(&text, &["passed", "passing"])
            && mentions(&text, &["failed", "skipped", "failing", "tests", "cases"])
    };
    if !block.iter().any(passed) {
        return;
    }
    for sentence in sentences(block) {
        let lower = sentence.text.to_lowercase();
        let other =
            ["lines", "line", "branches", "branch", "statements", "functions", "requirements", "api", "code"];
        let named =
            mentions(&lower, &["test coverage", "coverage of", "coverage is"]) && !mentions(&lower, &other);
        for pair in sentence.quantities.windows(2).filter(|_| named) {
            let [percent, count] = pair else { continue };
            let Some(total) = &count.over else { continue };
            let line = sentence.line(percent.start);
            let called = sentence.between(0, percent.start).ends_with("coverage of")
                || sentence.between(0, percent.start).ends_with("coverage is");
            let rate =
                percent.unit == Unit::Percent && count.low < *total && holds(percent, &count.low, total);
            if called
                && rate
                && sentence.between(percent.end, count.start) == "("
                && !findings.has(Rule::Mislabel, line)
            {
                let said = sentence.said(percent);
                let message = format!("{said} is the pass rate of {} tests, and no coverage", shown(total));
                let numbers = (format!("coverage {said}"), Some(format!("pass rate {said}")));
                findings.add(Rule::Mislabel, line, message, numbers);
            }
        }
    }
}

/// Whether any text gives a percentage of covered lines, branches or the like.
pub(super) fn has_coverage(document: &Document) -> bool {
    let says = |text: &str, quantities: &[Quantity]| {
        let lower = text.to_lowercase();
        // "coverage to 90%" is a plan.
        let planned = |q: &Quantity| {
            text.get(..q.start).is_some_and(|before| before.to_lowercase().trim_end().ends_with(" to"))
        };
        let percent =
            quantities.iter().any(|q| q.unit == Unit::Percent && q.limit != Limit::AtLeast && !planned(q));
        percent
            && (mentions(
                &lower,
                &[
                    "line coverage",
                    "branch coverage",
                    "code coverage",
                    "statement coverage",
                    "lines covered",
                    "covered",
                ],
            ) || mentions(&lower, &["coverage"]) && !mentions(&lower, &["pass rate"]))
    };
    let rows = document.tables.iter().flat_map(|t| &t.rows).any(|row| {
        let text = row.cells.join(" ");
        mentions(&row.cell(0).to_lowercase(), &["line coverage", "branch coverage", "code coverage"])
            && text.contains('%')
    });
    rows || document.lines.iter().any(|line| says(&line.text, &line.quantities))
}
