//! A heading with a grade, and the grades of what stands below it: `## Cost (0.40)` over `… Grade 0.3`.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::outline::{Kind, Line, Section};
use crate::audit::quantity::{Limit, Quantity, Unit, says, shown};
use crate::model::audit::Rule;
use crate::model::exact::{Exact, whole};

/// What a grade is called.
const GRADE: [&str; 5] = ["grade", "score", "rating", "mark", "graded"];

/// A heading with its grade and those below it.
struct Graded<'a> {
    section: &'a Section,
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
    let all: Vec<Graded<'_>> = sections.filter_map(|(at, section)| graded(facts, at, section)).collect();
    let right = all.iter().filter(|graded| graded.holds()).count();
    for graded in all.iter().filter(|graded| graded.is_outside() || right >= 2 && !graded.holds()) {
        let terms: Vec<String> = graded.parts.iter().map(shown).collect();
        let (said, computed) = (shown(&graded.stated.low), shown(&graded.mean()));
        let message = format!("the mean of {} is {computed}, not {said}", terms.join(", "));
        if !findings.has(Rule::MeanBound, graded.section.line) {
            findings.add(Rule::MeanBound, graded.section.line, message, (said, Some(computed)));
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
        section,
        stated,
        parts,
    })
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
