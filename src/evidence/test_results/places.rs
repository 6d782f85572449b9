//! Where failing cases failed: what their attributes say, else the first frame of their trace that lies in the
//! repository. Only failing cases are looked at.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use crate::model::tests::{CaseDetail, CaseId, Frame, TestCase, TestReport};

/// Gives the failing cases of `report` places in the repository; `files` finds the repository's file behind each of the
/// paths that it is asked for. Afterwards no case has frames.
pub fn settle(report: &mut TestReport, files: impl FnOnce(&[String]) -> Vec<Option<String>>) {
    let asked: BTreeSet<String> = report.cases.iter().filter_map(wanted).flat_map(paths).collect();
    let asked: Vec<String> = asked.into_iter().collect();
    let found = if asked.is_empty() { Vec::new() } else { files(&asked) };
    let known: HashMap<String, String> =
        asked.into_iter().zip(found).filter_map(|(path, file)| Some((path, file?))).collect();
    for case in &mut report.cases {
        let place = wanted(case).and_then(|(id, detail)| place(id, detail, &known));
        let is_settled = |detail: &CaseDetail| place.is_none() && detail.frames.is_empty();
        if let Some(detail) = case.detail.as_mut().filter(|detail| !is_settled(detail)) {
            let detail = Arc::make_mut(detail);
            detail.frames = Vec::new();
            if let Some((file, line)) = place {
                (detail.file, detail.line) = (Some(file.into()), line);
            }
        }
    }
}

/// Whether `case` has places to look for.
pub fn is_wanted(case: &TestCase) -> bool {
    wanted(case).is_some_and(|(_, detail)| detail.file.is_some() || !detail.frames.is_empty())
}

fn wanted(case: &TestCase) -> Option<(&CaseId, &CaseDetail)> {
    case.detail.as_deref().filter(|_| case.outcome.is_failing()).map(|detail| (&case.id, detail))
}

/// All paths that the file of the case may have.
fn paths((id, detail): (&CaseId, &CaseDetail)) -> Vec<String> {
    let framed = detail.frames.iter().map(|frame| frame.file.as_str());
    detail.file.as_deref().into_iter().chain(framed).flat_map(|file| spellings(id, file)).collect()
}

/// The paths that `file` may mean. Go names files without their folder, which is the package that the case is in.
fn spellings(id: &CaseId, file: &str) -> Vec<String> {
    let mut all = Vec::new();
    if !file.contains('/') && file.strip_suffix(".go").is_some() {
        let packages = [id.class.as_deref().unwrap_or_default(), &*id.suite];
        all.extend(packages.iter().filter(|name| !name.is_empty()).map(|name| format!("{name}/{file}")));
    }
    all.push(file.to_owned());
    all
}

/// The file and line in the repository.
fn place(id: &CaseId, detail: &CaseDetail, known: &HashMap<String, String>) -> Option<(String, Option<u32>)> {
    let behind = |file: &str| spellings(id, file).iter().find_map(|path| known.get(path)).cloned();
    let of_frame = |frame: &Frame| Some((behind(&frame.file)?, Some(frame.line)));
    let mut frames = detail.frames.iter().filter_map(of_frame);
    match detail.file.as_deref().and_then(behind) {
        None => frames.next(),
        Some(file) => {
            let line = detail.line.or_else(|| frames.find(|(other, _)| *other == file)?.1);
            Some((file, line))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::tests::Outcome;

    fn case(outcome: Outcome, file: Option<&str>, line: Option<u32>, frames: &[(&str, u32)]) -> TestCase {
        let frames =
            frames.iter().map(|(file, line)| Frame { file: (*file).to_owned(), line: *line }).collect();
        let detail = CaseDetail { message: None, file: file.map(Into::into), line, frames };
        TestCase {
            id: CaseId { suite: "example.com/m/calc".into(), class: None, name: "t".into(), cell: None },
            outcome,
            flaky: false,
            duration: None,
            detail: Some(Arc::new(detail)),
        }
    }

    /// The place of one case when these are the files of the repository.
    fn settled(case: TestCase, files: &[(&str, &str)]) -> (Option<String>, Option<u32>) {
        let mut report = TestReport { cases: vec![case], ..TestReport::default() };
        settle(&mut report, |asked| {
            let find =
                |path: &String| files.iter().find(|(from, _)| from == path).map(|(_, to)| (*to).to_owned());
            asked.iter().map(find).collect()
        });
        let detail = report.cases.remove(0).detail.unwrap();
        assert_eq!(detail.frames, []);
        (detail.file.as_ref().map(ToString::to_string), detail.line)
    }

    #[test]
    fn attributes_come_first_and_a_frame_in_their_file_gives_the_line() {
        let files = [("/w/a.py", "a.py"), ("/w/b.py", "b.py")];
        let frames = [("/lib/x.py", 1), ("/w/b.py", 2), ("/w/a.py", 3)];
        let failed = |file, line| settled(case(Outcome::Failed, file, line, &frames), &files);
        assert_eq!(failed(Some("/w/a.py"), Some(9)), (Some("a.py".to_owned()), Some(9)));
        assert_eq!(failed(Some("/w/a.py"), None), (Some("a.py".to_owned()), Some(3)));
        assert_eq!(failed(None, None), (Some("b.py".to_owned()), Some(2)));
        assert_eq!(failed(Some("gone.py"), Some(9)), (Some("b.py".to_owned()), Some(2)));
    }

    #[test]
    fn what_leads_nowhere_and_what_passed_stays_as_it_is() {
        let stays = |outcome| settled(case(outcome, Some("x.py"), Some(9), &[("y.py", 1)]), &[]);
        assert_eq!(stays(Outcome::Failed), (Some("x.py".to_owned()), Some(9)));
        assert_eq!(stays(Outcome::Passed), (Some("x.py".to_owned()), Some(9)));
    }

    #[test]
    fn a_file_of_go_lies_in_its_package() {
        let files = [("example.com/m/calc/a_test.go", "calc/a_test.go")];
        let found = settled(case(Outcome::Failed, None, None, &[("a_test.go", 4)]), &files);
        assert_eq!(found, (Some("calc/a_test.go".to_owned()), Some(4)));
        let stated = settled(case(Outcome::Failed, Some("a_test.go"), Some(4), &[]), &files);
        assert_eq!(stated, (Some("calc/a_test.go".to_owned()), Some(4)));
    }
}
