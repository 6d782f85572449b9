//! `NUnit`: `<test-results>` of version 2, `<test-run>` or a bare `<test-suite>` of version 3.
//!
//! <https://docs.nunit.org/articles/nunit/technical-notes/usage/Test-Result-XML-Format.html>. The rules:
//!
//! * `Inconclusive`, `Ignored` and `Skipped` are skipped; `Failed` with the label `Error`, `Invalid` or `Cancelled`
//!   is errored; a warning holds.
//! * A file of `--explore` lists cases without results: nothing ran, so nothing passed.
//! * A suite that failed while nothing inside of it did is a suite error, and so is a failed tear-down.

use super::assembly::{Assembly, Claimed, Draft, SuiteId};
use super::attributes::{assembly_name, owned, sum};
use super::story::Story;
use super::walk::{Step, Walk};
use crate::evidence::bytes::Text;
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::tally::Tally;
use crate::evidence::xml::{Cursor, Tag};
use crate::model::tests::{Outcome, TestReport};

/// Whether a file that begins like this is a report of `NUnit`.
pub(crate) fn looks_like(head: &Head<'_>) -> bool {
    matches!(head.root, Some("test-results" | "test-run" | "test-suite"))
}

/// Reads one file.
pub(crate) fn read(text: &mut Text) -> Reading<TestReport> {
    let mut reader = Reader {
        walk: Walk::new(Cursor::new(text), Assembly::default()),
        open: Vec::new(),
        without_result: Tally::default(),
    };
    let ended = reader.walk();
    reader.set_listing_aside();
    reader.walk.finish(ended)
}

struct Reader<'t> {
    walk: Walk<'t>,
    open: Vec<Open>,
    without_result: Tally,
}

/// A run or suite that is open.
struct Open {
    suite: SuiteId,
    /// Of its own start tag.
    depth: usize,
    verdict: Verdict,
    story: Story,
    /// Failing cases and suite errors when it was opened.
    before: (u64, usize),
}

/// What the tag of a run or suite says about its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    Held,
    Failed,
    /// Its cases were done by then.
    FailedInTearDown,
}

/// What a start tag opens.
enum Element {
    Root(Verdict, Claimed),
    Suite(String, Verdict),
    Case(Box<Case>),
    Told,
    Through,
    Other,
}

/// The tag of a case.
struct Case {
    name: String,
    class: Option<String>,
    result: Option<Outcome>,
    /// A result that is not known.
    word: Option<String>,
    time: Option<String>,
}

impl Reader<'_> {
    fn walk(&mut self) -> Result<(), Stop> {
        while let Some(step) = self.walk.step(Element::of)? {
            let Step::Start(element) = step else {
                self.close();
                continue;
            };
            match element {
                Element::Root(verdict, claimed) => {
                    self.walk.report.claimed.add(claimed);
                    self.open(SuiteId::ROOT, verdict);
                }
                Element::Suite(name, verdict) => {
                    let parent = self.open.last().map_or(SuiteId::ROOT, |open| open.suite);
                    let suite = self.walk.report.open_suite(parent);
                    self.walk.report.name_suite(suite, assembly_name(&name));
                    self.open(suite, verdict);
                }
                Element::Case(case) => self.case(&case)?,
                Element::Told => self.told()?,
                Element::Through => {}
                Element::Other => self.walk.cursor.skip_element()?,
            }
        }
        Ok(())
    }

    fn failures(&self) -> (u64, usize) {
        (self.walk.report.counts_failing(), self.walk.report.suite_errors())
    }

    fn open(&mut self, suite: SuiteId, verdict: Verdict) {
        let (depth, before) = (self.walk.cursor.depth(), self.failures());
        self.open.push(Open { suite, depth, verdict, story: Story::default(), before });
    }

    fn close(&mut self) {
        let depth = self.walk.cursor.depth();
        let Some(open) = self.open.pop_if(|open| open.depth > depth) else { return };
        let unexplained = open.before == self.failures();
        let is_error = match open.verdict {
            Verdict::Held => false,
            Verdict::Failed => unexplained,
            Verdict::FailedInTearDown => true,
        };
        if is_error {
            let message = open.story.message.as_deref();
            self.walk
                .report
                .suite_error(open.suite, message.unwrap_or("failed, though nothing inside of it did"));
        }
    }

    /// Why the innermost suite ended as it did.
    fn told(&mut self) -> Result<(), Stop> {
        let story = Story::read(&mut self.walk.cursor)?;
        if let Some(open) = self.open.last_mut().filter(|open| open.story == Story::default()) {
            open.story = story;
        }
        Ok(())
    }

    fn case(&mut self, case: &Case) -> Result<(), Stop> {
        let place = self.walk.cursor.place();
        let duration = self.walk.duration(case.time.as_deref());
        let story = Story::of_case(&mut self.walk.cursor, &["failure", "reason"])?;
        let outcome = match (case.result, &case.word) {
            (Some(outcome), _) => outcome,
            (None, Some(word)) => self.walk.report.unknown_outcome(word, place),
            (None, None) => {
                self.without_result.add(|| place);
                Outcome::Errored
            }
        };
        self.walk.report.add(&Draft {
            suite: self.open.last().map_or(SuiteId::ROOT, |open| open.suite),
            class: case.class.as_deref(),
            outcome,
            duration,
            message: story.message.as_deref(),
            trace: Some(&story.trace),
            file: story.place.as_ref().map(|(file, _)| file.as_str()),
            line: story.place.as_ref().map(|(_, line)| *line),
            ..Draft::named(&case.name)
        });
        Ok(())
    }

    /// Cases without results are errors, unless there is no result in the whole file: then it is a listing.
    fn set_listing_aside(&mut self) {
        let all = self.walk.report.counts().total;
        let warning = self.without_result.warning(|count| {
            if count == all {
                format!("lists {count} tests and no results, as `--explore` does; nothing was run")
            } else {
                format!("{count} cases have no result, the first one here; counted as errored")
            }
        });
        let Some(warning) = warning else { return };
        if warning.message.starts_with("lists") {
            self.walk.report = Assembly::default();
        }
        self.walk.report.warn(warning);
    }
}

impl Element {
    fn of(tag: &Tag<'_>) -> Self {
        if tag.is_foreign() {
            return Self::Other;
        }
        match tag.name() {
            "test-run" => Self::Root(Verdict::of(tag), claimed(tag, &["total"], &["failed"])),
            "test-results" => {
                // What is invalid is among what did not run, and errored to us.
                let failing = ["failures", "errors", "invalid"];
                Self::Root(Verdict::Held, claimed(tag, &["total", "not-run"], &failing))
            }
            "test-suite" => Self::Suite(owned(tag, "name").unwrap_or_default(), Verdict::of(tag)),
            "test-case" => Self::Case(Box::new(Case::of(tag))),
            "failure" | "reason" => Self::Told,
            "results" => Self::Through,
            _ => Self::Other,
        }
    }
}

fn claimed(tag: &Tag<'_>, total: &[&str], failing: &[&str]) -> Claimed {
    Claimed { total: sum(tag, total), failing: sum(tag, failing), ..Claimed::default() }
}

impl Verdict {
    fn of(tag: &Tag<'_>) -> Self {
        let result = owned(tag, "result").and_then(|result| outcome(&result, tag));
        let failed = result.or_else(|| success(tag)).is_some_and(Outcome::is_failing);
        let site = tag.attribute("site");
        match (failed, site.as_deref()) {
            (false, _) => Self::Held,
            (true, Some("TearDown")) => Self::FailedInTearDown,
            (true, _) => Self::Failed,
        }
    }
}

impl Case {
    fn of(tag: &Tag<'_>) -> Self {
        let word = owned(tag, "result").filter(|word| !word.trim().is_empty());
        let result = match &word {
            Some(word) => outcome(word, tag),
            None => success(tag),
        };
        Self {
            name: owned(tag, "name").or_else(|| owned(tag, "fullname")).unwrap_or_default(),
            class: owned(tag, "classname"),
            result,
            word,
            time: owned(tag, "duration").or_else(|| owned(tag, "time")),
        }
    }
}

/// The words of both versions.
fn outcome(result: &str, tag: &Tag<'_>) -> Option<Outcome> {
    let label = tag.attribute("label").unwrap_or_default();
    Some(match result.trim() {
        "Passed" | "Success" | "Warning" => Outcome::Passed,
        "Failed" | "Failure" if matches!(&*label, "Error" | "Invalid" | "Cancelled") => Outcome::Errored,
        "Failed" | "Failure" => Outcome::Failed,
        "Error" | "NotRunnable" | "Cancelled" => Outcome::Errored,
        "Skipped" | "Ignored" | "Inconclusive" => Outcome::Skipped,
        _ => return None,
    })
}

/// Before version 2.4 there is no `result`. What is not said to have succeeded did not.
fn success(tag: &Tag<'_>) -> Option<Outcome> {
    let is =
        |name: &str, word: &str| tag.attribute(name).is_some_and(|value| value.eq_ignore_ascii_case(word));
    if is("executed", "false") {
        return Some(Outcome::Skipped);
    }
    tag.attribute("success")?;
    Some(if is("success", "true") { Outcome::Passed } else { Outcome::Failed })
}

#[cfg(test)]
mod tests;
