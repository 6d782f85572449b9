//! Which markers in comments a change brings, by file and text: a marker that only moved is not new. Of several with
//! one text their number counts.

use std::collections::BTreeMap;

use super::Situation;
use crate::model::diff::Diff;
use crate::model::order;
use crate::model::todos::{Todo, TodoReport, TodosSection};
use crate::policy::{MetricSelector, Policy, Subject};

/// The markers of the head beside those of the base; nothing without a checkout.
pub(super) fn section(situation: &Situation<'_>) -> Option<TodosSection> {
    let head = situation.evidence.todos.as_ref()?;
    let base = situation.baseline.and_then(|baseline| baseline.evidence.todos.as_ref());
    let gated = is_gated(situation.policy);
    Some(TodosSection { gated, ..compare(head, base.filter(|base| base.problem.is_none()), situation.diff) })
}

/// Whether a required check looks at new markers.
fn is_gated(policy: &Policy) -> bool {
    policy.checks().any(|(_, check)| {
        let is_of_change = matches!(&check.subject, Subject::Metric(MetricSelector::Todos { metric, .. }) if metric.is_of_change());
        check.required && is_of_change
    })
}

fn compare(head: &TodoReport, base: Option<&TodoReport>, diff: Option<&Diff>) -> TodosSection {
    let mut section = TodosSection {
        base: base.map(|base| base.todos.len() as u64),
        undecided: undecided(base, diff),
        files: head.files,
        too_large: head.too_large,
        problem: head.problem.clone(),
        ..TodosSection::default()
    };
    let mut before = base.map(|base| numbers(base, diff)).unwrap_or_default();
    let is_added = |todo: &&Todo| diff.is_some_and(|diff| diff.adds(&todo.path, todo.line));
    let (added, untouched): (Vec<&Todo>, Vec<&Todo>) = head.todos.iter().partition(is_added);
    for todo in untouched.into_iter().chain(added) {
        let known = before.get_mut(&(&*todo.path, &*todo.text)).filter(|left| **left > 0);
        let is_new = section.undecided.is_none()
            && known.is_none()
            && if base.is_some() { may_be_touched(todo, diff) } else { is_added(&todo) };
        if let Some(left) = known {
            *left -= 1;
        }
        let list = if is_new { &mut section.new } else { &mut section.others };
        list.push(todo.clone());
    }
    order::sort_by(&mut section.new, |a, b| (a.tracked, a).cmp(&(b.tracked, b)));
    order::sort(&mut section.others);
    section
}

/// Why nobody knows which markers are new.
fn undecided(base: Option<&TodoReport>, diff: Option<&Diff>) -> Option<&'static str> {
    match (base, diff) {
        (None, None) => {
            Some("without a baseline that knows markers and without a diff nobody knows which are new")
        }
        (None, Some(diff)) if diff.incomplete.is_some() => {
            Some("the diff is not whole, and there is no baseline that knows markers")
        }
        _ => None,
    }
}

/// Whether the change touches the file; yes where that is not known. The base may be older than the change.
fn may_be_touched(todo: &Todo, diff: Option<&Diff>) -> bool {
    diff.is_none_or(|diff| diff.incomplete.is_some() || diff.files.contains_key(&*todo.path))
}

/// How many markers of each text each file has on the base, by the file's name on the head.
fn numbers<'a>(base: &'a TodoReport, diff: Option<&'a Diff>) -> BTreeMap<(&'a str, &'a str), u64> {
    let renamed = diff.into_iter().flat_map(|diff| &diff.files);
    let names = renamed.filter_map(|(now, change)| Some((change.renamed_from.as_deref()?, now.as_str())));
    let renamed: BTreeMap<&str, &str> = order::map(names);
    let mut numbers = BTreeMap::new();
    for todo in &base.todos {
        let path = renamed.get(&*todo.path).copied().unwrap_or(&todo.path);
        *numbers.entry((path, &*todo.text)).or_insert(0) += 1;
    }
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::diff::FileChange;

    fn report(todos: &[(&str, u32, &str)]) -> TodoReport {
        let todo = |(path, line, text): &(&str, u32, &str)| Todo {
            path: (*path).into(),
            line: *line,
            text: (*text).into(),
            tracked: text.contains('#'),
        };
        TodoReport { todos: todos.iter().map(todo).collect(), files: 1, ..TodoReport::default() }
    }

    fn diff(path: &str, added: &[u32]) -> Diff {
        let change = FileChange { added: added.to_vec(), ..FileChange::default() };
        Diff { files: [(path.to_owned(), change)].into(), incomplete: None }
    }

    fn lines(section: &TodosSection) -> (Vec<u32>, Vec<u32>) {
        let lines = |todos: &[Todo]| todos.iter().map(|todo| todo.line).collect();
        (lines(&section.new), lines(&section.others))
    }

    #[test]
    fn a_moved_marker_is_not_new_and_one_more_of_its_text_is() {
        let base = report(&[("a.c", 1, "TODO: x"), ("a.c", 2, "XXX")]);
        let head = report(&[("a.c", 4, "TODO: x"), ("a.c", 9, "TODO: x"), ("a.c", 12, "TODO #3")]);
        let section = compare(&head, Some(&base), Some(&diff("a.c", &[4, 12])));
        assert_eq!(lines(&section), (vec![4, 12], vec![9]), "untracked ones come first");
        assert_eq!((section.count(), section.untracked(), section.base), (3, 2, Some(2)));
    }

    #[test]
    fn a_rename_brings_nothing() {
        let mut diff = diff("new.c", &[]);
        diff.files.get_mut("new.c").unwrap().renamed_from = Some("old.c".to_owned());
        let section =
            compare(&report(&[("new.c", 1, "TODO")]), Some(&report(&[("old.c", 1, "TODO")])), Some(&diff));
        assert_eq!(lines(&section), (vec![], vec![1]));
    }

    #[test]
    fn the_change_does_not_answer_for_files_that_it_does_not_touch() {
        let head = report(&[("a.c", 1, "TODO"), ("b.c", 2, "TODO")]);
        let section = |diff: Option<&Diff>| lines(&compare(&head, Some(&report(&[])), diff));
        assert_eq!(section(Some(&diff("b.c", &[]))), (vec![2], vec![1]));
        let cut = Diff { incomplete: Some("too large".to_owned()), ..diff("b.c", &[]) };
        assert_eq!(section(Some(&cut)), (vec![1, 2], vec![]), "what is not known is not good news");
        assert_eq!(section(None), (vec![1, 2], vec![]));
    }

    #[test]
    fn without_a_base_added_lines_tell_and_without_both_nobody_knows() {
        let head = report(&[("a.c", 1, "TODO"), ("a.c", 2, "TODO")]);
        assert_eq!(lines(&compare(&head, None, Some(&diff("a.c", &[2])))), (vec![2], vec![1]));
        let cut = Diff { incomplete: Some("too large".to_owned()), ..diff("a.c", &[2]) };
        for section in [compare(&head, None, None), compare(&head, None, Some(&cut))] {
            assert_eq!(lines(&section), (vec![], vec![1, 2]));
            assert!(section.undecided.is_some());
        }
    }
}
