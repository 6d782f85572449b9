//! `3 engineers × 9 weeks = 27 engineer-weeks`.

use crate::audit::facts::Facts;
use crate::audit::findings::Findings;
use crate::audit::quantity::{Limit, Quantity, Unit, says, shown};
use crate::model::audit::Rule;
use crate::model::exact::whole;

pub(super) fn apply(facts: &Facts<'_>, findings: &mut Findings) {
    for (line, text, quantities) in facts.texts() {
        for triple in quantities.windows(3) {
            if let [a, b, result] = triple {
                compare(line, text, [a, b, result], findings);
            }
        }
    }
}

fn compare(line: u32, text: &str, [a, b, result]: [&Quantity; 3], findings: &mut Findings) {
    let times = text.get(a.end..b.start).unwrap_or_default().trim();
    let noun =
        |text: &str| text.len() <= 16 && text.chars().all(|c| c.is_alphabetic() || c == ' ' || c == '-');
    let multiplied = ["×", "x", "*"].iter().any(|sign| {
        times
            .strip_suffix(sign)
            .is_some_and(|before| before.is_empty() || before.ends_with(' ') && noun(before))
    });
    let equals = text.get(b.end..result.start).unwrap_or_default().trim();
    let is_result = equals.strip_suffix('=').is_some_and(|before| noun(before.trim_end()));
    // `3 people for 2 weeks (6 person-weeks)`
    let each = text.get(result.end..).unwrap_or_default().trim_start().to_lowercase();
    let of_people =
        ["person-", "engineer-", "developer-", "people-"].iter().find_map(|who| each.strip_prefix(who));
    let unit = |q: &Quantity| {
        text.get(q.start..q.end)
            .unwrap_or_default()
            .trim_start_matches(|c: char| !c.is_alphabetic())
            .trim_end_matches('s')
            .to_lowercase()
    };
    let same = of_people.is_some_and(|rest| !unit(b).is_empty() && rest.starts_with(unit(b).as_str()));
    let multiplied = multiplied || same && (times == "for" || times.ends_with(" for"));
    let is_result =
        is_result || same && matches!(equals, "(" | "=" | "are" | "is" | ", that is" | "make" | ":");
    let before = text.get(..a.start).unwrap_or_default().trim_end();
    let alone = !before.ends_with(['+', '-', '×', '*', '/', 'x', '=', '−']);
    let after = text.get(result.end..).unwrap_or_default().trim_start();
    let ends = !after.starts_with(['+', '×', '*', '/', '−', '=']);
    // `5 days × 8 = 40` are hours.
    let days =
        [a, b].iter().any(|q| q.unit == Unit::Days) && result.unit != Unit::Days && !after.contains("day");
    let share = result.unit == Unit::Percent && ![a, b].iter().any(|q| q.unit == Unit::Percent);
    if !(multiplied
        && !share
        && !days
        && is_result
        && alone
        && ends
        && [a, b, result].into_iter().all(is_plain))
    {
        return;
    }
    let exact = &a.low * &b.low;
    // `15% × 80 = 12` counts the percent as hundredths.
    let readings = [exact.clone(), &exact / whole(100), &exact / whole(10_000), &exact * whole(100)];
    let percent = [a, b, result].iter().any(|q| q.unit == Unit::Percent);
    let fits = readings
        .iter()
        .take(if percent { 4 } else { 1 })
        .any(|exact| says(&result.low, result.decimals, exact));
    if !fits {
        let (said, computed) =
            (text.get(result.start..result.end).unwrap_or_default().to_owned(), shown(&exact));
        let message = format!("{} times {} is {computed}, not {said}", shown(&a.low), shown(&b.low));
        findings.add(Rule::Sum, line, message, (said, Some(computed)));
    }
}

fn is_plain(quantity: &Quantity) -> bool {
    let known = !matches!(quantity.unit, Unit::Other | Unit::Milliseconds | Unit::Minutes | Unit::Months);
    quantity.is_point()
        && quantity.over.is_none()
        && quantity.limit == Limit::Exactly
        && known
        && !quantity.signed
}
