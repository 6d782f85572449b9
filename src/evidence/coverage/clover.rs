//! Clover XML, as `OpenClover`, `PHPUnit`, Istanbul and `ReportGenerator` write it.
//!
//! <https://openclover.org/>: `line` of type `stmt` and `cond` are lines, `method` is a function and no line. What is below
//! `testproject` is test code and left out. A `cond` has two branches and says how often each was taken, except by
//! Istanbul and `ReportGenerator`, which write how many branches were taken and missed; the sums of the file tell which.

use super::found::{of, saturated};
use super::oddities::Oddity;
use super::records::Records;
use super::walk::{Opening, Out, Walk, attribute, count, missed_and_covered, read_xml};
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::Tag;
use crate::model::coverage::{CoverageReport, Covered, StatedTotals};
use crate::model::order;

/// Whether a file that begins like this is in this format; Cobertura and `SonarQube` share its root.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    Opening::of(head, "coverage").is_some_and(|opening| {
        !opening.has("line-rate")
            && (opening.leads_to(&["project", "testproject"])
                || (opening.child.is_none() && opening.has("clover")))
    })
}

/// Reads a report.
pub(crate) fn read(text: &mut Text) -> Reading<CoverageReport> {
    read_xml(text, Reader::default())
}

#[derive(Default)]
struct Reader {
    /// The version that Istanbul gives itself.
    is_istanbul: bool,
    /// Its producer counts one statement per line.
    counts_lines: bool,
    /// Below `testproject`.
    is_test: bool,
    file: Option<File>,
}

#[derive(Default)]
struct File {
    path: String,
    depth: usize,
    records: Records,
    has_lines: bool,
    conditions: Vec<Condition>,
    stated: StatedTotals,
}

struct Condition {
    line: u32,
    yes: u64,
    no: u64,
}

impl Walk for Reader {
    fn start(&mut self, tag: Tag<'_>, out: &mut Out) -> Result<(), Stop> {
        match (tag.name(), &mut self.file) {
            ("coverage", _) => {
                self.is_istanbul = attribute(tag, "clover") == "3.2.0";
                // OpenClover has several statements on a line.
                self.counts_lines = self.is_istanbul || tag.attribute("clover").is_none();
            }
            ("testproject", _) => self.is_test = true,
            ("file", _) if !self.is_test => self.file = Some(File::new(tag, out.depth)),
            ("metrics", None) if out.depth == 3 && self.counts_lines && !self.is_test => {
                out.claimed = of(count(tag, "coveredstatements"), count(tag, "statements"));
            }
            ("metrics", Some(file)) if out.depth == file.depth + 1 => file.metrics(tag),
            ("line", Some(file)) => file.line(tag, out),
            ("line", None) if !self.is_test => out.note(Oddity::NoPath, "line"),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, out: &mut Out) -> Result<(), Stop> {
        match name {
            "testproject" => self.is_test = false,
            "file" => {
                if let Some(file) = self.file.take() {
                    let (path, records) = file.finish(self.is_istanbul);
                    out.add(&path, records);
                }
            }
            _ => {}
        }
        Ok(())
    }
}

impl File {
    fn new(tag: Tag<'_>, depth: usize) -> Self {
        let path = tag.attribute("path").filter(|path| !path.trim().is_empty());
        let path = path.unwrap_or_else(|| attribute(tag, "name")).into_owned();
        Self { path, depth, ..Self::default() }
    }

    fn metrics(&mut self, tag: Tag<'_>) {
        let totals = |covered, total| of(count(tag, covered), count(tag, total));
        self.stated = StatedTotals {
            lines: totals("coveredstatements", "statements"),
            branches: totals("coveredconditionals", "conditionals").filter(|branches| branches.total > 0),
            functions: totals("coveredmethods", "methods"),
            statements: None,
        };
    }

    fn line(&mut self, tag: Tag<'_>, out: &mut Out) {
        let kind = attribute(tag, "type");
        if !matches!(kind.as_ref(), "stmt" | "cond" | "method") {
            return;
        }
        let Some(line) = out.line(tag, "num") else { return };
        let taken = |name| count(tag, name).unwrap_or(0);
        let (yes, no) = (taken("truecount"), taken("falsecount"));
        // OpenClover's conditions may have no count of their own.
        let is_uncounted = kind == "cond" && tag.attribute("count").is_none();
        let hits = if is_uncounted { saturated(yes.max(no)) } else { out.hits(tag, "count") };
        if kind == "method" {
            let name = tag.attribute("name").or_else(|| tag.attribute("signature")).unwrap_or_default();
            return self.records.add_function(&format!("clover\t{line}, {name}"), hits > 0);
        }
        self.has_lines = true;
        self.records.add_line(line, hits);
        if kind == "cond" {
            self.conditions.push(Condition { line, yes, no });
        }
    }

    fn finish(mut self, is_istanbul: bool) -> (String, Records) {
        let stated = self.stated.branches;
        let sum = |branches: fn(&Condition) -> Covered| Some(self.conditions.iter().map(branches).sum());
        let (evaluated, numbered) = (sum(evaluations) == stated, sum(numbers) == stated);
        let is_numbered = if evaluated == numbered { is_istanbul } else { numbered };
        let branches = if is_numbered { numbers } else { evaluations };
        order::sort_by_key(&mut self.conditions, |condition| condition.line);
        for line in self.conditions.chunk_by(|one, next| one.line == next.line) {
            if let Some(first) = line.first() {
                self.records.count_branches(first.line, line.iter().map(branches).sum());
            }
        }
        let lines = self.stated.lines.filter(|_| !self.has_lines);
        self.records.stated = StatedTotals { lines, ..self.stated };
        (self.path, self.records)
    }
}

/// Of a condition that says how often it was true and how often false.
fn evaluations(condition: &Condition) -> Covered {
    Covered { covered: u64::from(condition.yes > 0) + u64::from(condition.no > 0), total: 2 }
}

/// Of a condition that says how many of its branches were taken and how many not.
fn numbers(condition: &Condition) -> Covered {
    missed_and_covered(condition.no, condition.yes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::walk::shown;

    fn report(root: &str, file: &str) -> String {
        format!(
            "<coverage {root}><project><package><file name='A.x' path='src/A.x'>{file}</file></package></project>\n\
             <testproject><file name='T.x'><line num='1' type='stmt' count='1'/></file></testproject></coverage>"
        )
    }

    #[test]
    fn methods_are_functions_and_test_code_is_left_out() {
        let xml = report(
            "clover='4.4.1'",
            "<line num='1' type='method' name='f' count='2'/><line num='2' type='stmt' count='0'/>
<line num='3' type='cond' truecount='5' falsecount='0'/><line num='3' type='cond' truecount='0' falsecount='0'/>",
        );
        assert!(looks_like(&Head::of(&xml)));
        assert_eq!(shown(read, &xml), "measured\nsrc/A.x [(2, 0), (3, 5)] branches 1/4 functions 1/1");
    }

    #[test]
    fn the_sums_of_the_file_tell_the_dialect_and_istanbul_breaks_the_tie() {
        let condition = "<line num='3' type='cond' count='1' truecount='2' falsecount='1'/>";
        let with = |metrics: &str| format!("<metrics {metrics}/>{condition}");
        let branches = |root, file: &str| {
            let shown = shown(read, &report(root, file));
            shown.split("branches ").nth(1).unwrap_or_default().get(..3).unwrap().to_owned()
        };
        assert_eq!(branches("", &with("conditionals='3' coveredconditionals='2'")), "2/3");
        assert_eq!(branches("clover='3.2.0'", &with("conditionals='2' coveredconditionals='2'")), "2/2");
        assert_eq!(branches("clover='3.2.0'", condition), "2/3");
        assert_eq!(branches("", condition), "2/2");
        let endless = "<line num='3' type='cond' truecount='99999999999999999999' falsecount='0'/>";
        assert_eq!(branches("", endless), "1/2");
    }

    #[test]
    fn sums_count_only_where_there_are_no_lines() {
        let sums = "<class name='A'><metrics statements='1' coveredstatements='1'/></class>
<metrics statements='9' coveredstatements='7' conditionals='4' coveredconditionals='3' methods='2' coveredmethods='1'/>";
        assert_eq!(shown(read, &report("", sums)), "measured\nsrc/A.x 7/9 branches 3/4 functions 1/2");
        let lines = format!("{sums}<line num='2' type='stmt' count='1'/>");
        assert_eq!(shown(read, &report("", &lines)), "measured\nsrc/A.x [(2, 1)] branches 3/4 functions 1/2");
    }

    #[test]
    fn odd_lines_cost_only_themselves() {
        let lines =
            "<line num='0' type='stmt' count='1'/><line num='2' type='stmt'/><line num='3' type='other'/>";
        let shown = shown(read, &report("", lines));
        assert!(shown.starts_with("measured\nsrc/A.x [(2, 0)]\nwarning 1:"), "{shown}");
    }
}
