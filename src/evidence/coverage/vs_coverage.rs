//! Visual Studio's coverage as XML, in both shapes: `results` of `dotnet-coverage` and `CodeCoverage.exe`, and
//! `CoverageDSPriv` (`.coveragexml`).
//!
//! <https://learn.microsoft.com/en-us/dotnet/core/additional-tools/dotnet-coverage>: the first has `range` with `covered` yes,
//! partial or no; the second `Lines` with `Coverage` 0 (covered), 1 (partly) or 2 (not), all values being elements.

use std::collections::BTreeMap;

use super::indexed::Indexed;
use super::number;
use super::oddities::Oddity;
use super::walk::{Opening, Out, Walk, attribute, extend, read_xml};
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::Tag;
use crate::model::coverage::CoverageReport;

/// Elements whose text is read.
const FIELDS: [&str; 7] =
    ["LnStart", "LnEnd", "Coverage", "SourceFileID", "SourceFileName", "ClassName", "MethodName"];

/// What compilers write as the line of code that has none: 0xF00F00, where steps stop, and 0xFEEFEE, where they do not.
const HIDDEN: [u32; 2] = [15_732_480, 16_707_566];

/// Whether a file that begins like this is in one of the two shapes.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    head.root == Some("CoverageDSPriv")
        || Opening::of(head, "results").is_some_and(|opening| opening.leads_to(&["modules"]))
}

/// Reads either.
pub(crate) fn read(text: &mut Text) -> Reading<CoverageReport> {
    read_xml(text, Reader::default())
}

#[derive(Default)]
struct Reader {
    sources: Indexed,
    function: String,
    /// Values of the second shape, by the name of their element.
    fields: BTreeMap<&'static str, String>,
    open: Option<&'static str>,
}

impl Walk for Reader {
    fn start(&mut self, tag: Tag<'_>, out: &mut Out) -> Result<(), Stop> {
        let name = tag.name();
        self.open = FIELDS.into_iter().find(|field| *field == name);
        if let Some(field) = self.open {
            self.fields.entry(field).or_default().clear();
        }
        match name {
            "source_file" => self.sources.name(&attribute(tag, "id"), &attribute(tag, "path")),
            "function" => {
                let parts = ["namespace", "type_name", "name"].map(|name| attribute(tag, name));
                self.function = format!("vs\t{}", parts.join("."));
            }
            "range" => {
                let part = |name| attribute(tag, name);
                let lines = (part("start_line"), part("end_line"));
                self.range(&part("source_id"), (&lines.0, &lines.1), &part("covered"), out);
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, out: &mut Out) -> Result<(), Stop> {
        self.open = None;
        match name {
            "Lines" => self.line(out),
            "SourceFileNames" => {
                self.sources.name(&self.field("SourceFileID"), &self.field("SourceFileName"));
            }
            "module" | "CoverageDSPriv" => {
                self.sources.hand_over(out)?;
                self.sources.forget();
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, piece: &str) {
        if let Some(text) = self.open.and_then(|field| self.fields.get_mut(field)) {
            extend(text, piece);
        }
    }
}

impl Reader {
    fn field(&self, name: &str) -> String {
        self.fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default()
    }

    /// The end of a `Lines` of the second shape.
    fn line(&mut self, out: &mut Out) {
        self.function = format!("vs\t{}.{}", self.field("ClassName"), self.field("MethodName"));
        let lines = (self.field("LnStart"), self.field("LnEnd"));
        self.range(&self.field("SourceFileID"), (&lines.0, &lines.1), &self.field("Coverage"), out);
        for field in ["LnStart", "LnEnd", "Coverage", "SourceFileID"] {
            self.fields.remove(field);
        }
    }

    fn range(&mut self, source: &str, (first, last): (&str, &str), covered: &str, out: &mut Out) {
        let Some(first) = number::line(first) else {
            return out.note(Oddity::LineNumber, first);
        };
        if HIDDEN.contains(&first) {
            return;
        }
        let ran = matches!(covered, "yes" | "partial" | "0" | "1");
        if !ran && !matches!(covered, "no" | "2") {
            out.note(Oddity::Hits, covered);
        }
        let source = self.sources.source(source);
        source.add_range(first, number::line(last).unwrap_or(first), ran.into());
        source.records.add_function(&self.function, ran);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::walk::shown;

    #[test]
    fn ranges_cover_their_lines_and_partly_is_covered() {
        let xml = "<results><modules><module><functions><function type_name='A' name='f()'><ranges>
<range source_id='0' start_line='3' end_line='4' covered='yes'/><range source_id='0' start_line='4' end_line='5' covered='no'/>
</ranges></function><function type_name='A' name='g()'><ranges><range source_id='0' start_line='8' end_line='8' covered='partial'/>
<range source_id='4' start_line='1' end_line='1' covered='no'/></ranges></function></functions>
<source_files><source_file id='0' path='C:\\a.cs'/></source_files></module></modules></results>";
        assert!(looks_like(&Head::of(xml)));
        insta::assert_snapshot!(shown(read, xml), @"
        measured
        C:/a.cs [(3, 1), (4, 1), (5, 0), (8, 1)] functions 2/2
        warning 5:66 `source file 4`: belongs to no source file; left out
        ");
    }

    #[test]
    fn the_other_shape_has_values_in_elements() {
        let line = |line, coverage| {
            format!(
                "<Lines><LnStart>{line}</LnStart><LnEnd>{line}</LnEnd><Coverage>{coverage}</Coverage><SourceFileID>1</SourceFileID></Lines>"
            )
        };
        let xml = format!(
            "<CoverageDSPriv><Module><Class><ClassName>A</ClassName><Method><MethodName>f</MethodName>{}{}{}{}</Method></Class></Module>
<SourceFileNames><SourceFileID> 1 </SourceFileID><SourceFileName>C:\\a.cs</SourceFileName></SourceFileNames></CoverageDSPriv>",
            line(3, 0), line(4, 1), line(5, 2), line(0, 0)
        );
        assert!(looks_like(&Head::of(&xml)));
        insta::assert_snapshot!(shown(read, &xml), @"
        measured
        C:/a.cs [(3, 1), (4, 1), (5, 0)] functions 1/1
        warning 1:494 `0`: no line number from 1 to 4294967295; left out
        ");
    }

    #[test]
    fn hidden_lines_are_left_out() {
        let range = |line, covered| {
            format!("<range source_id='0' start_line='{line}' end_line='{line}' covered='{covered}'/>")
        };
        let xml = format!(
            "<results><modules><module>{}{}{}<source_files><source_file id='0' path='a.cs'/></source_files></module></modules></results>",
            range(3, "yes"),
            range(15_732_480, "no"),
            range(16_707_566, "no")
        );
        assert_eq!(shown(read, &xml), "measured\na.cs [(3, 1)] functions 1/1");
    }

    #[test]
    fn a_range_of_four_billion_lines_is_refused() {
        let xml = "<results><modules><module><range source_id='0' start_line='1' end_line='4294967295' covered='yes'/>
<source_files><source_file id='0' path='a'/></source_files></module></modules></results>";
        assert!(shown(read, xml).starts_with("invalid\n"));
    }
}
