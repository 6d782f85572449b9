//! `TestNG`'s `testng-results.xml`.
//!
//! Written by <https://github.com/testng-team/testng>'s `XMLReporter`. The rules:
//!
//! * Configuration methods are no cases; one that failed is a suite error.
//! * A row of a data provider has its parameters in its name.
//! * An attempt that was retried is no case of its own: the one that follows is flaky when it passed.
//! * A failure within the success percentage of a method holds, as it does for `TestNG`.

use std::collections::HashMap;

use super::assembly::{Assembly, Claimed, Draft};
use super::attributes::{count, owned};
use super::fields;
use super::open_suites::OpenSuites;
use super::story::Story;
use super::walk::Walk;
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::xml::{Cursor, Event, Tag};
use crate::model::order;
use crate::model::tests::{Outcome, TestReport};

/// Whether a file that begins like this was written by `TestNG`.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    head.root == Some("testng-results")
}

/// Reads one file.
pub(crate) fn read(text: &mut Text) -> Reading<TestReport> {
    let mut reader = Reader {
        walk: Walk::new(Cursor::new(text), Assembly::by("TestNG")),
        open: OpenSuites::default(),
        class: String::new(),
        attempts: HashMap::new(),
        tolerated: 0,
    };
    let ended = reader.walk();
    reader.keep_attempts();
    let claimed = &mut reader.walk.report.claimed;
    claimed.passed = claimed.passed.map(|passed| passed.saturating_add(reader.tolerated));
    reader.walk.finish(ended)
}

struct Reader<'t> {
    walk: Walk<'t>,
    open: OpenSuites,
    class: String,
    /// Of the class that is open: attempts that were retried, by name, the case that follows still to come.
    attempts: HashMap<String, Method>,
    /// Failures within a success percentage, which the totals leave out.
    tolerated: u64,
}

/// What a start tag opens.
enum Element {
    Root(Claimed),
    Suite(String),
    Class(String),
    Method(Box<Method>),
    Other,
}

/// One run of a method.
#[derive(Debug, Default)]
struct Method {
    name: String,
    status: String,
    is_configuration: bool,
    was_retried: bool,
    /// Milliseconds, with the unit.
    time: Option<String>,
    message: Option<String>,
    trace: String,
}

impl Reader<'_> {
    fn walk(&mut self) -> Result<(), Stop> {
        loop {
            let element = match self.walk.cursor.next()? {
                Event::Eof => return Ok(()),
                Event::Text(_) => continue,
                Event::End(name) => {
                    if name == "class" {
                        self.keep_attempts();
                    }
                    self.open.close(self.walk.cursor.depth());
                    continue;
                }
                Event::Start(tag) => Element::of(&tag),
            };
            match element {
                Element::Root(claimed) => self.walk.report.claimed.add(claimed),
                Element::Suite(name) => {
                    self.open.open(&mut self.walk.report, &name, self.walk.cursor.depth());
                }
                Element::Class(name) => self.class = name,
                Element::Method(method) => self.method(*method)?,
                Element::Other => self.walk.cursor.skip_element()?,
            }
        }
    }

    fn method(&mut self, mut method: Method) -> Result<(), Stop> {
        let place = self.walk.cursor.place();
        method.read(&mut self.walk.cursor)?;
        let outcome = match method.status.as_str() {
            "PASS" => Outcome::Passed,
            "FAIL" => Outcome::Failed,
            "SKIP" => Outcome::Skipped,
            "SUCCESS_PERCENTAGE_FAILURE" => {
                self.tolerated += u64::from(!method.is_configuration);
                Outcome::Passed
            }
            other => self.walk.report.unknown_outcome(other, place),
        };
        if method.is_configuration {
            if outcome.is_failing() {
                let message = method.message.as_deref().unwrap_or("failed without saying why");
                let message = format!("{}.{}: {message}", self.class, method.name);
                self.walk.report.suite_error(self.open.innermost(), &message);
            }
        } else if method.was_retried {
            self.attempts.insert(method.name.clone(), method);
        } else {
            let attempt = self.attempts.remove(&method.name);
            method.message = method.message.or(attempt.as_ref().and_then(|attempt| attempt.message.clone()));
            self.add(&method, outcome, attempt.is_some());
        }
        Ok(())
    }

    fn add(&mut self, method: &Method, outcome: Outcome, flaky: bool) {
        let duration = self.walk.duration(method.time.as_deref());
        self.walk.report.add(&Draft {
            suite: self.open.innermost(),
            class: Some(&self.class),
            outcome,
            flaky,
            duration,
            message: method.message.as_deref(),
            trace: Some(&method.trace),
            ..Draft::named(&method.name)
        });
    }

    /// Attempts that nothing followed are all that is known of their cases.
    fn keep_attempts(&mut self) {
        let mut left: Vec<Method> = self.attempts.drain().map(|(_, attempt)| attempt).collect();
        order::sort_by(&mut left, |one, other| one.name.cmp(&other.name));
        for attempt in left {
            self.add(&attempt, Outcome::Failed, false);
        }
    }
}

impl Element {
    fn of(tag: &Tag<'_>) -> Self {
        let name = || owned(tag, "name").unwrap_or_default();
        match tag.name() {
            _ if tag.is_foreign() => Self::Other,
            // The total has methods in it that were excluded.
            "testng-results" => Self::Root(Claimed {
                passed: count(tag, "passed"),
                failing: count(tag, "failed"),
                ..Claimed::default()
            }),
            "suite" | "test" => Self::Suite(name()),
            "class" => Self::Class(match owned(tag, "package") {
                Some(package) => format!("{package}.{}", name()),
                None => name(),
            }),
            "test-method" => Self::Method(Box::new(Method::of(tag))),
            _ => Self::Other,
        }
    }
}

impl Method {
    fn of(tag: &Tag<'_>) -> Self {
        let is = |name: &str| tag.attribute(name).is_some_and(|value| value == "true");
        let instance = owned(tag, "test-instance-name").filter(|instance| !instance.is_empty());
        let name = owned(tag, "name").unwrap_or_default();
        Self {
            name: instance.map(|instance| format!("{instance}.{name}")).unwrap_or(name),
            status: owned(tag, "status").unwrap_or_default(),
            is_configuration: is("is-config"),
            was_retried: is("retried"),
            time: owned(tag, "duration-ms").map(|time| format!("{time}ms")),
            message: None,
            trace: String::new(),
        }
    }

    /// Reads to the end of the method.
    fn read(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
        loop {
            let (name, class) = match cursor.next()? {
                Event::End(_) | Event::Eof => return Ok(()),
                Event::Text(_) => continue,
                Event::Start(tag) => (tag.name() == "params", owned(&tag, "class")),
            };
            match (name, class) {
                (true, _) => self.parametrise(cursor)?,
                (false, Some(class)) => {
                    let story = Story::read(cursor)?;
                    self.message = story.message.or(Some(class));
                    self.trace = story.trace;
                }
                (false, None) => cursor.skip_element()?,
            }
        }
    }

    /// Reads to the end of the parameters and puts them behind the name.
    fn parametrise(&mut self, cursor: &mut Cursor<'_>) -> Result<(), Stop> {
        let outside = cursor.depth().saturating_sub(1);
        let mut values = Vec::new();
        while cursor.depth() > outside {
            let is_value = match cursor.next()? {
                Event::Eof => break,
                Event::Start(tag) if tag.name() == "value" => {
                    Some(tag.attribute("is-null").is_some_and(|value| value == "true"))
                }
                _ => None,
            };
            match is_value {
                Some(true) => values.push("null".to_owned()),
                Some(false) => values.push(fields::text(cursor)?.unwrap_or_default()),
                None => {}
            }
        }
        self.name = format!("{}({})", self.name, values.join(", "));
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::{file, view};

    fn read(text: &str) -> String {
        view(&super::read(&mut file(text)))
    }

    #[test]
    fn methods_are_cases_and_configuration_is_not() {
        insta::assert_snapshot!(read(include_str!("../../../tests/fixtures/test_results/testng/testng-6.9.12-mixed.xml")), @r#"
        measured, TestNG, 2 suites
        passed [Shop/Cart] (shop.CartTest) `adds` 1000000ns
        passed [Shop/Cart] (shop.CartTest) `mostly` 4000000ns
        passed [Shop/Cart] (shop.CartTest) `mostly` 0ns
        passed [Shop/Cart] (shop.CartTest) `mostly` 1000000ns
        failed [Shop/Cart] (shop.CartTest) `sums` 0ns "1 is <not> 2 expected [2] but found [1]"
        skipped [Shop/Cart] (shop.CartTest) `taxes` 1000000ns "no tax yet"
        failed [Shop/Cart] (shop.CartTest) `never` 0ns "never"
        passed [Shop/Cart] (shop.CartTest) `retries` 0ns
        skipped [Shop/Cart] (shop.CartTest) `never` 0ns "never"
        skipped [Shop/Cart] (shop.CartTest) `never` 0ns "never"
        passed [Shop/Cart] (shop.CartTest) `rounds(1, one)` 0ns
        passed [Shop/Cart] (shop.CartTest) `rounds(3, null)` 0ns
        failed [Shop/Cart] (shop.CartTest) `rounds(2, two)` 0ns "null"
        skipped [Shop/Cart] (shop.CartTest) `ships` 0ns "Method CartTest.ships()[pri:0, instance:shop.CartTest@1b2c3d4] depends on not successfully finished methods"
        skipped [Shop/Store] (shop.StoreTest) `sells` 0ns
        suite error [Shop/Store] shop.StoreTest.opens: no database
        "#);
    }

    #[test]
    fn a_retried_attempt_makes_the_next_one_flaky() {
        insta::assert_snapshot!(read(
            "<testng-results passed='1' failed='2'><suite name='s'><test name='t'><class name='C' package='p'>\
             <test-method name='a' status='SKIP' retried='true'><exception class='E'><message>early</message></exception></test-method>\
             <test-method name='a' status='PASS' duration-ms='12'/><test-method name='b' status='SKIP' retried='true'/>\
             <test-method name='b' status='FAIL' test-instance-name='one'><exception class='E'/></test-method>\
             <test-method name='c' status='STARTED'/></class></test></suite></testng-results>"), @r#"
        measured, TestNG, 1 suites
        passed [s/t] (p.C) `a` flaky 12000000ns "early"
        failed [s/t] (p.C) `one.b` "E"
        errored [s/t] (p.C) `c`
        failed [s/t] (p.C) `b`
        warning the file says 2 failed; it lists 3 failed
        warning 1:423 1 cases have outcomes that are not known, the first one is `STARTED`; counted as errored
        "#);
    }

    #[test]
    fn a_cut_file_keeps_its_complete_methods() {
        insta::assert_snapshot!(read(
            "<testng-results><suite><test><class name='C'><test-method name='a' status='SKIP' retried='true'/>\
             <test-method name='b' status='PASS'/><test-method name='c' status='PASS'>"), @"
        incomplete, TestNG, 1 suites
        passed [] (C) `b`
        failed [] (C) `a`
        error 1:171 the file ends before `</test-method>`; it was cut short
        ");
    }
}
