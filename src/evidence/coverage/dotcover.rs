//! `JetBrains` dotCover's XML with `ReportType="DetailedXML"`.
//!
//! <https://www.jetbrains.com/help/dotcover/dotCover__Console_Runner_Commands.html>: `File` gives each source file a number,
//! `Statement` has its `FileIndex`, `Line` to `EndLine`, and whether it is `Covered`. The other XML has only sums.

use super::found::of;
use super::indexed::Indexed;
use super::oddities::Oddity;
use super::walk::{Opening, Out, Walk, attribute, count, read_xml, small};
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::Tag;
use crate::model::coverage::{CoverageReport, Span, Statements};

/// Whether a file that begins like this is in this format.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    Opening::of(head, "Root")
        .is_some_and(|opening| opening.has("DotCoverVersion") || opening.leads_to(&["FileIndices"]))
}

/// Reads a report.
pub(crate) fn read(text: &mut Text) -> Reading<CoverageReport> {
    read_xml(text, Reader::default())
}

#[derive(Default)]
struct Reader(Indexed);

impl Walk for Reader {
    fn start(&mut self, tag: Tag<'_>, out: &mut Out) -> Result<(), Stop> {
        match tag.name() {
            "Root" => {
                out.claimed_statements = of(count(tag, "CoveredStatements"), count(tag, "TotalStatements"));
            }
            "File" => self.0.name(&attribute(tag, "Index"), &attribute(tag, "Name")),
            "Statement" => self.statement(tag, out),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, out: &mut Out) -> Result<(), Stop> {
        if name == "Root" { self.0.hand_over(out) } else { Ok(()) }
    }
}

impl Reader {
    fn statement(&mut self, tag: Tag<'_>, out: &mut Out) {
        let Some(line) = out.line(tag, "Line") else { return };
        let covered = attribute(tag, "Covered");
        let ran = covered.eq_ignore_ascii_case("true");
        if !ran && !covered.eq_ignore_ascii_case("false") {
            out.note(Oddity::Hits, &format!("Covered=\"{covered}\""));
        }
        let end_line = small(tag, "EndLine").max(line);
        let (column, end_column) = (small(tag, "Column"), small(tag, "EndColumn"));
        let source = self.0.source(&attribute(tag, "FileIndex"));
        source.add_range(line, end_line, ran.into());
        source.records.add_statements(
            Span { line, column, end_line, end_column, ordinal: 0 },
            Statements { count: 1, ran },
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::walk::shown;

    fn report(statements: &str) -> String {
        format!(
            "<Root ReportType='DetailedXml' DotCoverVersion='1'><FileIndices><File Index='1' Name='C:\\a.cs'/></FileIndices>
<Assembly><Method>{statements}</Method></Assembly></Root>"
        )
    }

    #[test]
    fn statements_cover_their_lines() {
        let xml = report(
            "<Statement FileIndex='1' Line='3' Column='1' EndLine='4' EndColumn='2' Covered='True'/>
<Statement FileIndex='1' Line='4' Column='3' EndLine='5' EndColumn='9' Covered='False'/>",
        );
        assert!(looks_like(&Head::of(&xml)));
        assert_eq!(shown(read, &xml), "measured\nC:/a.cs [(3, 1), (4, 1), (5, 0)] statements 1/2");
    }

    #[test]
    fn a_report_of_sums_alone_measures_nothing_and_says_what_it_states() {
        let xml = "<Root CoveredStatements='1' TotalStatements='2' ReportType='Xml' DotCoverVersion='1'><Assembly/></Root>";
        insta::assert_snapshot!(shown(read, xml), @r"
        empty
        warning the report states 1 of 2 statements covered, its records hold 0 of 0 statements; the records count
        warning the report names no coverable line, so it measures nothing
        ");
    }

    #[test]
    fn unknown_files_are_said_and_endless_statements_refused() {
        let xml = report("<Statement FileIndex='7' Line='3' EndLine='3' Covered='True'/>");
        assert!(shown(read, &xml).contains("`source file 7`: belongs to no source file"));
        let xml = report("<Statement FileIndex='1' Line='1' EndLine='4294967295' Covered='True'/>");
        assert!(shown(read, &xml).starts_with("invalid\n"));
    }
}
