//! What people see of any input.

use readiness::evidence::collect::Collector;
use readiness::evidence::coverage::mapping::Tree;
use readiness::model::coverage::summary::CoverageSummary;
use readiness::model::input::{Input, Inputs};
use readiness::policy::EvidencePolicy;
use readiness::render::escape::is_unprintable;
use readiness::render::terminal::Screen;
use readiness::render::{Detail, Merged, Shown, TestTotals, json, terminal};

/// Panics on a character that steers a terminal or hides text. Lines may end.
pub(crate) fn assert_printable(text: &str) {
    let bad = text.chars().find(|character| is_unprintable(*character) && *character != '\n');
    assert!(bad.is_none(), "{bad:?} is shown");
}

/// `inspect` shows `inputs` in every form without a control character, and all that they are merged to.
pub(crate) fn assert_shown(inputs: Inputs) {
    let (policy, unknown) = (EvidencePolicy::default(), Tree::default());
    let repository = || &unknown;
    let collector = Collector::new(&policy, &repository).listing_sources();
    let read: Vec<Input> = inputs.read.into_iter().map(|input| collector.take(input)).collect();
    let evidence = collector.finish(read.clone());
    let merged = Merged {
        tests: evidence.tests.as_ref().map(TestTotals::of),
        coverage: evidence.coverage.as_ref().map(CoverageSummary::of),
        left_out: inputs.left_out,
    };
    let files: Vec<Shown> = read.into_iter().map(Shown::whole).collect();
    for detail in [Detail::Summary, Detail::Full] {
        assert_printable(&terminal::inspect(&files, &merged, Screen::PLAIN, detail));
        assert_printable(&json::v1::inspect(&files, &merged, detail));
    }
}
