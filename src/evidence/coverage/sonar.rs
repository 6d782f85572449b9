//! `SonarQube`'s generic test coverage.
//!
//! <https://docs.sonarsource.com/sonarqube-server/analyzing-source-code/test-coverage/generic-test-data/>: `file` with its `path`,
//! `lineToCover` with `lineNumber`, `covered` and, where a line has branches, `branchesToCover` and `coveredBranches`.

use super::oddities::Oddity;
use super::records::Records;
use super::walk::{Opening, Out, Walk, attribute, count, read_xml};
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::Tag;
use crate::model::coverage::{CoverageReport, Covered};

/// Whether a file that begins like this is in this format; Cobertura and Clover share its root.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    let opening = Opening::of(head, "coverage");
    opening.is_some_and(|opening| {
        let is_empty = opening.child.is_none() && opening.has("version") && !opening.has("clover");
        !opening.has("line-rate") && (opening.leads_to(&["file"]) || is_empty)
    })
}

/// Reads a report.
pub(crate) fn read(text: &mut Text) -> Reading<CoverageReport> {
    read_xml(text, Reader::default())
}

#[derive(Default)]
struct Reader(Option<(String, Records)>);

impl Walk for Reader {
    fn start(&mut self, tag: Tag<'_>, out: &mut Out) -> Result<(), Stop> {
        match (tag.name(), &mut self.0) {
            ("file", _) => self.0 = Some((attribute(tag, "path").into_owned(), Records::default())),
            ("lineToCover", Some((_, records))) => line(tag, records, out),
            ("lineToCover", None) => out.note(Oddity::NoPath, "lineToCover"),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, out: &mut Out) -> Result<(), Stop> {
        if name == "file"
            && let Some((path, records)) = self.0.take()
        {
            out.add(&path, records);
        }
        Ok(())
    }
}

fn line(tag: Tag<'_>, records: &mut Records, out: &mut Out) {
    let Some(line) = out.line(tag, "lineNumber") else { return };
    let covered = attribute(tag, "covered");
    let ran = covered.trim().eq_ignore_ascii_case("true");
    if !ran && !covered.trim().eq_ignore_ascii_case("false") {
        out.note(Oddity::Hits, &format!("covered=\"{covered}\""));
    }
    records.add_line(line, ran.into());
    if let Some(total) = count(tag, "branchesToCover").filter(|total| *total > 0) {
        let covered = count(tag, "coveredBranches").unwrap_or(0);
        if covered > total {
            out.note(Oddity::TooManyBranches, &format!("line {line}"));
        }
        records.count_branches(line, Covered { covered, total });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::walk::shown;

    #[test]
    fn lines_and_branch_counts_are_read() {
        let xml =
            "<coverage version='1'>\n<file path='src\\a.sh'><lineToCover lineNumber='3' covered='true'/>
<lineToCover lineNumber='4' covered='false' branchesToCover='4' coveredBranches='1'/>
<lineToCover lineNumber='4' covered='true' branchesToCover='2' coveredBranches='2'/></file></coverage>";
        assert!(looks_like(&Head::of(xml)));
        assert_eq!(shown(read, xml), "measured\nsrc/a.sh [(3, 1), (4, 1)] branches 2/4");
    }

    #[test]
    fn odd_lines_cost_only_themselves() {
        let xml = "<coverage version='1'><lineToCover lineNumber='1' covered='true'/><file path='a'>
<lineToCover lineNumber='0' covered='true'/>
<lineToCover lineNumber='5' covered='maybe' branchesToCover='1' coveredBranches='9'/></file></coverage>";
        insta::assert_snapshot!(shown(read, xml), @r#"
        measured
        a [(5, 0)] branches 1/1
        warning 1:23 `lineToCover`: belongs to no source file; left out
        warning 2:1 `lineNumber="0"`: no line number from 1 to 4294967295; left out
        warning 3:1 `covered="maybe"`: no hit count; taken as not run
        warning 3:1 `line 5`: more branches taken than there are; taken as all
        "#);
    }

    #[test]
    fn a_second_report_behind_the_first_is_refused() {
        let one = "<coverage version='1'><file path='a'><lineToCover lineNumber='1' covered='true'/></file></coverage>";
        assert!(shown(read, &format!("{one}\n{one}")).starts_with("invalid\n"));
        assert!(shown(read, "<coverage version='1'><file path='a'/></coverage>").starts_with("empty\na []"));
    }
}
