//! A mean that says of how many: "the mean of the six areas is 88", "Overall: 84 (mean of the five)", "the overall score
//! is the mean of the seven areas"; and one of a column: "over the five runs the mean response time is 215 ms".

use super::mean_column::{MEAN, exact, of_column};
use super::passage::{self, Of, Passage};
use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line};
use crate::audit::quantity::{Quantity, Unit, quantities, says, shown};
use crate::audit::spelled;
use crate::audit::table::Table;
use crate::audit::words::mentions;
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Words that make it another one.
const OTHER: [&str; 13] = [
    "weighted", "weights", "median", "moving", "target", "goal", "limit", "industry", "last", "previous",
    "without", "would", "targets",
];
/// Sets and passages that are compared.
const MOST: usize = 400;
/// Lines from a table to a mean of its column.
const NEAR: u32 = 12;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    labelled(facts, findings);
    let sets = sets(facts);
    let mut table = 0;
    for passage in passage::all(facts).iter().filter(|passage| passage.of != Of::Row) {
        while facts.document.tables.get(table).is_some_and(|t| t.header.line < passage.first_line()) {
            table += 1;
        }
        for (from, to) in passage.sentences() {
            let lower = passage.said(from, to).to_lowercase();
            let weighted = lower.replace("unweighted", "");
            if !mentions(&lower, &MEAN) || mentions(&weighted, &OTHER) {
                continue;
            }
            let named = ["average rating", "average score", "mean score", "mean rating", "average grade"];
            let only = sets.len() == 1 && named.iter().any(|name| lower.contains(name));
            let count = counted(&lower).or_else(|| sets.first().filter(|_| only).map(Vec::len));
            if let Some(count) = count {
                of_set(facts, &sets, (passage, from, to), count, findings);
            }
            let above = table.checked_sub(1).and_then(|at| facts.document.tables.get(at));
            let near = |table: &&Table| {
                let last = table.rows.last().map_or(0, |row| row.line);
                table.section == passage.section && passage.first_line() <= last + NEAR
            };
            if let Some(above) = above.filter(near) {
                of_column(above, (passage, from, to), findings);
            }
        }
    }
}

/// `Weighted score: 75/100` and `Simple average: 75` beside the only set of dimensions.
fn labelled(facts: &Facts<'_>, findings: &mut Findings) {
    let sets = || facts.dimensions.iter().filter(|set| set.dimensions.iter().all(|d| d.score.is_some()));
    let (Some(set), None) = (sets().next(), sets().nth(1)) else { return };
    for line in &facts.document.lines {
        let key = line.key();
        let plain = [
            "simple average",
            "simple mean",
            "plain mean",
            "plain average",
            "unweighted mean",
            "unweighted average",
        ];
        let weighted = ["weighted score", "weighted mean", "weighted average", "weighted total"];
        let mean = if plain.contains(&key.as_str()) {
            set.mean()
        } else if weighted.contains(&key.as_str()) {
            set.weighted()
        } else {
            None
        };
        let first = line.values().next().filter(|q| exact(q) && q.unit != Unit::Points);
        let (Some(mean), Some(stated)) = (mean, first) else { continue };
        let leads = line.value.starts_with(|c: char| c.is_ascii_digit());
        let scales = [1, 10, 20].iter().any(|scale| {
            let top = stated.over.clone().unwrap_or_else(|| whole(100)) / whole(100);
            says(&stated.low, stated.decimals, &(&mean * top / whole(*scale)))
        });
        if leads
            && !scales
            && !findings.has(Rule::MeanBound, line.number)
            && !findings.has(Rule::Headline, line.number)
        {
            let (said, computed) = (line.between(stated.start, stated.end).to_owned(), shown(&mean));
            let message =
                format!("the {key} of the {} scores is {computed}, not {said}", set.dimensions.len());
            findings.add(Rule::MeanBound, line.number, message, (said, Some(computed)));
        }
    }
}

/// The scores of each set of dimensions and of each list of plain scores, 0..=100.
fn sets(facts: &Facts<'_>) -> Vec<Vec<Exact>> {
    let scored = facts.dimensions.iter().filter_map(|set| {
        set.dimensions
            .iter()
            .map(|d| d.score.clone())
            .collect::<Option<Vec<Exact>>>()
            .filter(|s| s.len() >= 3)
    });
    let listed = facts.document.blocks().filter_map(|block| {
        let items: Vec<&Line> = block
            .iter()
            .filter(|l| l.kind != Kind::Text && (l.indent < 2 || l.kind == Kind::Fenced))
            .collect();
        let each: Option<Vec<Exact>> = items.iter().map(|line| plain(line)).collect();
        each.filter(|each| each.len() >= 3)
    });
    scored.chain(listed).take(MOST).collect()
}

/// `Cart: 92`: the number alone behind its label.
fn plain(line: &Line) -> Option<Exact> {
    let mut values = line.values().filter(|_| line.label.is_some());
    let (first, None) = (values.next()?, values.next()) else { return None };
    let alone = line.value.trim().trim_end_matches('.').len() == first.end - first.start;
    let score = matches!(first.unit, Unit::None | Unit::Percent) && first.over.is_none() && first.is_point();
    (alone && score && !first.signed && first.high <= whole(100)).then(|| first.low.clone())
}

/// Of how many a mean is: "mean of the six areas", "average of these five".
fn counted(lower: &str) -> Option<usize> {
    MEAN.iter()
        .find_map(|mean| {
            lower.match_indices(mean).find_map(|(at, _)| {
                let rest = lower.get(at + mean.len()..)?;
                let mut words = rest.split_whitespace().take(4);
                if !matches!(words.next()?, "of" | "der" | "aller" | "over" | "across" | "value") {
                    return None;
                }
                words.find_map(|word| {
                    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
                    word.parse()
                        .ok()
                        .or_else(|| spelled::number(word))
                        .filter(|count| (3..=20).contains(count))
                })
            })
        })
        .and_then(|count: u32| usize::try_from(count).ok())
}

/// The score as it is called now: line, text, number and decimals.
fn current(facts: &Facts<'_>) -> Option<(u32, String, Exact, u32)> {
    let stated = facts.current().filter(|current| current.low == current.high);
    let stated =
        stated.map(|current| (current.line, current.text.clone(), current.low.clone(), current.decimals));
    stated.or_else(|| {
        let named =
            |line: &&Line| matches!(line.key().trim(), "status" | "score" | "overall" | "now" | "today");
        let line = facts.document.lines.iter().take(MOST).find(named)?;
        let q = line.values().next().filter(|q| exact(q) && q.over == Some(whole(100)))?;
        Some((line.number, line.between(q.start, q.end).to_owned(), q.low.clone(), q.decimals))
    })
}

/// The mean of as many scores as the sentence says.
fn of_set(
    facts: &Facts<'_>,
    sets: &[Vec<Exact>],
    (passage, from, to): (&Passage, usize, usize),
    count: usize,
    findings: &mut Findings,
) {
    let lower = passage.said(from, to).to_lowercase();
    let below: Vec<Vec<Exact>> = sets
        .iter()
        .map(|set| set.iter().filter(|score| **score < whole(100)).cloned().collect::<Vec<_>>())
        .filter(|rest| rest.len() == count && lower.contains("these"))
        .collect();
    let fitting: Vec<&Vec<Exact>> = sets.iter().filter(|set| set.len() == count).chain(&below).collect();
    let Some(first) = fitting.first() else { return };
    let numbers = quantities(&passage.text);
    let counts = |q: &&Quantity| {
        let score = matches!(q.unit, Unit::None | Unit::Percent | Unit::Points);
        let own = from <= q.start && q.end <= to && exact(q) && score;
        own && q.low != whole(count) && q.over.as_ref().is_none_or(|over| *over == whole(100))
    };
    let mut stated = numbers.iter().filter(counts);
    let (line, said, low, decimals) = match (stated.next(), stated.next()) {
        (Some(q), None) => {
            (passage.line(q.start), passage.said(q.start, q.end).to_owned(), q.low.clone(), q.decimals)
        }
        (None, None)
            if mentions(&lower, &["overall", "score", "status", "grade", "readiness", "gesamtnote"]) =>
        {
            let Some(current) = current(facts) else { return };
            current
        }
        _ => return,
    };
    let mean = |set: &[Exact]| set.iter().cloned().sum::<Exact>() / whole(set.len());
    let fits =
        |set: &[Exact]| [1, 10, 20].iter().any(|scale| says(&low, decimals, &(mean(set) / whole(*scale))));
    let known = findings.has(Rule::MeanBound, line) || findings.has(Rule::Headline, line);
    if !fitting.iter().any(|set| fits(set)) && !known {
        let computed = shown(&mean(first));
        let message = format!("the mean of the {count} scores is {computed}, not {said}");
        findings.add(Rule::MeanBound, line, message, (said, Some(computed)));
    }
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::lines;
    use crate::model::audit::Rule;

    #[test]
    fn a_mean_of_so_many_is_that_of_their_scores() {
        let scores = "| Area | Score |\n|---|---|\n| Hull | 80 |\n| Sail | 70 |\n| Crew | 90 |\n\n";
        let list = "- Hull: 80\n- Sail: 70\n- Crew: 90\n\n";
        for (text, right, wrong) in [
            (format!("{scores}The mean of the three areas is {{}}.\n"), "80", "85"),
            (format!("{scores}Overall: {{}} (mean of the three)\n"), "80", "84"),
            (format!("{list}The average of these three is {{}}, as in May.\n"), "80", "86"),
            (format!("**Current Score:** {{}}/100\n\nThe overall score is the mean of three areas.\n\n{scores}"), "80", "82"),
            (
                "| Run | Time | Errors |\n|---|---|---|\n| a | 200 ms | 0.2 % |\n| b | 220 ms | 0.4 % |\n| c | 240 ms | 0.6 % |\n\nOver the three runs the mean time was {} ms.\n".to_owned(),
                "220",
                "250",
            ),
            (
                "| Run | Time | Errors |\n|---|---|---|\n| a | 200 ms | 0.2 % |\n| b | 220 ms | 0.4 % |\n| c | 240 ms | 0.6 % |\n\nThe mean error rate is {} %.\n".to_owned(),
                "0.4",
                "0.5",
            ),
        ] {
            assert_eq!(lines(&text.replace("{}", right), Rule::MeanBound, None), [0; 0], "{text}");
            assert_eq!(lines(&text.replace("{}", wrong), Rule::MeanBound, None).len(), 1, "{text}");
        }
    }

    #[test]
    fn other_means_are_left_alone() {
        let scores = "| Area | Score |\n|---|---|\n| Hull | 80 |\n| Sail | 70 |\n| Crew | 90 |\n\n";
        for text in [
            "The weighted mean of the three is 84.",
            "The mean of the five is 70.",
            "The average of the three last years was 60.",
        ] {
            assert_eq!(lines(&format!("{scores}{text}\n"), Rule::MeanBound, None), [0; 0], "{text}");
        }
    }
}
