//! Numbers with their share of one whole in brackets, line by line: `used 27.6 min (63.9 %)` below `budget 43.2 min`.

use num_traits::Signed as _;

use super::share::{holds, report};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::Line;
use crate::audit::quantity::{Limit, Quantity, Unit};
use crate::model::exact::Exact;

/// Numbers and shares of a block; a longer one is no list of parts.
const MOST: (usize, usize) = (120, 30);

/// A number with a percentage in brackets behind it.
struct Entry<'a> {
    line: &'a Line,
    part: &'a Quantity,
    percent: &'a Quantity,
    noun: String,
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    alone(facts, findings);
    for block in facts.document.blocks() {
        let entries: Vec<Entry<'_>> = block.iter().flat_map(entries).take(MOST.1 + 1).collect();
        if !entries.is_empty() && entries.len() <= MOST.1 {
            in_block(facts, block, &entries, findings);
        }
    }
}

/// `12 checked, 10 met` and `83 %` on the next line, chapter after chapter: where two or more hold, the others are wrong.
fn alone(facts: &Facts<'_>, findings: &mut Findings) {
    for block in facts.document.blocks() {
        let pairs: Vec<(&Line, &Quantity, &Quantity, &Quantity)> = block
            .windows(2)
            .filter_map(|pair| {
                let [counts, share] = pair else { return None };
                let ([a, b], [percent]) = (counts.quantities.as_slice(), share.quantities.as_slice()) else {
                    return None;
                };
                let rest = share.text.get(percent.end..)?.trim();
                let rated = percent.unit == Unit::Percent && percent.is_point() && percent.start == 0;
                let (part, all) = if a.low < b.low { (a, b) } else { (b, a) };
                let fits = rated && rest.is_empty() && plain(a) && plain(b) && counts.indent == share.indent;
                fits.then_some((share, part, all, percent))
            })
            .take(MOST.1)
            .collect();
        let wrong: Vec<_> =
            pairs.iter().filter(|(_, part, all, percent)| !holds(percent, &part.low, &all.low)).collect();
        if pairs.len() > wrong.len() * 2 && pairs.len() - wrong.len() >= 2 {
            for (line, part, all, percent) in wrong {
                report(line.number, &part.low, &all.low, line.between(percent.start, percent.end), findings);
            }
        }
    }
}

fn entries(line: &Line) -> impl Iterator<Item = Entry<'_>> {
    line.quantities.windows(2).filter_map(|pair| {
        let [part, percent] = pair else { return None };
        let between = line.between(part.end, percent.start);
        let noun = between.trim_end().strip_suffix('(')?.trim().to_lowercase();
        let closed = line.text.get(percent.end..)?.trim_start().starts_with(')');
        let rated = percent.unit == Unit::Percent && percent.is_point() && percent.limit == Limit::Exactly;
        // `1,746 of 1,800 correct (97 %)` has its whole in it.
        let whole = line.text.get(..part.start)?.trim_end().to_lowercase();
        if [" of", " of the", " of all", "/"].iter().any(|of| whole.ends_with(of)) {
            return None;
        }
        let words = noun.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-') && noun.len() <= 24;
        (closed && rated && words && !percent.signed && plain(part)).then_some(Entry {
            line,
            part,
            percent,
            noun,
        })
    })
}

fn plain(q: &Quantity) -> bool {
    q.is_point()
        && q.over.is_none()
        && q.limit == Limit::Exactly
        && !q.signed
        && q.unit != Unit::Percent
        && q.low.is_positive()
}

fn in_block(facts: &Facts<'_>, block: &[Line], entries: &[Entry<'_>], findings: &mut Findings) {
    let Some(first) = block.first() else { return };
    let around = facts.document.lines_of(first.section).take(MOST.0);
    let mut wholes: Vec<(&Line, &Quantity)> =
        around.flat_map(|line| line.quantities.iter().map(move |q| (line, q))).collect();
    wholes.extend(block.iter().flat_map(|line| line.quantities.iter().map(move |q| (line, q))));
    if wholes.len() > MOST.0 * 2 {
        return;
    }
    let sum: Exact = entries.iter().map(|entry| entry.part.low.clone()).sum();
    let right =
        |entry: &Entry<'_>, all: &Exact| all.is_positive() && holds(entry.percent, &entry.part.low, all);
    for entry in entries {
        let titles = facts.document.sections.get(first.section).into_iter().flat_map(|s| &s.quantities);
        let mut any = wholes.iter().map(|(_, q)| *q).chain(titles);
        if right(entry, &sum)
            || any.any(|q| right(entry, &q.low) || right(entry, &(&q.low - &entry.part.low)))
        {
            continue;
        }
        let whole =
            block.iter().flat_map(|line| line.quantities.iter().map(move |q| (line, q))).find(|(line, q)| {
                plain(q)
                    && q.unit == entry.part.unit
                    && q.low > entry.part.low
                    && is_whole(block, entries, entry, (line, q))
            });
        let others = entries.iter().filter(|other| !std::ptr::eq(*other, entry));
        let same = others.filter(|other| right(other, &sum)).count();
        // The parts of a list that all the others are shares of.
        if whole.is_none() && same >= 2 && same + 1 == entries.len() {
            let said = entry.line.between(entry.percent.start, entry.percent.end);
            report(entry.line.number, &entry.part.low, &sum, said, findings);
        }
        if let Some((_, all)) = whole {
            let said = entry.line.between(entry.percent.start, entry.percent.end);
            report(entry.line.number, &entry.part.low, &all.low, said, findings);
        }
    }
}

/// Whether a number is the whole of an entry: other entries say so, it counts the same things, or the items below it
/// make it.
fn is_whole(
    block: &[Line],
    entries: &[Entry<'_>],
    entry: &Entry<'_>,
    (line, all): (&Line, &Quantity),
) -> bool {
    let others = entries
        .iter()
        .filter(|other| other.percent.start != entry.percent.start || other.line.number != entry.line.number);
    let holding =
        others.filter(|other| other.part.low != all.low && holds(other.percent, &other.part.low, &all.low));
    let exact = holding.map(|other| 1 + usize::from(other.percent.decimals > 0)).sum::<usize>() >= 2;
    let noun = line.text.get(all.end..).unwrap_or_default().trim_start().to_lowercase();
    let noun = noun.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let before = (line.number, all.start) < (entry.line.number, entry.part.start);
    let same = before && noun.len() > 2 && entry.noun == noun;
    exact || same || is_parent(block, entry, line, all)
}

/// Whether the items below a line, one of them the entry, make its number.
fn is_parent(block: &[Line], entry: &Entry<'_>, line: &Line, all: &Quantity) -> bool {
    let children: Vec<&Line> = block
        .iter()
        .skip_while(|other| other.number <= line.number)
        .take_while(|other| other.indent > line.indent)
        .filter(|other| other.indent == entry.line.indent)
        .collect();
    let parts: Exact =
        children.iter().filter_map(|child| child.values().find(|q| plain(q))).map(|q| q.low.clone()).sum();
    line.indent < entry.line.indent
        && children.iter().any(|child| child.number == entry.line.number)
        && parts == all.low
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::lines;
    use crate::model::audit::Rule;

    #[test]
    fn shares_of_one_whole_are_shares_of_it() {
        let budget = |share: &str| {
            format!(
                "```\nbudget  40.0 h\ntests   10.0 h  (25.0 %)\ndocs    16.0 h  ({share} %)\nleft    14.0 h  (35.0 %)\n```\n"
            )
        };
        assert_eq!(lines(&budget("40.0"), Rule::Ratio, None), [0; 0]);
        assert_eq!(lines(&budget("44.0"), Rule::Ratio, None), [4]);
        let files = |share: &str| {
            format!("- files in all: 80\n  - moved: 60 ({share} %)\n  - kept: 20\n- users: 12\n")
        };
        assert_eq!(lines(&files("75"), Rule::Ratio, None), [0; 0]);
        assert_eq!(lines(&files("57"), Rule::Ratio, None), [2]);
        let judged =
            |share: &str| format!("Five people read 400 answers. 300 answers ({share} %) were good.\n");
        assert_eq!(lines(&judged("75"), Rule::Ratio, None), [0; 0]);
        assert_eq!(lines(&judged("57"), Rule::Ratio, None), [1]);
    }

    #[test]
    fn shares_of_several_wholes_are_left_alone() {
        for text in [
            "- Slow builds: 131 (63 %)\n- Flaky tests: 112 (54 %)\n- Docs: 79 (38 %)\n",
            "We sold 40 roses (12 %) and 18 ferns (30 %), in all 58.\n",
        ] {
            assert_eq!(lines(text, Rule::Ratio, None), [0; 0], "{text}");
        }
    }
}
