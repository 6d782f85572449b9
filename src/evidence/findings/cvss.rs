//! The base score of a CVSS 3 vector, exact: <https://www.first.org/cvss/v3.1/specification-document>, 7.1.

use num_traits::{One, Signed, ToPrimitive, Zero};

use crate::model::exact::{Exact, ratio, whole};

/// The base score, 0.0 to 10.0, of `CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H`; `None` for other versions.
pub(super) fn base_score(vector: &str) -> Option<Exact> {
    let rest = vector.strip_prefix("CVSS:3.1/").or_else(|| vector.strip_prefix("CVSS:3.0/"))?;
    let value = |name: &str| rest.split('/').find_map(|part| part.strip_prefix(name)?.strip_prefix(':'));
    let changed = match value("S")? {
        "U" => false,
        "C" => true,
        _ => return None,
    };
    let impact = impact(value("C")?, value("I")?, value("A")?, changed)?;
    let vector = hundredths(&[("N", 85), ("A", 62), ("L", 55), ("P", 20)], value("AV")?)?;
    let complexity = hundredths(&[("L", 77), ("H", 44)], value("AC")?)?;
    let privileges =
        if changed { [("N", 85), ("L", 68), ("H", 50)] } else { [("N", 85), ("L", 62), ("H", 27)] };
    let privileges = hundredths(&privileges, value("PR")?)?;
    let interaction = hundredths(&[("N", 85), ("R", 62)], value("UI")?)?;
    let exploitability = ratio(822, 100)? * vector * complexity * privileges * interaction;
    if !impact.is_positive() {
        return Some(Exact::zero());
    }
    let sum = impact + exploitability;
    let sum = if changed { sum * ratio(108, 100)? } else { sum };
    Some(rounded_up(if sum > whole(10) { whole(10) } else { sum }))
}

fn impact(confidentiality: &str, integrity: &str, availability: &str, changed: bool) -> Option<Exact> {
    let kept =
        [confidentiality, integrity, availability].into_iter().try_fold(Exact::one(), |kept, written| {
            Some(kept * (Exact::one() - hundredths(&[("H", 56), ("L", 22), ("N", 0)], written)?))
        })?;
    let lost = Exact::one() - kept;
    if !changed {
        return Some(ratio(642, 100)? * lost);
    }
    let power = (&lost - ratio(2, 100)?).pow(15);
    Some(ratio(752, 100)? * (lost - ratio(29, 1000)?) - ratio(325, 100)? * power)
}

fn hundredths(values: &[(&str, u64)], written: &str) -> Option<Exact> {
    let (_, value) = values.iter().find(|(name, _)| *name == written)?;
    ratio(*value, 100)
}

/// The next tenth, as the specification's appendix A defines it: what lies beyond the fifth decimal is no reason.
fn rounded_up(score: Exact) -> Exact {
    let fine = (score * whole(100_000)).round().to_integer().to_u64().unwrap_or_default();
    ratio(fine.div_ceil(10_000), 10).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::exact::Tenths;

    #[test]
    fn vectors_have_the_scores_of_the_specification() {
        for (vector, score) in [
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "9.8"),
            ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "10.0"),
            ("CVSS:3.0/AV:N/AC:L/PR:N/UI:R/S:C/C:L/I:L/A:N", "6.1"),
            ("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H", "7.8"),
            ("CVSS:3.1/AV:N/AC:H/PR:N/UI:N/S:U/C:N/I:N/A:H", "5.9"),
            ("CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:N/A:N", "0.0"),
        ] {
            let found = base_score(vector).and_then(|score| Tenths::exactly(&score));
            assert_eq!(found.map(|tenths| tenths.to_string()).as_deref(), Some(score), "{vector}");
        }
    }

    #[test]
    fn other_vectors_have_none() {
        for vector in
            ["", "CVSS:4.0/AV:N/AC:L", "CVSS:3.1/AV:N", "CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"]
        {
            assert_eq!(base_score(vector), None, "{vector}");
        }
    }
}
