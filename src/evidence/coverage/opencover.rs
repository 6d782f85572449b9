//! `OpenCover`'s XML, which coverlet and `AltCover` write too.
//!
//! <https://github.com/OpenCover/opencover>: in each `Module`, `File` gives source files a number; `SequencePoint` has its visits
//! (`vc`) and lines `sl` to `el`, `BranchPoint` its visits and line. Line 0xFEEFEE is code that the compiler hides.
//! Sums count a branch too many per method and are not used.

use super::found::of;
use super::indexed::Indexed;
use super::number;
use super::walk::{Out, Walk, attribute, count, extend, read_xml, small};
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::Tag;
use crate::model::coverage::{CoverageReport, Span, Statements};

/// What compilers write as the line of code that has none.
const HIDDEN: &str = "16707566";

/// Whether a file that begins like this is in this format.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    head.root == Some("CoverageSession")
}

/// Reads a report.
pub(crate) fn read(text: &mut Text) -> Reading<CoverageReport> {
    read_xml(text, Reader::default())
}

#[derive(Default)]
struct Reader {
    module: Indexed,
    is_skipped: bool,
    method: Method,
    /// Inside the name of the method.
    is_name: bool,
}

#[derive(Default)]
struct Method {
    name: String,
    /// Number of the source file of points that do not name one.
    file: String,
    has_points: bool,
    ran: bool,
}

impl Walk for Reader {
    fn start(&mut self, tag: Tag<'_>, out: &mut Out) -> Result<(), Stop> {
        match tag.name() {
            "Summary" if out.depth == 2 => {
                out.claimed_statements =
                    of(count(tag, "visitedSequencePoints"), count(tag, "numSequencePoints"));
            }
            "Module" => self.is_skipped = tag.attribute("skippedDueTo").is_some(),
            _ if self.is_skipped => {}
            "File" => self.module.name(&attribute(tag, "uid"), &attribute(tag, "fullPath")),
            "Method" => self.method = Method::default(),
            "Name" => self.is_name = true,
            "FileRef" => self.method.file = attribute(tag, "uid").into_owned(),
            "SequencePoint" if attribute(tag, "sl") != HIDDEN => self.point(tag, out),
            "BranchPoint" if attribute(tag, "sl") != HIDDEN => self.branch(tag, out),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, out: &mut Out) -> Result<(), Stop> {
        match name {
            "Name" => self.is_name = false,
            "Method" => self.end_method(),
            "Module" => {
                self.module.hand_over(out)?;
                self.module.forget();
            }
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, piece: &str) {
        if self.is_name {
            extend(&mut self.method.name, piece);
        }
    }
}

impl Reader {
    /// The source file of a point.
    fn file(&self, tag: Tag<'_>) -> Option<String> {
        let file = tag.attribute("fileid").filter(|file| !file.is_empty() && file != "0");
        let file = file.map_or_else(|| self.method.file.clone(), Into::into);
        (!file.is_empty()).then_some(file)
    }

    fn point(&mut self, tag: Tag<'_>, out: &mut Out) {
        let Some(file) = self.file(tag) else { return };
        let hits = out.hits(tag, "vc");
        self.method.has_points = true;
        self.method.ran |= hits > 0;
        let source = self.module.source(&file);
        // Old versions give points without a place: they count and are on no line.
        let mut span = Span { column: small(tag, "uspid"), ..Span::default() };
        if tag.attribute("sl").is_some() {
            let Some(line) = out.line(tag, "sl") else { return };
            let end_line = tag.attribute("el").filter(|line| line != HIDDEN);
            let end_line = end_line.and_then(|text| number::line(&text)).unwrap_or(line).max(line);
            source.add_range(line, end_line, hits);
            span =
                Span { line, column: small(tag, "sc"), end_line, end_column: small(tag, "ec"), ordinal: 0 };
        }
        source.records.add_statements(span, Statements { count: 1, ran: hits > 0 });
    }

    fn branch(&mut self, tag: Tag<'_>, out: &mut Out) {
        let Some(file) = self.file(tag) else { return };
        let ran = out.hits(tag, "vc") > 0;
        let line = tag.attribute("sl").and_then(|text| number::line(&text)).unwrap_or(0);
        let ids = ["offset", "offsetend", "path", "ordinal"].map(|name| attribute(tag, name)).join(",");
        let name = format!("opencover\t{}, {ids}", self.method.name);
        self.module.source(&file).records.add_branch(line, &name, ran);
    }

    fn end_method(&mut self) {
        let Method { name, file, has_points, ran } = std::mem::take(&mut self.method);
        if has_points && !file.is_empty() {
            self.module.source(&file).records.add_function(&format!("opencover\t{name}"), ran);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::walk::shown;

    fn report(points: &str) -> String {
        format!(
            "<CoverageSession><Summary numSequencePoints='4' visitedSequencePoints='2'/><Modules><Module><Files><File uid='1' fullPath='C:\\w\\A.cs'/></Files><Classes><Class><Methods>
<Method><Name>A::f()</Name><FileRef uid='1'/>{points}</Method></Methods></Class></Classes></Module>
<Module skippedDueTo='Filter'><Files><File uid='1' fullPath='B.cs'/></Files><SequencePoint vc='1' sl='1' fileid='1'/></Module></Modules></CoverageSession>"
        )
    }

    #[test]
    fn points_cover_their_lines_and_hidden_ones_are_left_out() {
        let xml = report(
            "<SequencePoint vc='2' sl='4' sc='1' el='6' ec='2'/><SequencePoint vc='0' sl='6' sc='3' el='7' ec='2'/>
<SequencePoint vc='0' sl='16707566' el='16707566'/><SequencePoint vc='1' uspid='9'/>
<SequencePoint vc='0' sl='4' sc='1' el='6' ec='2'/>
<BranchPoint vc='1' sl='4' path='0' offset='3'/><BranchPoint vc='0' sl='4' path='1' offset='3'/><BranchPoint vc='0' path='1' offset='8'/>",
        );
        assert!(looks_like(&Head::of(&xml)));
        assert_eq!(
            shown(read, &xml),
            "measured\nC:/w/A.cs [(4, 2), (5, 2), (6, 2), (7, 0)] branches 1/3 functions 1/1 statements 2/4"
        );
    }

    #[test]
    fn numbers_of_one_module_say_nothing_in_the_next() {
        let module = |path, line| {
            format!(
                "<Module><Files><File uid='1' fullPath='{path}'/></Files><SequencePoint vc='1' sl='{line}' fileid='1'/></Module>"
            )
        };
        let xml = format!("<CoverageSession>{}{}</CoverageSession>", module("a.cs", 1), module("b.cs", 2));
        assert_eq!(shown(read, &xml), "measured\na.cs [(1, 1)] statements 1/1\nb.cs [(2, 1)] statements 1/1");
    }

    #[test]
    fn hostile_points_are_said_or_refused() {
        let xml =
            report("<SequencePoint vc='-1' sl='0' fileid='1'/><SequencePoint vc='1' sl='3' fileid='8'/>");
        insta::assert_snapshot!(shown(read, &xml), @r#"
        empty
        C:/w/A.cs [] functions 1/1
        warning 2:46 `sl="0"`: no line number from 1 to 4294967295; left out
        warning 2:46 `vc="-1"`: no hit count; taken as not run
        warning 2:166 `source file 8`: belongs to no source file; left out
        warning the report states 2 of 4 statements covered, its records hold 0 of 0 statements; the records count
        warning the report names no coverable line, so it measures nothing
        "#);
        let xml = report("<SequencePoint vc='1' sl='1' el='4294967295'/>");
        assert!(shown(read, &xml).starts_with("invalid\n"));
    }
}
