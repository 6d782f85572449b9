//! A heading with a grade, and the grades of what stands below it: `## Cost (0.40)` over `… Grade 0.3`.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line, Section};
use crate::audit::quantity::{Limit, Quantity, Unit, says, shown};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// Items below one line that are looked at.
const MOST: usize = 50;
/// What a grade is called.
const GRADE: [&str; 5] = ["grade", "score", "rating", "mark", "graded"];

/// A heading with its grade and those below it.
struct Graded<'a> {
    line: u32,
    stated: &'a Quantity,
    parts: Vec<Exact>,
}

impl Graded<'_> {
    fn mean(&self) -> Exact {
        self.parts.iter().cloned().sum::<Exact>() / whole(self.parts.len())
    }

    fn holds(&self) -> bool {
        says(&self.stated.low, self.stated.decimals, &self.mean())
    }

    fn is_outside(&self) -> bool {
        let (least, most) = (self.parts.iter().min(), self.parts.iter().max());
        least.is_some_and(|least| self.stated.low < *least)
            || most.is_some_and(|most| self.stated.low > *most)
    }
}

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    let sections = facts.document.sections.iter().enumerate().skip(1);
    let mut all: Vec<Graded<'_>> = sections.filter_map(|(at, section)| graded(facts, at, section)).collect();
    all.extend(facts.document.lines.iter().enumerate().filter_map(|(at, line)| led(facts, at, line)));
    let right = all.iter().filter(|graded| graded.holds()).count();
    let lone = right >= 1 && right + 1 == all.len();
    for graded in all.iter().filter(|graded| graded.is_outside() || (right >= 2 || lone) && !graded.holds()) {
        let terms: Vec<String> = graded.parts.iter().map(shown).collect();
        let (said, computed) = (shown(&graded.stated.low), shown(&graded.mean()));
        let message = format!("the mean of {} is {computed}, not {said}", terms.join(", "));
        if !findings.has(Rule::MeanBound, graded.line) {
            findings.add(Rule::MeanBound, graded.line, message, (said, Some(computed)));
        }
    }
}

/// A heading that ends with a number in brackets, over two items or more that end with a grade.
fn graded<'a>(facts: &'a Facts<'_>, at: usize, section: &'a Section) -> Option<Graded<'a>> {
    let stated = section.quantities.last().filter(|q| is_plain(q) && q.decimals > 0)?;
    let closed = section.title.get(stated.end..)?.trim() == ")";
    let opened = section.title.get(..stated.start)?.trim_end().ends_with('(');
    let items = || facts.document.lines_of(at).filter(|line| line.kind == Kind::Item && line.indent < 2);
    let parts: Vec<Exact> = items().filter_map(grade).map(|q| q.low.clone()).collect();
    (opened && closed && parts.len() >= 2 && parts.len() == items().count()).then_some(Graded {
        line: section.line,
        stated,
        parts,
    })
}

/// `Objective 1: 0.7` above items that each end with such a number.
fn led<'a>(facts: &'a Facts<'_>, at: usize, line: &'a Line) -> Option<Graded<'a>> {
    let stated = only(line).filter(|_| line.kind == Kind::Text)?;
    let below = facts.document.lines.get(at + 1..)?.iter();
    let items: Vec<&Line> = below
        .take(MOST)
        .take_while(|item| item.kind == Kind::Item && item.section == line.section)
        .filter(|item| item.indent < 2)
        .collect();
    let parts: Option<Vec<Exact>> = items.iter().map(|item| only(item).map(|q| q.low.clone())).collect();
    let parts = parts.filter(|parts| parts.len() >= 2)?;
    let of_one = parts.iter().chain([&stated.low]).all(|part| *part <= whole(1));
    let next = line.number + 2 >= items.first()?.number;
    (of_one && next).then_some(Graded { line: line.number, stated, parts })
}

/// The only number of a line, with one decimal, behind its label.
fn only(line: &Line) -> Option<&Quantity> {
    let mut values = line.values().filter(|_| line.label.is_some());
    let (first, None) = (values.next()?, values.next()) else { return None };
    let alone = line.value.trim().len() == first.end - first.start;
    (alone && is_plain(first) && first.decimals > 0).then_some(first)
}

fn is_plain(q: &Quantity) -> bool {
    q.is_point() && q.over.is_none() && q.unit == Unit::None && q.limit == Limit::Exactly && !q.signed
}

/// The last number of a line, if a word calls it a grade.
fn grade(line: &Line) -> Option<&Quantity> {
    let last = line.quantities.last().filter(|q| is_plain(q))?;
    let before = line.text.get(..last.start)?.trim_end_matches([' ', ':', '(']).to_lowercase();
    let called = GRADE.iter().any(|word| before.ends_with(word));
    let ends = line.text.get(last.end..)?.trim_matches([' ', '.', ')']).is_empty();
    (called && ends).then_some(last)
}

#[cfg(test)]
mod tests {
    use crate::audit::tests::lines;
    use crate::model::audit::Rule;

    #[test]
    fn a_graded_heading_lies_within_the_grades_below_it() {
        let goals = |grade: &str| {
            format!(
                "# Goals\n\n## Speed ({grade})\n\n- Builds under a minute. Grade 0.3\n- Pages under a second. Grade 0.5\n"
            )
        };
        assert_eq!(lines(&goals("0.4"), Rule::MeanBound, None), [0; 0]);
        assert_eq!(lines(&goals("0.35"), Rule::MeanBound, None), [0; 0]);
        assert_eq!(lines(&goals("0.6"), Rule::MeanBound, None), [3]);
    }
}
