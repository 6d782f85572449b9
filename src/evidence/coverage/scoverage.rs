//! scoverage's XML (`scoverage.xml`), for Scala.
//!
//! <https://github.com/scoverage/scalac-scoverage-plugin>: `statement` with its `source`, `line`, `start` and `end` offsets,
//! `invocation-count`, and whether it is a `branch` or `ignored`.

use std::collections::BTreeMap;

use super::found::of;
use super::records::Records;
use super::walk::{Out, Walk, attribute, count, read_xml, small};
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::Tag;
use crate::model::coverage::{CoverageReport, Span, Statements};

/// Whether a file that begins like this is in this format.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    head.root == Some("scoverage")
}

/// Reads a report.
pub(crate) fn read(text: &mut Text) -> Reading<CoverageReport> {
    read_xml(text, Reader::default())
}

/// The class that is open.
#[derive(Default)]
struct Reader {
    path: String,
    sources: BTreeMap<String, Records>,
}

impl Walk for Reader {
    fn start(&mut self, tag: Tag<'_>, out: &mut Out) -> Result<(), Stop> {
        match tag.name() {
            "scoverage" => {
                out.claimed_statements = of(count(tag, "statements-invoked"), count(tag, "statement-count"));
            }
            "class" => self.path = attribute(tag, "filename").into_owned(),
            "statement" if attribute(tag, "ignored") != "true" => self.statement(tag, out),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, out: &mut Out) -> Result<(), Stop> {
        if matches!(name, "class" | "scoverage") {
            for (path, records) in std::mem::take(&mut self.sources) {
                out.add(&path, records);
            }
        }
        Ok(())
    }
}

impl Reader {
    fn statement(&mut self, tag: Tag<'_>, out: &mut Out) {
        let Some(line) = out.line(tag, "line") else { return };
        let ran = out.hits(tag, "invocation-count");
        let path = tag.attribute("source").filter(|path| !path.is_empty());
        let path = path.map_or_else(|| self.path.clone(), Into::into);
        let records = self.sources.entry(path).or_default();
        let (column, end_column) = (small(tag, "start"), small(tag, "end"));
        records.add_line(line, ran);
        records.add_statements(
            Span { line, column, end_line: line, end_column, ordinal: 0 },
            Statements { count: 1, ran: ran > 0 },
        );
        if attribute(tag, "branch") == "true" {
            records.add_branch(line, &format!("scoverage\t{column}-{end_column}"), ran > 0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::walk::shown;

    #[test]
    fn statements_are_lines_and_some_are_branches() {
        let xml = "<scoverage><packages><package><classes><class name='A' filename='src/A.scala'><statements>
<statement source='src/A.scala' start='10' end='20' line='3' branch='false' invocation-count='2' ignored='false'>a.b</statement>
<statement start='12' end='14' line='3' branch='true' invocation-count='0' ignored='false'/>
<statement start='30' end='34' line='5' branch='true' invocation-count='1' ignored='false'/>
<statement start='40' end='44' line='9' branch='false' invocation-count='0' ignored='true'/>
</statements></class></classes></package></packages></scoverage>";
        assert!(looks_like(&Head::of(xml)));
        assert_eq!(shown(read, xml), "measured\nsrc/A.scala [(3, 2), (5, 1)] branches 1/2 statements 2/3");
    }

    #[test]
    fn several_statements_in_one_place_are_several_as_the_producer_counts() {
        let one =
            |ran| format!("<statement source='a' start='1' end='9' line='3' invocation-count='{ran}'/>");
        let xml = |count, all: &str| {
            format!("<scoverage statement-count='{count}' statements-invoked='1'>{all}</scoverage>")
        };
        let all = [one(0), one(1), one(0)].concat();
        assert_eq!(shown(read, &xml(3, &all)), "measured\na [(3, 1)] statements 1/3");
        insta::assert_snapshot!(shown(read, &xml(4, &all)), @r"
        measured
        a [(3, 1)] statements 1/3
        warning the report states 1 of 4 statements covered, its records hold 1 of 3 statements; the records count
        ");
    }

    #[test]
    fn statements_without_a_file_or_a_count_are_said() {
        let xml = "<scoverage><statement line='3' invocation-count='1'/><statement source='a' line='4'/></scoverage>";
        insta::assert_snapshot!(shown(read, xml), @"
        measured
        a [(4, 0)] statements 0/1
        warning 1:54 `no `invocation-count``: no hit count; taken as not run
        warning 1:86 ``: belongs to no source file; left out
        ");
    }
}
