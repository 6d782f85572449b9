//! Walks a Cobertura report element by element.

use super::super::merge::Files;
use super::super::oddities::{Oddities, Oddity, reconcile};
use super::super::{lexical, number};
use super::class::{Class, Line, Method, condition_coverage};
use crate::evidence::bytes::{Place, Text};
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
        if !reader.found.is_empty() {
            reader.note_found(cursor.place());
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
        // Other formats name the same functions in other ways.
        let name = format!("cobertura\t{class}.{}{}", attribute("name"), attribute("signature"));
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

    fn note_found(&mut self, place: Place) {
        for (kind, found) in self.found.drain(..) {
            self.oddities.note(kind, place, &found);
        }
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
#[path = "reader_tests.rs"]
mod tests;
