//! The page of `inspect`, from top to bottom.

use crate::render::{Detail, Merged, Shown};

use super::super::page::Page;
use super::super::style::Screen;
use super::{contents, files, merged, problems};

/// A table of the files, their problems and what to do about them, and all files as one run.
pub fn inspect(inputs: &[Shown], whole: &Merged, screen: Screen, detail: Detail) -> String {
    let mut page = Page::new(screen);
    files::files(&mut page, inputs, detail);
    files::left_out(&mut page, &whole.left_out);
    problems::problems(&mut page, inputs, detail);
    if detail == Detail::Full {
        for shown in inputs {
            contents::contents(&mut page, &shown.input);
        }
    }
    merged::all(&mut page, whole);
    page.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::input::{Content, Input, InputState};
    use crate::model::input::{Kind, Problem};
    use crate::model::left_out::LeftOut;
    use crate::model::origin::Origin;
    use crate::model::tests::{CaseId, SuiteError, TestReport};
    use crate::model::tests::{Outcome, TestCase};
    use crate::render::TestTotals;

    fn input() -> Input {
        let id = CaseId {
            suite: "api".into(),
            class: Some("api.Cart".into()),
            name: "adds ::one".into(),
            cell: Some("ubuntu".into()),
        };
        let case = TestCase {
            id,
            outcome: Outcome::Failed,
            flaky: false,
            duration: Some(1_250_000_000),
            detail: None,
        };
        Input {
            path: "build/junit.xml".into(),
            origin: Origin::default(),
            bytes: 99,
            format: Some("junit"),
            kind: Some(Kind::Tests),
            state: InputState::Incomplete,
            content: Some(Content::Tests(TestReport {
                suites: 1,
                cases: vec![case],
                suite_errors: vec![SuiteError { suite: "api".into(), message: "no database".into() }],
                producer: Some("pytest 9.0".into()),
                ..TestReport::default()
            })),
            coverage: None,
            problems: vec![
                Problem::error("the file ends inside `<testcase>`").at(7, 3),
                Problem::warning("the file says 173 tests; it lists 1 test"),
            ],
        }
    }

    #[test]
    fn files_problems_cases_and_totals_are_shown() {
        let tests = TestTotals { suites: 1, ..TestTotals::default() };
        let merged = Merged { tests: Some(tests), ..Merged::default() };
        insta::assert_snapshot!(inspect(&[Shown::whole(input())], &merged, Screen::PLAIN, Detail::Full), @r"
        1 file
          state       file             format  producer    holds
          incomplete  build/junit.xml  junit   pytest 9.0  1 test: 0 passed, 1 failed, 1 error outside any case, 1.2 s

        Problems
          build/junit.xml:7:3: error: the file ends inside `<testcase>`
          build/junit.xml: warning: the file says 173 tests; it lists 1 test
          build/junit.xml: failed outside any case in `api`: no database

        What to do
          - incomplete: the tool did not finish writing. Look for a crash, a timeout or a full disk in the
            step that writes the file, and hand it over after that step. The complete part is shown and
            fails the gate.
          - failed outside any case: a class that does not load, a hook, a package that does not build, or
            failures that a file claims and does not list. No case says so, and no gate is green with it.

        build/junit.xml
          failed   api.Cart › adds ::one [ubuntu]

        All files as one run
          tests  0 tests: 0 passed, 0 ms
        ");
    }

    #[test]
    fn of_many_files_only_those_with_problems_have_a_row() {
        let odd = Shown::whole(input());
        let mut inputs = vec![odd.clone(); 3];
        let plain = Input { state: InputState::Measured, content: None, problems: Vec::new(), ..input() };
        inputs.resize(300, Shown::whole(plain));
        insta::assert_snapshot!(inspect(&inputs, &Merged::default(), Screen::PLAIN, Detail::Summary), @r"
        300 files
          state       file             format  producer    holds
          incomplete  build/junit.xml  junit   pytest 9.0  1 test: 0 passed, 1 failed, 1 error outside any case, 1.2 s
          incomplete  build/junit.xml  junit   pytest 9.0  1 test: 0 passed, 1 failed, 1 error outside any case, 1.2 s
          incomplete  build/junit.xml  junit   pytest 9.0  1 test: 0 passed, 1 failed, 1 error outside any case, 1.2 s
          297 files without problems (junit 297); `--detail` lists all

        Problems
          build/junit.xml:7:3: error: the file ends inside `<testcase>`
          build/junit.xml: warning: the file says 173 tests; it lists 1 test
          build/junit.xml: failed outside any case in `api`: no database
          build/junit.xml:7:3: error: the file ends inside `<testcase>`
          build/junit.xml: warning: the file says 173 tests; it lists 1 test
          build/junit.xml: failed outside any case in `api`: no database
          build/junit.xml:7:3: error: the file ends inside `<testcase>`
          build/junit.xml: warning: the file says 173 tests; it lists 1 test
          build/junit.xml: failed outside any case in `api`: no database

        What to do
          - incomplete: the tool did not finish writing. Look for a crash, a timeout or a full disk in the
            step that writes the file, and hand it over after that step. The complete part is shown and
            fails the gate.
          - failed outside any case: a class that does not load, a hook, a package that does not build, or
            failures that a file claims and does not list. No case says so, and no gate is green with it.
        ");
        let left_out =
            LeftOut { unrelated: 117, unopened: 1, names: vec!["a.tar".into()], ..LeftOut::default() };
        let merged = Merged { left_out, ..Merged::default() };
        insta::assert_snapshot!(inspect(&inputs[40..42], &merged, Screen::PLAIN, Detail::Summary), @r"
        2 files
          state     file             format  producer  holds
          measured  build/junit.xml  junit   -
          measured  build/junit.xml  junit   -
          1 archive is not opened, and it may hold reports: `a.tar`; unpack it, or pack it as zip
          117 files are no reports
        ");
        inputs.truncate(200);
        inputs.resize(300, odd);
        let shown = inspect(&inputs, &Merged::default(), Screen::PLAIN, Detail::Summary);
        assert!(shown.lines().count() < 150, "{shown}");
        assert!(shown.contains("and 63 more files with problems"), "{shown}");
    }
}
