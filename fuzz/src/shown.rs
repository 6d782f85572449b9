//! What people see of any input.

use readiness::evidence::collect::collect;
use readiness::model::input::Input;
use readiness::policy::EvidencePolicy;
use readiness::render::escape::is_unprintable;
use readiness::render::terminal::Color;
use readiness::render::{Detail, Merged, json, terminal};

/// Panics on a character that steers a terminal or hides text. Lines may end.
pub(crate) fn assert_printable(text: &str) {
    let bad = text.chars().find(|character| is_unprintable(*character) && *character != '\n');
    assert!(bad.is_none(), "{bad:?} is shown");
}

/// `inspect` shows `inputs` in every form without a control character, and all that they are merged to.
pub(crate) fn assert_shown(inputs: &[Input]) {
    let evidence = collect(inputs.to_vec(), &EvidencePolicy::default(), None);
    let merged = Merged { tests: evidence.tests.as_ref(), coverage: evidence.coverage.as_ref() };
    for detail in [Detail::Summary, Detail::Full] {
        assert_printable(&terminal::inspect(inputs, merged, Color::Plain, detail));
        assert_printable(&json::v1::inspect(inputs, merged, detail));
    }
}
