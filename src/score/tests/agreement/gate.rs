//! Every condition of the gate.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::extras::{Extras, extras};
use super::rules::{Rules, rules};
use super::specs::{config, two};
use crate::model::coverage::{Covered, PatchCoverage};
use crate::model::diff::Diff;
use crate::model::gate::GateOutcome;
use crate::model::report::Report;
use crate::policy::load::parse;
use crate::score::tests::Setup;
use crate::score::tests::independent::{Spec, evidence};

/// 0: nothing else, 1: stricter, 2: looser.
fn edited(text: &str, edit: u8) -> String {
    let gate = match edit {
        0 => return text.to_owned(),
        1 => {
            "gate:\n  no-lost-tests: true\n  no-lost-evidence: true\n  no-new-failures: true\n  policy-change: deny\n  on-bad-evidence: fail\n"
        }
        _ => "gate:\n  on-bad-evidence: warn\n",
    };
    text.replace("gate:\n", gate)
}

fn setup(rules: &Rules, head: &Spec, base: &Spec, extras: &Extras) -> Setup {
    let text = rules.text(head);
    let mut setup =
        Setup::new(&text, extras.added(evidence(head), true)).against(extras.added(evidence(base), false));
    if let Some((covered, total)) = extras.patch {
        setup.diff = Some(Diff::default());
        let lines = Covered { covered, total };
        let has_coverage = setup.evidence.coverage.is_some();
        setup.patch = has_coverage.then(|| PatchCoverage { lines, ..PatchCoverage::default() });
    }
    // An edit that writes a key twice is no policy.
    setup.edited = extras.edited.map(|edit| parse(&edited(&text, edit), "p").ok());
    setup
}

fn told(report: &Report) -> BTreeMap<String, &'static str> {
    report.gate.conditions.iter().map(|one| (one.id.clone(), one.outcome.name())).collect()
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn every_condition_of_the_gate_is_the_one_on_paper((base, head) in two(), rules in rules(), extras in extras()) {
        let setup = setup(&rules, &head, &base, &extras);
        prop_assume!(!matches!(setup.edited, Some(None)));
        let report = setup.report();
        let expected = rules.outcomes(&head, &base, &extras);
        prop_assert_eq!(told(&report), expected.clone(), "{:#?}", report.gate);
        let fails = rules.mode.1 && expected.values().any(|outcome| *outcome == "fail");
        prop_assert_eq!(report.gate.outcome == GateOutcome::Fail, fails);
    }
}
