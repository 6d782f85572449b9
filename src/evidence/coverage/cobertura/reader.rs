//! Walks a Cobertura report element by element.

use super::super::merge::Files;
use super::super::oddities::{Oddities, Oddity, reconcile};
use super::super::{lexical, number};
use super::class::{Class, Line, Method, condition_coverage};
use crate::evidence::bytes::Text;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Event, Tag};
use crate::model::coverage::{ClaimedTotals, CoverageReport, Covered};
use crate::model::input::{InputState, Problem};
use crate::model::order;

/// Reads a Cobertura report.
pub fn read(text: &mut Text) -> Reading<CoverageReport> {
    let (mut cursor, mut reader) = (Cursor::new(text), Reader::default());
    let stop = loop {
        let step = match cursor.next() {
            Ok(Event::Start(tag)) => reader.start(tag),
            Ok(Event::End(name)) => {
                reader.end(name);
                Ok(())
            }
            Ok(Event::Text(text)) => {
                reader.text(&text);
                Ok(())
            }
            Ok(Event::Eof) => break None,
            Err(stop) => break Some(stop),
        };
        for (kind, found) in reader.found.drain(..) {
            reader.oddities.note(kind, cursor.place(), &found);
        }
        if let Err(problem) = step {
            let place = cursor.place();
            break Some(Stop::invalid(Problem::error(problem).at(place.line, place.column)));
        }
    };
    reader.finish(cursor.problems(), stop)
}

#[derive(Default)]
struct Reader {
    files: Files,
    roots: Vec<String>,
    claimed: ClaimedTotals,
    /// Open elements.
    depth: usize,
    is_rooted: bool,
    source: Option<String>,
    class: Option<Class>,
    method: Option<Method>,
    line: Option<Line>,
    oddities: Oddities,
    /// What is odd in the current event, whose place is known only after it.
    found: Vec<(Oddity, String)>,
}

/// Longer than any path.
const MAX_ROOT: usize = 64 << 10;

impl Reader {
    fn start(&mut self, tag: Tag<'_>) -> Result<(), String> {
        self.depth += 1;
        match tag.name() {
            name if self.depth == 1 => return self.root(name, tag),
            "line" => self.start_line(tag),
            "condition" => {
                if let Some(line) = &mut self.line {
                    let attribute = |name| tag.attribute(name).unwrap_or_default();
                    line.add_condition(&attribute("type"), &attribute("coverage"));
                }
            }
            "method" => self.start_method(tag),
            "class" => self.start_class(tag),
            "source" => self.source = Some(String::new()),
            _ => {}
        }
        Ok(())
    }

    fn root(&mut self, name: &str, tag: Tag<'_>) -> Result<(), String> {
        if std::mem::replace(&mut self.is_rooted, true) {
            return Err(
                "a second report begins in the same file; keep each report in a file of its own".into()
            );
        }
        if name != "coverage" {
            return Err(format!("the root element of a Cobertura report is `coverage`, not `{name}`"));
        }
        let stated = |name| tag.attribute(name).and_then(|value| value.trim().parse().ok());
        self.claimed.lines = stated("lines-covered")
            .zip(stated("lines-valid"))
            .map(|(covered, total)| Covered { covered, total });
        Ok(())
    }

    fn start_class(&mut self, tag: Tag<'_>) {
        let name = tag.attribute("name").unwrap_or_default().into_owned();
        let written = tag.attribute("filename").unwrap_or_default();
        let path = lexical::normalise(&written);
        if path.is_empty() {
            self.found.push((Oddity::NoPath, format!("class {name}")));
        }
        if path.starts_with("../") {
            self.found.push((Oddity::Outside, written.into_owned()));
        }
        self.class = Some(Class::new(path, name));
    }

    fn start_method(&mut self, tag: Tag<'_>) {
        let class = self.class.as_ref().map_or("", |class| class.name.as_str());
        let attribute = |name| tag.attribute(name).unwrap_or_default();
        let name = format!("{class}.{}{}", attribute("name"), attribute("signature"));
        self.method = Some(Method::new(name));
    }

    fn start_line(&mut self, tag: Tag<'_>) {
        let (mut number, mut hits, mut branch, mut conditions) = (None, None, None, None);
        for (name, value) in tag.attributes() {
            match name {
                "number" => number = Some(value.raw()),
                "hits" => hits = Some(value.raw()),
                "branch" => branch = Some(value.raw()),
                "condition-coverage" => conditions = Some(value.decoded()),
                _ => {}
            }
        }
        let Some(line) = number.and_then(number::line) else {
            self.found.push((Oddity::LineNumber, quoted("number", number)));
            return;
        };
        if self.class.is_none() {
            self.found.push((Oddity::NoPath, format!("line {line}")));
            return;
        }
        let count = hits.and_then(number::hits);
        if count.is_none() {
            self.found.push((Oddity::Hits, quoted("hits", hits)));
        }
        self.line = Some(Line {
            number: line,
            hits: count.unwrap_or(0),
            has_branches: branch.is_some_and(|branch| branch.eq_ignore_ascii_case("true")),
            counted: self.branches(conditions.as_deref()),
            conditions: None,
        });
    }

    fn branches(&mut self, conditions: Option<&str>) -> Option<Covered> {
        let conditions = conditions?;
        let branches = condition_coverage(conditions)?;
        if branches.covered > branches.total {
            self.found.push((Oddity::TooManyBranches, conditions.to_owned()));
        }
        Some(branches)
    }

    fn end(&mut self, name: &str) {
        self.depth = self.depth.saturating_sub(1);
        match name {
            "line" => self.end_line(),
            "method" => {
                if let (Some(class), Some(method)) = (&mut self.class, self.method.take()) {
                    class.add_method(&method);
                }
            }
            "class" => {
                if let Some(class) = self.class.take().filter(|class| !class.path.is_empty()) {
                    let (path, file) = class.finish();
                    self.files.add(path, file);
                }
            }
            "source" => self.roots.extend(self.source.take().map(|root| root.trim().to_owned())),
            _ => {}
        }
    }

    fn end_line(&mut self) {
        let (Some(line), Some(class)) = (self.line.take(), &mut self.class) else { return };
        if line.has_branches && line.counted.is_none() && line.conditions.is_none() {
            self.found.push((Oddity::Branches, format!("line {}", line.number)));
        }
        class.add(&line, self.method.as_mut());
    }

    fn text(&mut self, text: &str) {
        if let Some(source) = self.source.as_mut().filter(|source| source.len() < MAX_ROOT) {
            source.push_str(text);
        }
    }

    fn finish(self, repaired: Vec<Problem>, stop: Option<Stop>) -> Reading<CoverageReport> {
        let mut problems = repaired;
        problems.extend(self.oddities.problems());
        order::sort_by_key(&mut problems, Problem::place);
        let report = CoverageReport { files: self.files.finish(), roots: self.roots, claimed: self.claimed };
        if let Some(stop) = stop {
            let complete = (stop.state == InputState::Incomplete).then_some(report);
            return Reading::stopped(complete, problems, stop);
        }
        let has_lines = report.files.values().any(|file| !file.lines.is_empty());
        if has_lines {
            problems.extend(reconcile(&report));
        } else {
            problems.push(Problem::warning(
                "the report holds no line, so it measures nothing; rates are not used",
            ));
        }
        Reading::complete(has_lines.then_some(report), problems)
    }
}

fn quoted(name: &str, value: Option<&str>) -> String {
    value.map_or_else(|| format!("a line without `{name}`"), |value| format!("{name}=\"{value}\""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::bytes;
    use crate::evidence::coverage::shown;

    fn shown(xml: &str) -> String {
        let mut text = bytes::open(Box::new(std::io::Cursor::new(xml.to_owned()))).unwrap();
        shown::shown(&read(&mut text))
    }

    fn class(attributes: &str, lines: &str) -> String {
        format!("<class {attributes}><methods/><lines>{lines}</lines></class>")
    }

    fn report(classes: &str) -> String {
        format!(
            "<coverage line-rate='0.5'><packages><package><classes>{classes}</classes></package></packages></coverage>"
        )
    }

    #[test]
    fn lines_of_the_class_count_and_methods_are_functions() {
        insta::assert_snapshot!(shown(&report("
<class name='C' filename='.\\src\\a.ts'>
  <methods>
    <method name='f' signature='()'><lines><line number='1' hits='3'/></lines></method>
    <method name='g'><lines><line number='9' hits='0'/></lines></method>
    <method name='abstract'/>
  </methods>
  <lines><line number='2' hits='3'/><line number='3' hits='0'/><line number='2' hits='1'/></lines>
</class>
<class name='D' filename='src/only-methods.swift'>
  <methods><method name='f'><lines><line number='4' hits='1'/></lines></method></methods>
</class>
<class name='E' filename='src/empty.py'/>")), @"
        measured
        src/a.ts [(2, 3), (3, 0)] functions 1/2
        src/empty.py []
        src/only-methods.swift [(4, 1)] functions 1/1
        ");
    }

    #[test]
    fn branches_come_from_the_pair_else_from_conditions() {
        insta::assert_snapshot!(shown(&report(&class("filename='a.py'", "
<line number='1' hits='1' branch='True' condition-coverage='50% (1/2)'/>
<line number='2' hits='1' branch='true' condition-coverage='150% (3/2)'/>
<line number='3' hits='0' condition-coverage='0% (0/0)'/>
<line number='4' hits='1' branch='true'><conditions>
  <condition number='0' type='jump' coverage='50%'/><condition number='1' type='jump' coverage='100%'/>
  <condition number='2' type='switch' coverage='100.0%'/>
</conditions></line>
<line number='5' hits='1' branch='true' condition-coverage='100%'/>
<line number='1' hits='0' branch='true' condition-coverage='25% (1/4)'/>"))), @"
        measured
        a.py [(1, 1), (2, 1), (3, 0), (4, 1), (5, 1)] branches 7/11
        warning 3:1 `150% (3/2)`: more branches taken than there are; taken as all
        warning 9:1 `line 5`: does not say how many branches were taken; they are left out
        ");
    }

    #[test]
    fn one_file_in_many_classes_is_one_file() {
        let classes =
            class("name='A' filename='a.cs'", "<line number='1' hits='1'/><line number='2' hits='0'/>")
                + &class(
                    "name='B' filename='a.cs'",
                    "<line number='2' hits='4'/><line number='3' hits='0'/>",
                );
        assert_eq!(shown(&report(&classes)), "measured\na.cs [(1, 1), (2, 4), (3, 0)]");
    }

    #[test]
    fn odd_lines_and_classes_cost_only_themselves() {
        let classes = class("name='A'", "<line number='1' hits='1'/>")
            + &class("name='B' filename=''", "<line number='1' hits='1'/>")
            + &class(
                "filename='../x.py'",
                "<line number='0' hits='1'/><line number='abc' hits='1'/><line hits='1'/>
<line number='7' hits=''/><line number='8'/><line number='4000000000' hits='1,234'/>",
            );
        insta::assert_snapshot!(shown(&report(&classes)), @r#"
        measured
        ../x.py [(7, 0), (8, 0), (4000000000, 1234)]
        warning 1:55 `class A`: belongs to no source file; left out (2 times, the first one here)
        warning 1:219 `../x.py`: a source file above the project; kept as a name only
        warning 1:262 `number="0"`: no line number from 1 to 4294967295; left out (3 times, the first one here)
        warning 2:1 `hits=""`: no hit count; taken as not run (2 times, the first one here)
        "#);
    }

    #[test]
    fn totals_of_the_producer_are_shown_beside_ours() {
        let xml = "<coverage lines-covered='9' lines-valid='10'><packages><package><classes>\
                   <class filename='a.c'><lines><line number='1' hits='1'/></lines></class>\
                   </classes></package></packages></coverage>";
        assert_eq!(
            shown(xml),
            "measured\na.c [(1, 1)]\nwarning the report states 9 of 10 lines covered, its records hold 1 of 1 \
             lines; the records count"
        );
        assert_eq!(shown(&xml.replace("'9'", "'1'").replace("'10'", "'1'")), "measured\na.c [(1, 1)]");
    }

    #[test]
    fn rates_without_lines_are_empty() {
        let shown =
            shown("<coverage line-rate='0.83' lines-covered='83' lines-valid='100'><packages/></coverage>");
        assert_eq!(
            shown,
            "empty\nwarning the report holds no line, so it measures nothing; rates are not used"
        );
    }

    #[test]
    fn a_cut_report_keeps_whole_classes_and_is_incomplete() {
        let whole = report(
            &(class("filename='a.c'", "<line number='1' hits='1'/>")
                + &class("filename='b.c'", "<line number='1' hits='1'/>")),
        );
        let cut = whole.get(..whole.len() - 70).unwrap();
        let shown = shown(cut);
        assert!(shown.starts_with("incomplete\na.c [(1, 1)]\nerror 1:"), "{shown}");
    }

    #[test]
    fn two_reports_in_one_file_and_other_roots_are_refused() {
        let one = report(&class("filename='a.c'", "<line number='1' hits='1'/>"));
        let twice = shown(&format!("{one}\n{one}"));
        assert!(
            twice.starts_with("invalid\n") && twice.contains("error 2:1 a second report begins"),
            "{twice}"
        );
        assert!(shown("<html><body/></html>").contains("`coverage`, not `html`"));
        assert!(shown("<coverage>&xxe;</coverage>").starts_with("invalid\nerror 1:11"));
    }
}
