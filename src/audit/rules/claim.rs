//! Ticks with nothing behind them.

use num_traits::Zero as _;

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line, Mark};
use crate::audit::table::Row;
use crate::audit::words::{is_within, mentions, words};
use crate::model::audit::Rule;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for table in &facts.document.tables {
        empty_evidence(table, findings);
    }
    for line in &facts.document.lines {
        if line.mark == Some(Mark::Done) {
            nothing_ran(line, findings);
            says_pending(line, findings);
        }
    }
    if facts.is_assessment() {
        to_do_lists(facts, findings);
        done_and_pending(facts, findings);
        tool_to_come(facts, findings);
    }
}

/// `✅ … : 0/30`.
fn nothing_ran(line: &Line, findings: &mut Findings) {
    let counted = line
        .quantities
        .iter()
        .find(|q| q.over.as_ref().is_some_and(|over| !over.is_zero()) && q.low.is_zero() && q.high.is_zero());
    if let Some(count) = counted {
        let said = line.between(count.start, count.end).to_owned();
        let message = format!("ticked, and {said} of it is there");
        findings.add(Rule::ClaimWithoutEvidence, line.number, message, ("done".to_owned(), Some(said)));
    }
}

/// `✅ Load test (pending)`, `[x] … evidence: none`.
fn says_pending(line: &Line, findings: &mut Findings) {
    let lower = line.text.to_lowercase();
    let bracket = lower.rsplit_once('(').and_then(|(_, inside)| inside.strip_suffix(')')).unwrap_or_default();
    let planned = line.boxed && is_planned(&lower, bracket);
    let states = [
        "pending",
        "todo",
        "to do",
        "tbd",
        "not started",
        "not yet",
        "not run",
        "not run yet",
        "not done",
        "in progress",
        "planned",
        "not yet run",
        "no evidence",
        "no report",
        "unverified",
        "untested",
    ];
    let in_bracket = states.iter().any(|state| {
        bracket == *state
            || bracket.starts_with(&format!("{state},"))
            || bracket.starts_with("not yet ")
            || bracket.ends_with(&format!(", {state}"))
            || bracket.ends_with(&format!("; {state}"))
            || bracket.starts_with("no evidence")
            || bracket.starts_with("no report")
    });
    let missing = ends_in_not_yet(&lower)
        || ["evidence", "proof", "report", "artifact"].iter().any(|word| {
            lower
                .split_once(&format!("{word}: "))
                .is_some_and(|(_, rest)| nothing(rest.trim_end_matches(['.', ')'])))
        });
    if in_bracket || missing || planned {
        let message = "ticked, and the same line says that it is not there yet".to_owned();
        findings.add(
            Rule::ClaimWithoutEvidence,
            line.number,
            message,
            ("done".to_owned(), Some("not done".to_owned())),
        );
    }
}

/// `(lab slot in May, awaiting parts)`, `- scheduled for 12 June`: what stands in the last bracket or behind a dash is to
/// come.
fn is_planned(lower: &str, bracket: &str) -> bool {
    let planned = [
        "planned for ",
        "scheduled for ",
        "booked for ",
        "to be ",
        "will be ",
        "to follow",
        "awaiting ",
        "waiting for ",
        "still open",
        "still missing",
        "outstanding",
        "geplant für ",
        "geplant ",
        "folgt ",
    ];
    let dashed = [" - ", " – ", " — "].iter().find_map(|dash| lower.rsplit_once(dash)).map(|(_, end)| end);
    let end = if bracket.is_empty() { dashed.unwrap_or_default().trim_end_matches('.') } else { bracket };
    end.split([',', ';']).any(|part| planned.iter().any(|word| part.trim().starts_with(word)))
}

/// `Audit log - not implemented yet`, `(the second region does not exist yet)`: the last clause denies what is ticked.
fn ends_in_not_yet(lower: &str) -> bool {
    let idle = [
        "needed",
        "required",
        "used",
        "enabled",
        "public",
        "relevant",
        "affected",
        "visible",
        "announced",
        "due",
        "necessary",
    ];
    let ends = lower.trim_end_matches(['.', ')', '!', ' ']);
    ends.strip_suffix(" yet").is_some_and(|rest| {
        let clause = rest.rsplit(['(', '—', '–', ',', ';', ':']).next().unwrap_or_default();
        let denied = mentions(clause, &["not", "nothing", "nobody", "no", "none", "isn't", "hasn't"]);
        clause.len() < rest.len() && denied && !mentions(clause, &idle)
    })
}

fn nothing(text: &str) -> bool {
    let text = text.trim();
    matches!(
        text,
        "" | "-"
            | "–"
            | "—"
            | "none"
            | "n/a"
            | "tbd"
            | "todo"
            | "pending"
            | "missing"
            | "not yet"
            | "none yet"
            | "not available"
            | "?"
            | "not collected"
            | "to be collected"
            | "to be added"
            | "no report"
            | "not yet collected"
            | "to come"
    )
}

/// A column for evidence that is empty beside a tick.
fn empty_evidence(table: &crate::audit::table::Table, findings: &mut Findings) {
    let column = |words: &[&str]| {
        (1..table.header.cells.len()).find(|c| mentions(&table.header.cell(*c).to_lowercase(), words))
    };
    let Some(evidence) = column(&["evidence", "proof", "artifact", "artefact", "report", "evidence link"])
    else {
        return;
    };
    let done = |row: &&Row| {
        row.cells.iter().enumerate().any(|(at, cell)| {
            let cell = cell.to_lowercase();
            at != evidence
                && (cell.contains(['✅', '✔', '☑'])
                    || matches!(
                        cell.trim(),
                        "done" | "complete" | "completed" | "verified" | "passed" | "yes" | "[x]" | "100%"
                    ))
        })
    };
    for row in table.rows.iter().filter(done) {
        let cell = row.cell(evidence).to_lowercase();
        let cell = cell.trim_matches(|c: char| "✅❌⚠🔄⏳ ".contains(c));
        if nothing(cell) {
            let message = format!("`{}` is done, and its evidence is `{}`", row.cell(0), row.cell(evidence));
            findings.add(
                Rule::ClaimWithoutEvidence,
                row.line,
                message,
                ("done".to_owned(), Some("no evidence".to_owned())),
            );
        }
    }
}

/// A list of what is still to do where every item carries a tick.
fn to_do_lists(facts: &Facts<'_>, findings: &mut Findings) {
    for (index, section) in facts.document.sections.iter().enumerate().skip(1) {
        let title = section.title.to_lowercase();
        let to_get = ["to get ", "to reach ", "to achieve ", "needed for ", "required for "]
            .iter()
            .any(|start| title.starts_with(start))
            && section.quantities.iter().any(|q| q.as_score().is_some());
        let open = mentions(
            &title,
            &[
                "what's missing",
                "what is missing",
                "not started",
                "still missing",
                "still open",
                "outstanding",
                "not done",
                "still to do",
                "pending",
            ],
        );
        let items: Vec<&Line> = facts
            .document
            .lines
            .iter()
            .filter(|l| l.section == index && l.kind == Kind::Item && l.indent < 2)
            .collect();
        let ticked =
            !items.is_empty() && items.iter().all(|line| line.mark == Some(Mark::Done) && !line.boxed);
        if (to_get || open)
            && ticked
            && let Some(first) = items.first()
        {
            let message = format!(
                "all {} items of `{}` are ticked although they are still to do",
                items.len(),
                section.title
            );
            findings.add(
                Rule::ClaimWithoutEvidence,
                first.number,
                message,
                (format!("{} done", items.len()), Some("0 done".to_owned())),
            );
        }
    }
}

/// An item that is ticked in one place and in a list of what comes next in another.
fn done_and_pending(facts: &Facts<'_>, findings: &mut Findings) {
    let pending: Vec<(&Line, Vec<String>)> = facts
        .document
        .lines
        .iter()
        .filter(|line| line.kind == Kind::Item && is_pending(facts, line))
        .map(|line| (line, words(&line.text)))
        .filter(|(_, words)| words.len() >= 2)
        .collect();
    for line in facts.document.lines.iter().filter(|l| l.mark == Some(Mark::Done) && l.kind == Kind::Item) {
        let own = words(line.text.split('(').next().unwrap_or_default());
        let around = facts
            .document
            .titles(line.section)
            .filter(|title| title.to_lowercase().starts_with("phase"))
            .flat_map(words);
        let all: Vec<String> = own.iter().cloned().chain(around).collect();
        let verb = |w: &[String]| {
            w.first().is_some_and(|first| own.contains(first)) || is_within(w, &own) || is_outcome_of(&own, w)
        };
        let matched = pending.iter().find(|(other, words)| {
            other.number != line.number
                && verb(words)
                && (is_within(words, &all) || is_outcome_of(&own, words))
                && own.len() <= words.len() + 3
        });
        if let Some((other, _)) = matched {
            let message =
                format!("ticked here, and still to come in line {}: `{}`", other.number, other.text);
            findings.add(
                Rule::ClaimWithoutEvidence,
                line.number,
                message,
                ("done".to_owned(), Some("to come".to_owned())),
            );
        }
    }
}

/// "Load test passed" says that "run load test" is over.
fn is_outcome_of(done: &[String], pending: &[String]) -> bool {
    const BEGIN: [&str; 6] = ["run", "execute", "perform", "conduct", "finish", "do"];
    const OVER: [&str; 6] = ["passed", "executed", "performed", "finished", "ran", "conducted"];
    let Some((verb, rest)) = pending.split_first().filter(|(_, rest)| rest.len() >= 2) else { return false };
    let is_over = done.iter().any(|word| OVER.contains(&word.as_str()));
    is_over && BEGIN.contains(&verb.as_str()) && is_within(rest, done) && done.len() <= rest.len() + 3
}

fn is_pending(facts: &Facts<'_>, line: &Line) -> bool {
    let title = facts.document.sections.get(line.section).map(|s| s.title.to_lowercase()).unwrap_or_default();
    let next = matches!(
        title.as_str(),
        "next"
            | "next steps"
            | "todo"
            | "to do"
            | "pending"
            | "remaining"
            | "upcoming"
            | "not started"
            | "still to do"
            | "remaining work"
            | "open work"
            | "open points"
            | "open items"
            | "left to do"
            | "what is left"
            | "to be done"
            | "outstanding"
            | "not done"
    );
    match line.mark {
        None => next,
        Some(Mark::Open | Mark::Progress) => true,
        Some(_) => false,
    }
}

/// `0 CodeQL vulnerabilities` while running `CodeQL` is still to be set up.
fn tool_to_come(facts: &Facts<'_>, findings: &mut Findings) {
    for line in &facts.document.lines {
        let Some(zero) = line
            .quantities
            .first()
            .filter(|q| q.start == 0 && q.low.is_zero() && q.high.is_zero() && q.over.is_none())
        else {
            continue;
        };
        let after: Vec<&str> = line.text.get(zero.end..).unwrap_or_default().split_whitespace().collect();
        let [tool, noun, ..] = after.as_slice() else { continue };
        let findings_of = matches!(
            noun.to_lowercase().trim_end_matches([',', '.']),
            "vulnerabilities" | "findings" | "issues" | "alerts" | "errors" | "warnings"
        );
        let named = tool.chars().skip(1).any(char::is_uppercase) || tool.starts_with(char::is_uppercase);
        if !findings_of || !named {
            continue;
        }
        let set_up = facts.document.lines.iter().find(|other| {
            let text = other.text.to_lowercase();
            let verb =
                ["run ", "add ", "create ", "set up ", "setup ", "enable ", "integrate ", "configure "]
                    .iter()
                    .any(|verb| text.starts_with(verb));
            verb && other.number != line.number
                && other.mark != Some(Mark::Done)
                && mentions(&text, &[&tool.to_lowercase()])
        });
        if let Some(other) = set_up {
            let message = format!(
                "`{}` has no job behind it: {tool} is still to be set up in line {}",
                line.text, other.number
            );
            findings.add(
                Rule::ClaimWithoutEvidence,
                line.number,
                message,
                (format!("0 {tool} {noun}"), Some("not measured".to_owned())),
            );
        }
    }
}
