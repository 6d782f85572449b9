//! Qt Test's `xml` and `lightxml` output.
//!
//! <https://doc.qt.io/qt-6/qttest-index.html>. The rules:
//!
//! * Each row of a data-driven function is a case, `rounds(two)`; `initTestCase` and `cleanupTestCase` are cases, too.
//! * `xpass`, a test that passed and should have failed, is failed; `xfail` holds.
//! * Results of tests on the blacklist do not count for Qt, so these are skipped.
//! * A fatal message is an error: the program ends with it.
//! * The light form has no root of its own.

use super::assembly::{Assembly, Draft, SuiteId};
use super::attributes::{owned, stands_at};
use super::fields;
use super::walk::Walk;
use crate::evidence::bytes::{Place, Text};
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Tag};
use crate::model::input::Problem;
use crate::model::tests::{Outcome, TestReport};

/// Whether a file that begins like this was written by Qt Test.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    matches!(head.root, Some("TestCase" | "Environment"))
        && ["<QTestVersion>", "<TestFunction"].iter().any(|mark| head.text.contains(mark))
}

/// Reads one file.
pub(crate) fn read(text: &mut Text) -> Reading<TestReport> {
    let mut reader = Reader {
        walk: Walk::new(Cursor::of_fragments(text), Assembly::by("Qt Test")),
        suite: SuiteId::ROOT,
        form: Form::default(),
    };
    let ended = reader.walk().and_then(|()| reader.check_end());
    reader.walk.finish(ended)
}

struct Reader<'t> {
    walk: Walk<'t>,
    suite: SuiteId,
    form: Form,
}

/// What tells whether a light file is whole.
#[derive(Debug, Default)]
struct Form {
    has_root: bool,
    has_times: bool,
    /// The time of the whole program came last.
    has_end: bool,
}

/// What a start tag opens.
enum Element {
    Object(String),
    Function(String),
    /// An incident or message, by its type.
    Result(String, Option<(String, u32)>),
    Duration(Option<String>),
    Other,
}

/// One case: a function or a row of its data.
struct Case {
    tag: Option<String>,
    outcome: Outcome,
    message: Option<String>,
    place: Option<(String, u32)>,
}

impl Reader<'_> {
    fn walk(&mut self) -> Result<(), Stop> {
        while let Some(element) = self.walk.start(Element::of)? {
            match element {
                Element::Object(name) => {
                    self.form.has_root = true;
                    self.suite = self.walk.report.suite(&name);
                }
                Element::Function(name) => {
                    self.form.has_end = false;
                    let place = self.walk.cursor.place();
                    self.function(&name, place)?;
                }
                Element::Duration(_) => {
                    self.form.has_end = true;
                    self.walk.cursor.skip_element()?;
                }
                Element::Result(..) | Element::Other => self.walk.cursor.skip_element()?,
            }
        }
        Ok(())
    }

    /// Nothing is open at the end of a light file that was cut between two functions.
    fn check_end(&mut self) -> Result<(), Stop> {
        let Form { has_root, has_times, has_end } = self.form;
        if has_root || !has_times || has_end {
            return Ok(());
        }
        let place = self.walk.cursor.place();
        let message = "the file ends before the `<Duration>` of the whole program; it was cut short";
        Err(Stop::incomplete(Problem::error(message).at(place.line, place.column)))
    }

    fn function(&mut self, name: &str, at: Place) -> Result<(), Stop> {
        let (mut cases, mut time): (Vec<Case>, Option<String>) = (Vec::new(), None);
        let ended = loop {
            let element = match self.walk.child(Element::of) {
                Ok(Some(element)) => element,
                Ok(None) => break Ok(()),
                Err(stop) => break Err(stop),
            };
            let read = match element {
                Element::Result(kind, place) => self.result(&kind, place, &mut cases),
                Element::Duration(found) => {
                    self.form.has_times = true;
                    time = found;
                    Ok(())
                }
                _ => self.walk.cursor.skip_element(),
            };
            if read.is_err() {
                break read;
            }
        };
        if cases.is_empty() && ended.is_ok() {
            let outcome = self.walk.report.unknown_outcome("", at);
            cases.push(Case { tag: None, outcome, message: None, place: None });
        }
        // The time is that of all rows together.
        let time = time.filter(|_| cases.len() == 1).map(|time| format!("{time}ms"));
        let duration = self.walk.duration(time.as_deref());
        for case in cases {
            self.add(name, case, duration);
        }
        ended
    }

    fn result(
        &mut self,
        kind: &str,
        place: Option<(String, u32)>,
        cases: &mut Vec<Case>,
    ) -> Result<(), Stop> {
        let at = self.walk.cursor.place();
        let [tag, global, message] =
            fields::read(&mut self.walk.cursor, ["DataTag", "GlobalDataTag", "Description"])?;
        let outcome = match outcome(kind) {
            Kind::Ends(outcome) => outcome,
            Kind::Says => return Ok(()),
            Kind::Unknown => self.walk.report.unknown_outcome(kind, at),
        };
        let tag = match (global, tag) {
            (Some(global), Some(tag)) => Some(format!("{global}:{tag}")),
            (global, tag) => global.or(tag),
        };
        let case = Case { tag, outcome, message, place };
        // Further results of the same row.
        match cases.iter_mut().find(|known| known.tag == case.tag) {
            Some(known) if case.outcome.badness() > known.outcome.badness() => *known = case,
            Some(_) => {}
            None => cases.push(case),
        }
        Ok(())
    }

    fn add(&mut self, function: &str, case: Case, duration: Option<u64>) {
        let name = match &case.tag {
            Some(tag) => format!("{function}({tag})"),
            None => function.to_owned(),
        };
        let (file, line) = case.place.unzip();
        self.walk.report.add(&Draft {
            suite: self.suite,
            outcome: case.outcome,
            duration,
            message: case.message.as_deref(),
            file: file.as_deref(),
            line,
            ..Draft::named(&name)
        });
    }
}

impl Element {
    fn of(tag: &Tag<'_>) -> Self {
        match tag.name() {
            _ if tag.is_foreign() => Self::Other,
            "TestCase" => Self::Object(owned(tag, "name").unwrap_or_default()),
            "TestFunction" => Self::Function(owned(tag, "name").unwrap_or_default()),
            "Incident" | "Message" => Self::Result(owned(tag, "type").unwrap_or_default(), stands_at(tag)),
            "Duration" => Self::Duration(owned(tag, "msecs")),
            _ => Self::Other,
        }
    }
}

/// What an incident or message means for its case.
enum Kind {
    Ends(Outcome),
    Says,
    Unknown,
}

fn outcome(kind: &str) -> Kind {
    Kind::Ends(match kind {
        "pass" | "xfail" => Outcome::Passed,
        "fail" | "xpass" => Outcome::Failed,
        "qfatal" => Outcome::Errored,
        "skip" | "bpass" | "bfail" | "bxpass" | "bxfail" => Outcome::Skipped,
        "qdebug" | "qinfo" | "qwarn" | "qcritical" | "qsystem" | "system" | "info" | "warn" => {
            return Kind::Says;
        }
        _ => return Kind::Unknown,
    })
}

#[cfg(test)]
mod tests {
    use super::super::view::{file, view};

    fn read(text: &str) -> String {
        view(&super::read(&mut file(text)))
    }

    #[test]
    fn functions_and_their_rows_are_cases() {
        insta::assert_snapshot!(read(include_str!("../../../tests/fixtures/test_results/qtest/qt-5.15.8-mixed.xml")), @r#"
        measured, Qt Test, 1 suites
        passed [Cart] `initTestCase` 221152ns
        passed [Cart] `adds` 34509ns
        failed [Cart] `sums` 23567ns @cart.cpp:5 "Compared values are not the same"
        skipped [Cart] `taxes` 6419ns @cart.cpp:6 "no tax yet"
        passed [Cart] `known` 7314ns @cart.cpp:7
        passed [Cart] `knownAborts` 3455ns @cart.cpp:8
        failed [Cart] `surprises` 2928ns @cart.cpp:9 "'true' returned TRUE unexpectedly. ()"
        skipped [Cart] `flickers` 2899ns @cart.cpp:10 "'false' returned FALSE. (flickers)"
        passed [Cart] `rounds(one & <first>)`
        failed [Cart] `rounds(two)` @cart.cpp:12 "'n != 2' returned FALSE. ()"
        skipped [Cart] `rounds(three)` @cart.cpp:12 "not three"
        passed [Cart] `warns` 44551ns
        passed [Cart] `cleanupTestCase` 1705ns
        "#);
    }

    #[test]
    fn the_light_form_has_no_root() {
        insta::assert_snapshot!(read(include_str!("../../../tests/fixtures/test_results/qtest/qt-5.15.8-light.xml")), @r#"
        measured, Qt Test, 0 suites
        passed [] `initTestCase` 214009ns
        passed [] `adds` 13189ns
        failed [] `sums` 8875ns @cart.cpp:5 "Compared values are not the same"
        skipped [] `taxes` 6517ns @cart.cpp:6 "no tax yet"
        passed [] `known` 6308ns @cart.cpp:7
        passed [] `knownAborts` 3364ns @cart.cpp:8
        failed [] `surprises` 2941ns @cart.cpp:9 "'true' returned TRUE unexpectedly. ()"
        skipped [] `flickers` 2793ns @cart.cpp:10 "'false' returned FALSE. (flickers)"
        passed [] `rounds(one & <first>)`
        failed [] `rounds(two)` @cart.cpp:12 "'n != 2' returned FALSE. ()"
        skipped [] `rounds(three)` @cart.cpp:12 "not three"
        passed [] `warns` 52863ns
        passed [] `cleanupTestCase` 1706ns
        "#);
    }

    #[test]
    fn crashes_are_errors_and_a_cut_file_keeps_its_rows() {
        insta::assert_snapshot!(read(
            "<TestCase name='T'><TestFunction name='a'><Message type='qfatal'><Description>gone</Description></Message>\
             <Incident type='fail'/></TestFunction><TestFunction name='b'/><TestFunction name='c'><Incident type='odd'/>\
             <Duration msecs='x'/></TestFunction><TestFunction name='d'><Incident type='pass'><DataTag>1</DataTag></Incident>"), @r#"
        incomplete, Qt Test, 1 suites
        errored [T] `a` "gone"
        errored [T] `b`
        errored [T] `c`
        passed [T] `d(1)`
        warning 1:145 2 cases name no outcome, the first one here; counted as errored
        warning 1:214 a duration is no number of seconds; counted as unknown
        error 1:326 the file ends before `</TestFunction>`; it was cut short
        "#);
    }
}
