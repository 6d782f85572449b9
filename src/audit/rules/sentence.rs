//! Numbers of one sentence that follow from each other, also where it runs over several lines.

use num_traits::Signed as _;

use super::ratio::holds;
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Limit, Quantity, Unit, quantities, shown};
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// A line that is shorter than this was not broken by an editor.
const WRAPPED: usize = 60;
/// More bytes than a sentence has.
const LONGEST: usize = 2000;
/// What opens the number of all.
const IN_ALL: [&str; 6] = ["in all", "in total", "altogether", "all told", "all together", "in sum"];
/// What is not done.
const OPEN: [&str; 10] = [
    "open",
    "left",
    "remaining",
    "remain",
    "outstanding",
    "missing",
    "still open",
    "not",
    "to go",
    "unfinished",
];

/// A sentence with the lines that it stands on.
struct Sentence {
    text: String,
    quantities: Vec<Quantity>,
    /// Where each line begins in the text.
    lines: Vec<(usize, u32)>,
}

impl Sentence {
    fn line(&self, at: usize) -> u32 {
        self.lines.iter().rev().find(|(start, _)| *start <= at).map_or(1, |(_, line)| *line)
    }

    fn said(&self, quantity: &Quantity) -> &str {
        self.text.get(quantity.start..quantity.end).unwrap_or_default()
    }

    /// What stands between two places, in lower case and trimmed.
    fn between(&self, from: usize, to: usize) -> String {
        self.text.get(from..to).unwrap_or_default().trim().to_lowercase()
    }

    fn after(&self, quantity: &Quantity) -> String {
        self.between(quantity.end, self.text.len())
    }

    fn report(
        &self,
        (rule, wrong): (Rule, &Quantity),
        message: &str,
        computed: String,
        findings: &mut Findings,
    ) {
        let line = self.line(wrong.start);
        let said = self.said(wrong).to_owned();
        if !findings.repeats(line, &said) {
            findings.add(rule, line, format!("{message} {computed}, not {said}"), (said, Some(computed)));
        }
    }
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for block in facts.document.blocks() {
        let sentences = sentences(block);
        for pair in sentences.windows(2) {
            if let [before, sentence] = pair {
                split(before, sentence, findings);
                of_them(before, sentence, findings);
            }
        }
        for sentence in sentences {
            share(&sentence, findings);
            in_all(&sentence, findings);
            listed(&sentence, findings);
            rest(&sentence, findings);
            remainder(&sentence, findings);
            order(&sentence, findings);
            mean(&sentence, findings);
            rise(&sentence, findings);
        }
    }
}

fn sentences(block: &[Line]) -> Vec<Sentence> {
    let mut found = Vec::new();
    let mut open = Vec::new();
    for (line, next) in block.iter().zip(block.iter().skip(1).map(Some).chain([None])) {
        let mut rest = line.text.as_str();
        while let Some(at) = end_of_sentence(rest) {
            let (sentence, further) = rest.split_at_checked(at).unwrap_or((rest, ""));
            open.push((line.number, sentence));
            found.extend(joined(&mut open));
            rest = further;
        }
        open.push((line.number, rest));
        let goes_on = next.is_some_and(|next| next.kind == Kind::Text && line.kind != Kind::Fenced)
            && line.text.len() >= WRAPPED;
        if !goes_on {
            found.extend(joined(&mut open));
        }
    }
    found
}

/// Behind a point, a question or an exclamation that a space follows and no short word precedes.
fn end_of_sentence(text: &str) -> Option<usize> {
    text.match_indices(['.', '!', '?']).map(|(at, _)| at + 1).find(|at| {
        let (before, after) = text.split_at_checked(*at).unwrap_or((text, ""));
        if !after.starts_with(' ') {
            return false;
        }
        let word = before.split_whitespace().next_back().unwrap_or_default();
        let counts = word.ends_with("%.")
            || word.ends_with(").")
            || word.trim_end_matches('.').ends_with(|c: char| c.is_ascii_digit());
        word.len() > 4 || counts
    })
}

fn joined(pieces: &mut Vec<(u32, &str)>) -> Option<Sentence> {
    let (mut text, mut lines) = (String::new(), Vec::new());
    for (line, piece) in pieces.drain(..) {
        if !text.is_empty() {
            text.push(' ');
        }
        lines.push((text.len(), line));
        text.push_str(piece.trim());
    }
    // What is longer was not written as a sentence.
    if text.len() > LONGEST {
        return None;
    }
    let quantities = quantities(&text);
    (!quantities.is_empty()).then_some(Sentence { text, quantities, lines })
}

fn is_count(quantity: &Quantity) -> bool {
    quantity.is_point()
        && quantity.over.is_none()
        && quantity.unit == Unit::None
        && quantity.limit == Limit::Exactly
        && !quantity.signed
        && quantity.decimals == 0
}

/// `a of b` and `of b, a`: the part, the whole, and where they end.
fn fraction(sentence: &Sentence, at: usize) -> Option<(&Quantity, &Quantity)> {
    let [first, second] = sentence.quantities.get(at..at + 2)? else { return None };
    let between = sentence.between(first.end, second.start);
    let before = sentence.between(0, first.start);
    let leading =
        [" of", " of the", " of all", " of these"].iter().any(|of| format!(" {before}").ends_with(of));
    let apart = between.len() <= 40 && !between.contains(['(', ')', ':', ';', '%']);
    let found = match between.as_str() {
        "of" | "out of" | "of the" | "of all" => (first, second),
        _ if of_which(&between) => (second, first),
        _ if of_noun(&between) => (first, second),
        _ if leading && apart && first.low > second.low => (second, first),
        _ => return None,
    };
    (is_count(first) && is_count(second) && found.1.low.is_positive()).then_some(found)
}

/// `480 cases, of which 456 …`.
fn of_which(between: &str) -> bool {
    between.len() <= 50 && ["of which", "of these", "thereof"].iter().any(|word| between.ends_with(word))
}

/// `186 k€ of the 240 k€`: one word between a number and its whole.
fn of_noun(between: &str) -> bool {
    let noun = [" of", " of the", " of all"].iter().find_map(|of| between.strip_suffix(of));
    noun.is_some_and(|noun| !noun.is_empty() && !noun.contains(' ') && noun.len() <= 12)
}

/// "412 of 430 requirements are covered (95.8 %)", "of 45 partners, 36 accepted (80 %)", "18 of 36 is 50 %".
fn share(sentence: &Sentence, findings: &mut Findings) {
    for at in 0..sentence.quantities.len() {
        let Some((part, all)) = fraction(sentence, at) else { continue };
        let Some(percent) = sentence.quantities.get(at + 2) else { continue };
        let end = part.end.max(all.end);
        let between = sentence.between(end, percent.start);
        let joins =
            ["(", "or", "is", "i.e.", "that is", "rate of", "share of", "makes", "thus", "or about", "="]
                .iter()
                .any(|word| {
                    between == *word
                        || between.ends_with(&format!(" {word}"))
                        || *word == "(" && between.ends_with('(')
                });
        let other =
            mentions(&between, &["than", "from", "target", "goal", "limit", "and", "but", "was", "were"]);
        let after = sentence.after(percent);
        let ends = after.is_empty() || after.starts_with([')', ',', '.', ';', ':']);
        let plain = percent.unit == Unit::Percent && !percent.signed && percent.limit == Limit::Exactly;
        if !plain || !joins || other || !ends || between.len() > 80 || part.low > all.low {
            continue;
        }
        let complement = &all.low - &part.low;
        let passing =
            mentions(&sentence.text.to_lowercase(), &["pass", "passes", "passing", "passed", "green"]);
        let covered = between.contains("coverage")
            && passing
            && mentions(&sentence.text.to_lowercase(), &["tests", "cases"]);
        if covered && part.low < all.low && holds(percent, &part.low, &all.low) {
            let line = sentence.line(percent.start);
            let (said, rate) = (sentence.said(percent), format!("pass rate {}", sentence.said(percent)));
            let message = format!("{said} is the pass rate of {} tests, and no coverage", shown(&all.low));
            findings.add(Rule::Mislabel, line, message, (format!("coverage {said}"), Some(rate)));
        }
        if !holds(percent, &part.low, &all.low) && !holds(percent, &complement, &all.low) {
            let exact = format!("{}%", shown(&(&part.low * whole(100) / &all.low)));
            let message = format!("{} of {} is", shown(&part.low), shown(&all.low));
            sentence.report((Rule::Ratio, percent), &message, exact, findings);
        }
    }
}

/// The word that a number counts.
fn noun(sentence: &Sentence, quantity: &Quantity) -> String {
    let after = sentence.after(quantity);
    after.split(|c: char| !c.is_alphabetic()).find(|w| !w.is_empty()).unwrap_or_default().to_owned()
}

/// Whether two or more of `parts` sum to `total`, or all but it are near enough to be meant as its parts.
fn is_near_miss(parts: &[&Quantity], total: &Exact, all: bool) -> Option<Exact> {
    let sum: Exact = parts.iter().map(|q| q.low.clone()).sum();
    let near = (&sum - total).abs() * whole(5) <= *total;
    let some = || {
        parts.len() > 8
            || !all
                && (0u32..1 << parts.len()).any(|set| {
                    let chosen = parts.iter().enumerate().filter(|(at, _)| set & (1 << at) != 0);
                    chosen.map(|(_, q)| q.low.clone()).sum::<Exact>() == *total
                })
    };
    (parts.len() >= 2 && near && sum != *total && !some()).then_some(sum)
}

/// "24 tests, 6 scenarios and 11 pages are open, 41 items in all".
fn in_all(sentence: &Sentence, findings: &mut Findings) {
    for (at, total) in sentence.quantities.iter().enumerate().skip(2) {
        let after = sentence.after(total);
        let clause = after.split([',', ';', '.', '(', ':']).next().unwrap_or_default();
        let before = sentence.between(0, total.start);
        let announced = clause.len() <= 40 && IN_ALL.iter().any(|word| clause.trim().ends_with(word));
        let ahead = IN_ALL.iter().any(|word| before.ends_with(&format!(", {word}")));
        if !(announced || ahead) || !total.is_point() || total.over.is_some() || total.limit != Limit::Exactly
        {
            continue;
        }
        let own = noun(sentence, total);
        let before = sentence.quantities.get(..at).unwrap_or_default();
        let fits = |q: &&Quantity| q.unit == total.unit && q.is_point() && q.over.is_none() && !q.signed;
        let named: Vec<&Quantity> = before.iter().filter(fits).filter(|q| noun(sentence, q) == own).collect();
        let every = before.iter().all(|q| fits(&q));
        let parts = if named.len() >= 2 { named } else { before.iter().filter(|_| every).collect() };
        if let Some(sum) = is_near_miss(&parts, &total.low, false) {
            sentence.report((Rule::Sum, total), "the parts make", shown(&sum), findings);
        }
    }
}

/// "39 open defects: 2 critical, 5 major, 18 minor and 12 trivial", "2 600 testers (iOS 1 500, Android 900)".
fn listed(sentence: &Sentence, findings: &mut Findings) {
    for (at, total) in sentence.quantities.iter().enumerate().filter(|(_, total)| is_count(total)) {
        let Some(next) = sentence.quantities.get(at + 1) else { return };
        let lead = sentence.between(total.end, next.start);
        let (Some(open), true) = (lead.find([':', '(']), lead.len() <= 60) else { continue };
        let bracket = lead.get(open..).is_some_and(|rest| rest.starts_with('('));
        let from = sentence.text.get(total.end..).and_then(|rest| rest.find([':', '('])).unwrap_or_default();
        let list = sentence.text.get(total.end + from + 1..).unwrap_or_default();
        let list = if bracket { list.split(')').next().unwrap_or_default() } else { list }.to_lowercase();
        let list = list
            .trim_end_matches('.')
            .replace(" and ", ", ")
            .replace(" und ", ", ")
            .replace(" plus ", ", ")
            .replace(",,", ",");
        let segments: Vec<Vec<Quantity>> = list.split(", ").map(quantities).collect();
        let parts: Vec<&Quantity> = segments.iter().flatten().collect();
        let single = segments.iter().all(|segment| matches!(segment.as_slice(), [part] if is_count(part)));
        let partial = mentions(
            &list,
            &[
                "including",
                "incl",
                "which",
                "e.g",
                "among",
                "more",
                "of",
                "failed",
                "skipped",
                "failing",
                "mostly",
            ],
        );
        let clean = !lead.get(..open).unwrap_or_default().contains([',', '.', ';', ')']);
        let full = single && !partial && clean && segments.len() >= if bracket { 2 } else { 3 };
        if let Some(sum) = is_near_miss(&parts, &total.low, segments.len() >= 3).filter(|_| full) {
            sentence.report((Rule::Sum, total), "the parts make", shown(&sum), findings);
        }
    }
}

/// "64 of 80 items are done and 16 are open".
fn rest(sentence: &Sentence, findings: &mut Findings) {
    for at in 0..sentence.quantities.len() {
        let (Some((part, all)), Some(left)) = (fraction(sentence, at), sentence.quantities.get(at + 2))
        else {
            continue;
        };
        let after = sentence.after(left);
        // The left ones may be named: `64 k€ are left`.
        let after = match after.split_once(' ') {
            Some((noun, rest))
                if noun.len() <= 12
                    && ["are ", "is ", "remain"].iter().any(|verb| rest.starts_with(verb)) =>
            {
                rest.to_owned()
            }
            _ => after,
        };
        let words = ["are ", "is ", "remain ", "items ", "still "].iter();
        let state = words.fold(after.as_str(), |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        let open = OPEN.iter().any(|word| {
            state
                .strip_prefix(word)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', ',', ':', ';', ')']))
        });
        let between = sentence.between(part.end.max(all.end), left.start);
        let apart = mentions(&between, &["if", "would", "then", "after", "of"]) || between.len() > 60;
        let exact = &all.low - &part.low;
        if open && !apart && is_count(left) && exact != left.low && part.low <= all.low {
            let message = format!("{} of {} leave", shown(&part.low), shown(&all.low));
            sentence.report((Rule::Sum, left), &message, shown(&exact), findings);
        }
    }
}

/// "20 % of the budget are used and 80 % are left".
fn remainder(sentence: &Sentence, findings: &mut Findings) {
    let percents: Vec<&Quantity> = sentence.quantities.iter().filter(|q| q.unit == Unit::Percent).collect();
    let [used, left] = percents.as_slice() else { return };
    let (between, after) = (sentence.between(used.end, left.start), sentence.after(left));
    let of = mentions(&between, &["of", "used", "spent", "consumed", "done"]) && between.len() <= 50;
    let rest =
        ["is left", "are left", "remains", "remain", "left"].iter().any(|word| after.starts_with(word));
    let exact = whole(100) - &used.low;
    let plain = |q: &Quantity| q.is_point() && !q.signed && q.limit == Limit::Exactly;
    if of && rest && plain(used) && plain(left) && (&exact - &left.low).abs() >= used.ulp().max(left.ulp()) {
        sentence.report((Rule::Sum, left), "what is left is", format!("{}%", shown(&exact)), findings);
    }
}

/// "The order by gain per day is: budget policy (0.20), contract tests (0.16)": from the largest down.
fn order(sentence: &Sentence, findings: &mut Findings) {
    let lower = sentence.text.to_lowercase();
    let Some(at) = ["order is", "order:", "ranking is", "ranking:", "ranked:", "in this order:"]
        .iter()
        .find_map(|phrase| lower.find(phrase))
    else {
        return;
    };
    let listed: Vec<&Quantity> = sentence.quantities.iter().filter(|q| q.start > at).collect();
    let Some(first) = listed.first().filter(|_| listed.len() >= 3) else { return };
    let alike = |q: &&Quantity| {
        let bracket = sentence.between(0, q.start).ends_with('(');
        bracket
            && q.unit == first.unit
            && q.is_point()
            && q.over.is_none()
            && noun(sentence, q) == noun(sentence, first)
    };
    let rising = listed.windows(2).filter(|pair| matches!(pair, [a, b] if b.low > a.low)).count();
    if listed.iter().all(alike) && rising == 1 {
        let up = listed.windows(2).find(|pair| matches!(pair, [a, b] if b.low > a.low));
        if let Some([before, up]) = up {
            let (said, first) = (sentence.said(up).to_owned(), sentence.said(before).to_owned());
            let message = format!("{said} stands behind {first} in an order from the largest down");
            findings.add(Rule::EffortOrder, sentence.line(up.start), message, (said, Some(first)));
        }
    }
}

/// "30, 34, 28, 32 and 36 points, mean 32".
fn mean(sentence: &Sentence, findings: &mut Findings) {
    for (at, stated) in sentence.quantities.iter().enumerate().skip(2) {
        let before = sentence.quantities.get(..at).unwrap_or_default();
        let Some(latest) = before.last() else { continue };
        let lead = sentence.between(latest.end, stated.start);
        let named = [
            "mean",
            "average",
            "on average",
            "mean of the two",
            "average of the two",
            "mean of",
            "average of",
        ]
        .iter()
        .any(|word| lead.ends_with(word));
        let alike = |q: &Quantity| {
            let unit = q.unit == stated.unit || q.unit == Unit::None;
            unit && q.is_point() && q.over == stated.over && !q.signed && q.limit == Limit::Exactly
        };
        let weighted =
            mentions(&sentence.text.to_lowercase(), &["weighted", "target", "goal", "week", "month"]);
        if !named || weighted || !before.iter().all(alike) || !alike(stated) {
            continue;
        }
        let (Some(lowest), Some(highest)) =
            (before.iter().map(|q| &q.low).min(), before.iter().map(|q| &q.high).max())
        else {
            continue;
        };
        if &stated.low < lowest || &stated.low > highest {
            let computed = format!("{}-{}", shown(lowest), shown(highest));
            sentence.report((Rule::MeanBound, stated), "a mean of these lies in", computed, findings);
        }
    }
}

/// "83 %, up from 71 % in January (+12 points)", "from 71 in March to 83 in April, 12 points more".
fn rise(sentence: &Sentence, findings: &mut Findings) {
    for (at, triple) in sentence.quantities.windows(3).enumerate() {
        let [first, second, by] = triple else { continue };
        let (lead, open) =
            (sentence.between(first.end, second.start), sentence.between(second.end, by.start));
        let back =
            ["up from", "down from", "last month", "last week", "last quarter", "last sprint", "previously"]
                .iter()
                .any(|word| lead.ends_with(word));
        let forth = sentence.between(0, first.start).ends_with("from") && lead.ends_with("to");
        let after = sentence.after(by);
        let more = ["more", "higher", "less", "lower", "up"].iter().any(|word| after.starts_with(word));
        let bracket = open.ends_with('(') && by.signed;
        let points = matches!(by.unit, Unit::Points | Unit::None) && by.over.is_none() && by.is_point();
        let alike = first.unit == second.unit && first.is_point() && second.is_point();
        // `62 of 100, up from 55`.
        let part = at.checked_sub(1).and_then(|at| fraction(sentence, at)).map_or(first, |(part, _)| part);
        let (from, to) = if forth { (first, second) } else { (second, part) };
        let said = back && bracket || forth && more && open.ends_with(',');
        if !said
            || lead.len() > 30
            || open.len() > 20
            || !points
            || !alike
            || from.over.is_some() && to.over.is_none()
        {
            continue;
        }
        let exact = &to.low - &from.low;
        if (exact.abs() - by.low.abs()).abs() >= to.ulp().max(by.ulp()) {
            let message = format!("from {} to {} is", shown(&from.low), shown(&to.low));
            let sign = if exact.is_negative() { "" } else { "+" };
            sentence.report((Rule::Sum, by), &message, format!("{sign}{}", shown(&exact)), findings);
        }
    }
}

/// "64 tickets. 52 are closed, 12 are open."
fn split(before: &Sentence, sentence: &Sentence, findings: &mut Findings) {
    let Some(total) = before.quantities.last().filter(|q| is_count(q)) else { return };
    let states = |q: &Quantity| {
        let after = sentence.after(q);
        is_count(q) && ["are ", "is ", "were ", "was ", "have "].iter().any(|verb| after.starts_with(verb))
    };
    let other =
        mentions(&sentence.text.to_lowercase(), &["of them", "of those", "of these", "more", "another"]);
    let parts: Vec<&Quantity> = sentence.quantities.iter().collect();
    if other || !sentence.quantities.iter().all(states) {
        return;
    }
    if let (Some(sum), Some(last)) = (is_near_miss(&parts, &total.low, false), parts.last()) {
        let (line, said) = (sentence.line(last.start), before.said(total).to_owned());
        if !findings.has(Rule::Sum, line) {
            let message = format!("these make {}, not the {said} before", shown(&sum));
            findings.add(Rule::Sum, line, message, (said, Some(shown(&sum))));
        }
    }
}

/// "1,200 runs are planned. 1,080 of them were executed, which is 90 %."
fn of_them(before: &Sentence, sentence: &Sentence, findings: &mut Findings) {
    let ([all], Some([part, percent])) = (before.quantities.as_slice(), sentence.quantities.get(..2)) else {
        return;
    };
    let of = ["of them", "of these", "of those"].iter().any(|word| sentence.after(part).starts_with(word));
    let between = sentence.between(part.end, percent.start);
    let said = ["which is", "that is", "i.e.", "("].iter().any(|word| between.ends_with(word));
    let counts =
        is_count(all) && is_count(part) && percent.unit == Unit::Percent && percent.limit == Limit::Exactly;
    if of && said && counts && part.low <= all.low && !holds(percent, &part.low, &all.low) {
        let exact = format!("{}%", shown(&(&part.low * whole(100) / &all.low)));
        let message = format!("{} of {} is", shown(&part.low), shown(&all.low));
        sentence.report((Rule::Ratio, percent), &message, exact, findings);
    }
}
