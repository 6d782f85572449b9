//! JaCoCo's XML, which Kover and Pester write too, and gcovr's reading of it.
//!
//! <https://www.jacoco.org/jacoco/trunk/coverage/report.dtd>: `line` of a `sourcefile` has missed and covered instructions
//! (`mi`, `ci`) and branches (`mb`, `cb`). gcovr leaves the instructions out; then the counters of the source file
//! stand, and without a `sourcefile` those of its classes. Two groups (modules) may have files of the same name.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::records::Records;
use super::walk::{Opening, Out, Walk, attribute, missed_and_covered, read_xml, whole};
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Tag, Value};
use crate::model::coverage::{CoverageReport, Covered, StatedTotals};

/// Whether a file that begins like this is in this format.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    Opening::of(head, "report").is_some_and(|opening| {
        opening.leads_to(&["sessioninfo", "group", "package", "counter"])
            || (opening.child.is_none() && head.text.contains("JACOCO"))
    })
}

/// Reads a report.
pub(crate) fn read(text: &mut Text) -> Reading<CoverageReport> {
    read_xml(text, Reader::default())
}

#[derive(Default)]
struct Reader {
    groups: Vec<String>,
    package: String,
    /// Source files of the open package, by name, without those that are open.
    sources: BTreeMap<String, Source>,
    class: Option<Class>,
    /// The open method with its class; the text of the last one stays for its room.
    method: String,
    /// Up to here that text is the same for all methods of the class.
    of_class: usize,
    is_in_method: bool,
    /// The open source file and its name.
    source: Option<(String, Source)>,
    /// Source files of closed packages.
    done: Vec<Done>,
}

/// The open class.
struct Class {
    /// The name of its source file, empty when nobody tells it, and what is known of that file.
    file: String,
    source: Source,
}

/// What is known of one source file.
#[derive(Default)]
struct Source {
    records: Records,
    is_listed: bool,
    has_lines: bool,
    /// Its own counters.
    stated: StatedTotals,
    /// Those of its classes.
    of_classes: StatedTotals,
}

struct Done {
    group: String,
    path: String,
    records: Records,
}

impl Walk for Reader {
    fn start(&mut self, tag: Tag<'_>, out: &mut Out) -> Result<(), Stop> {
        let name = || attribute(tag, "name").into_owned();
        match tag.name() {
            // By far the most frequent elements come first.
            "line" => self.line(tag, out),
            "counter" => self.counter(tag, out),
            "group" => self.groups.push(name()),
            "package" => self.package = name(),
            "class" => self.open_class(tag),
            "method" => self.open_method(tag),
            "sourcefile" => {
                self.close_source();
                let mut source = self.sources.remove(&name()).unwrap_or_default();
                source.is_listed = true;
                self.source = Some((name(), source));
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str, _out: &mut Out) -> Result<(), Stop> {
        match name {
            "group" => drop(self.groups.pop()),
            "package" => self.end_package(),
            "class" => self.close_class(),
            "method" => self.is_in_method = false,
            "sourcefile" => self.close_source(),
            _ => {}
        }
        Ok(())
    }

    /// Only the whole report tells in which groups a name occurs.
    fn finish(&mut self, out: &mut Out) {
        let done = std::mem::take(&mut self.done);
        let mut groups: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
        for file in &done {
            groups.entry(&file.path).or_default().insert(&file.group);
        }
        let is_shared: Vec<bool> =
            done.iter().map(|file| groups.get(file.path.as_str()).is_some_and(|all| all.len() > 1)).collect();
        for (file, is_shared) in done.into_iter().zip(is_shared) {
            let path = if is_shared { joined(&file.group, &file.path) } else { file.path };
            out.add(&path, file.records);
        }
    }
}

impl Reader {
    fn open_class(&mut self, tag: Tag<'_>) {
        self.close_class();
        let file = attribute(tag, "sourcefilename").into_owned();
        let source = self.sources.remove(&file).unwrap_or_default();
        self.class = Some(Class { file, source });
        self.method.clear();
        for part in ["jacoco\t", &attribute(tag, "name"), "."] {
            self.method.push_str(part);
        }
        self.of_class = self.method.len();
    }

    fn close_class(&mut self) {
        let named = self.class.take().filter(|class| !class.file.is_empty());
        self.sources.extend(named.map(|class| (class.file, class.source)));
    }

    fn open_method(&mut self, tag: Tag<'_>) {
        self.is_in_method = true;
        self.method.truncate(self.of_class);
        self.method.push_str(&attribute(tag, "name"));
        self.method.push_str(&attribute(tag, "desc"));
    }

    fn line(&mut self, tag: Tag<'_>, out: &mut Out) {
        let Some((_, source)) = &mut self.source else { return };
        let (mut line, mut missed, mut covered, mut missed_branches, mut covered_branches) = (0, 0, 0, 0, 0);
        for (name, value) in tag.attributes() {
            match name {
                "nr" => line = number(value),
                "mi" => missed = number(value),
                "ci" => covered = number(value),
                "mb" => missed_branches = number(value),
                "cb" => covered_branches = number(value),
                _ => {}
            }
        }
        // A number that is none is told as it is written.
        let line = u32::try_from(line).ok().filter(|line| *line > 0);
        let Some(line) = line.or_else(|| out.line(tag, "nr")) else { return };
        let instructions = missed_and_covered(missed, covered);
        if instructions.total > 0 {
            source.has_lines = true;
            source.records.add_line(line, (instructions.covered > 0).into());
        }
        let branches = missed_and_covered(missed_branches, covered_branches);
        if branches.total > 0 {
            source.records.count_branches(line, branches);
        }
    }

    fn counter(&mut self, tag: Tag<'_>, out: &mut Out) {
        let (mut kind, mut missed, mut covered) = (Cow::Borrowed(""), 0, 0);
        for (name, value) in tag.attributes() {
            match name {
                "type" => kind = value.decoded(),
                "missed" => missed = number(value),
                "covered" => covered = number(value),
                _ => {}
            }
            // Most counters are those of methods, which say nothing of a method that counts here.
            if self.is_in_method && !kind.is_empty() && kind != "METHOD" {
                return;
            }
        }
        let counted = missed_and_covered(missed, covered);
        if out.depth == 2 && kind == "LINE" {
            out.claimed = Some(counted);
        }
        if let Some((_, source)) = &mut self.source {
            return state(&mut source.stated, &kind, counted);
        }
        let Some(class) = self.class.as_mut().filter(|class| !class.file.is_empty()) else { return };
        if !self.is_in_method {
            state(&mut class.source.of_classes, &kind, counted);
        } else if kind == "METHOD" {
            class.source.records.add_function(&self.method, counted.covered > 0);
        }
    }

    fn close_source(&mut self) {
        self.sources.extend(self.source.take());
    }

    fn end_package(&mut self) {
        self.close_class();
        self.close_source();
        let group = self.groups.join("/");
        for (name, source) in std::mem::take(&mut self.sources) {
            if let Some(records) = source.finish() {
                let path = joined(&self.package, &name);
                self.done.push(Done { group: group.clone(), path, records });
            }
        }
    }
}

/// The whole number that `value` is, 0 for any other text.
fn number(value: Value<'_>) -> u64 {
    whole(value.raw()).or_else(|| whole(&value.decoded())).unwrap_or(0)
}

impl Source {
    /// Nothing for a file of which only functions are known, as in a report without debug information.
    fn finish(self) -> Option<Records> {
        let Self { mut records, is_listed, has_lines, stated, of_classes } = self;
        let mut stated = if is_listed { stated } else { of_classes };
        if has_lines {
            stated.lines = None;
        }
        records.stated = stated;
        (is_listed || stated.lines.is_some()).then_some(records)
    }
}

/// Adds a counter to what is stated; several classes have one source file.
fn state(stated: &mut StatedTotals, kind: &str, counted: Covered) {
    let known = match kind {
        "LINE" => &mut stated.lines,
        "BRANCH" => &mut stated.branches,
        "METHOD" => &mut stated.functions,
        _ => return,
    };
    *known = Some(known.unwrap_or_default() + counted);
}

fn joined(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::coverage::walk::shown;

    fn report(inner: &str) -> String {
        format!(
            "<!DOCTYPE report PUBLIC '-//JACOCO//DTD Report 1.1//EN' 'report.dtd'><report name='r'>{inner}</report>"
        )
    }

    #[test]
    fn lines_and_methods_go_before_counters() {
        let xml = report(
            "<package name='org/x'><class name='org/x/A' sourcefilename='A.kt'><method name='f' desc='()V'>
<counter type='METHOD' missed='0' covered='1'/></method><method name='g' desc='()V'><counter type='METHOD' missed='1' covered='0'/></method>
<counter type='LINE' missed='0' covered='9'/></class><sourcefile name='A.kt'>
<line nr='1' mi='0' ci='3' mb='0' cb='0'/><line nr='2' mi='1' ci='1' mb='3' cb='1'/><line nr='3' mi='2' ci='0'/><line nr='4' mi='0' ci='0'/>
<counter type='LINE' missed='0' covered='40'/><counter type='BRANCH' missed='0' covered='40'/></sourcefile></package>",
        );
        assert!(looks_like(&Head::of(&xml)));
        assert_eq!(
            shown(read, &xml),
            "measured\norg/x/A.kt [(1, 1), (2, 1), (3, 0)] branches 1/4 functions 1/2"
        );
    }

    #[test]
    fn counts_saturate_and_line_numbers_do_not() {
        let xml = report(
            "<package name='p'><sourcefile name='A'><line nr='1' mi='0' ci='18446744073709551616'/>
<line nr='2' mi='99999999999999999999' ci='0' mb='1' cb='99999999999999999999'/><line nr='99999999999999999999' ci='1'/></sourcefile></package>",
        );
        insta::assert_snapshot!(shown(read, &xml), @r#"
        measured
        p/A [(1, 1), (2, 0)] branches 18446744073709551615/18446744073709551615
        warning 2:81 `nr="99999999999999999999"`: no line number from 1 to 4294967295; left out
        "#);
    }

    #[test]
    fn counters_stand_where_lines_say_nothing() {
        let xml = report(
            "<package name=''><sourcefile name='m.cpp'><line nr='6'/><line nr='7' mb='1' cb='1'/><line nr='7' mb='0' cb='2'/>
<counter type='LINE' missed='2' covered='5'/><counter type='METHOD' missed='1' covered='3'/></sourcefile>
<class name='n' sourcefilename='n.cpp'><counter type='LINE' missed='1' covered='1'/></class>
<class name='o' sourcefilename='n.cpp'><counter type='LINE' missed='1' covered='0'/></class></package>",
        );
        assert_eq!(shown(read, &xml), "measured\nm.cpp 5/7 branches 2/2 functions 3/4\nn.cpp 1/3");
    }

    #[test]
    fn files_of_one_name_in_two_groups_are_two_files() {
        let group = |name, file, ci| {
            format!(
                "<group name='{name}'><package name='p'><sourcefile name='{file}'><line nr='1' mi='1' ci='{ci}'/></sourcefile></package></group>"
            )
        };
        let xml =
            report(&[group("a", "U.java", 0), group("b", "U.java", 1), group("b", "V.java", 1)].concat());
        assert_eq!(
            shown(read, &xml),
            "measured\na/p/U.java [(1, 0)]\nb/p/U.java [(1, 1)]\np/V.java [(1, 1)]"
        );
    }

    #[test]
    fn a_report_without_debug_information_is_empty() {
        let xml = report(
            "<package name='p'><class name='p/A'><counter type='METHOD' missed='1' covered='0'/></class></package>",
        );
        assert!(shown(read, &xml).starts_with("empty\nwarning"));
    }

    #[test]
    fn a_cut_report_keeps_whole_packages() {
        let one = |name| {
            format!(
                "<package name='{name}'><sourcefile name='A'><line nr='1' mi='0' ci='1'/></sourcefile></package>"
            )
        };
        let whole = report(&(one("p") + &one("q")));
        let cut = whole.get(..whole.len() - 40).unwrap();
        assert!(shown(read, cut).starts_with("incomplete\np/A [(1, 1)]\nerror"), "{cut}");
    }
}
