//! What the rules of the calendar find in a text.

use crate::audit::{Paper, audit};
use crate::model::audit::Rule;

/// The lines with a finding of the timeline.
pub(super) fn found(text: &str) -> Vec<u32> {
    let paper = Paper { path: "PLAN.md".into(), text: text.into() };
    let findings = audit(&[paper], None).remove(0).findings;
    findings.iter().filter(|f| f.rule == Rule::Timeline).map(|f| f.line).collect()
}

#[test]
fn a_span_of_dates_has_its_length() {
    for text in [
        "- 8 June to 26 June (3 weeks): build",
        "Pilot: 3 March to 16 March, 14 days.",
        "Thirteen days from 3 March to 16 March.",
        "| Run | When | Length |\n|---|---|---|\n| A | 2026-04-01 – 2026-04-30 | 30 days |\n",
        "1. Block A, 16. März bis 10. April (4 Wochen), das ist der Plan und nicht mehr",
        "Support runs from September 2026 to March 2028 (18 months).",
        "From 1 May to 31 July, about 5 months of it in the lab.",
    ] {
        assert_eq!(found(text), [0; 0], "{text}");
    }
    for text in [
        "- 8 June to 26 June (4 weeks): build",
        "Pilot: 3 March to 16 March, 10 days.",
        "Twelve days from 3 March to 16 March.",
        "Support runs from September 2026 to March 2028 (24 months).",
        "Block B (6 April to 29 May): 5 weeks",
    ] {
        assert_eq!(found(text), [1], "{text}");
    }
}

#[test]
fn a_date_is_as_much_later_as_is_said() {
    for text in [
        "Two weeks after 6 July is 20 July.",
        "* 6 July: 50 % of traffic\n* 20 July: decision, two weeks after the step to 50 %\n",
        "18 months after September 2026 is March 2028.",
        "On 20 July, two weeks after 6 July, we decide.",
        "The audit of 4 May is over two weeks after the 6 July release.",
    ] {
        assert_eq!(found(text), [0; 0], "{text}");
    }
    for text in [
        "Two weeks after 6 July is 13 July.",
        "18 months after September 2026 is March 2029.",
        "20 July, three weeks after 6 July: we decide.",
    ] {
        assert_eq!(found(text), [1], "{text}");
    }
    let review = |weeks: &str| {
        format!(
            "# Review\n\nReviewed on 6 May 2026.\n\n## Next\n\nNext review: Wednesday 3 June 2026, exactly {weeks} weeks after this one.\n"
        )
    };
    assert_eq!((found(&review("four")), found(&review("five"))), (vec![], vec![7]));
    assert_eq!(
        found("* 6 July: 50 % of traffic\n* 13 July: decision, two weeks after the step to 50 %\n"),
        [2]
    );
}

#[test]
fn a_date_has_its_weekday() {
    assert_eq!(found("Launch: Thursday 12 November 2026"), [0; 0]);
    assert_eq!(found("Launch: Friday 12 November 2026"), [1]);
    let steps = |last: &str| {
        format!("- Tue 3 Mar: a\n- Thu 5 Mar: b\n- Mon 9 Mar: c\n- Thu 12 Mar: d\n- {last} 16 Mar: e\n")
    };
    assert_eq!(found(&steps("Mon")), [0; 0]);
    assert_eq!(found(&steps("Tue")), [5]);
}
