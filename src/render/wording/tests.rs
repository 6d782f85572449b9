use super::{amount, duration, ranges};
use crate::model::exact::{parse_decimal, ratio};
use crate::model::metric::Unit;

fn shown(value: &str, unit: Unit) -> String {
    amount(&parse_decimal(value).unwrap(), unit)
}

#[test]
fn amounts_carry_their_unit_and_never_round_up() {
    assert_eq!(amount(&ratio(2, 3).unwrap(), Unit::Ratio), "66.6 %");
    assert_eq!(shown("0.9999", Unit::Ratio), "99.9 %");
    assert_eq!(shown("182.456", Unit::Milliseconds), "182.45 ms");
    assert_eq!(shown("1500", Unit::Milliseconds), "1.5 s");
    assert_eq!(shown("1536000", Unit::Bytes), "1.5 MB");
    assert_eq!(shown("5000000000000", Unit::Bytes), "5000 GB");
    assert_eq!(shown("-0.5", Unit::Count), "-0.5");
    assert_eq!(shown("0.0001", Unit::Count), "0");
    assert_eq!(shown("30", Unit::PerSecond), "30/s");
}

#[test]
fn durations_choose_their_unit() {
    let all = [999_999_999, 1_250_000_000, 125_000_000_000].map(duration);
    assert_eq!(all, ["999 ms", "1.2 s", "2 min 5 s"]);
}

#[test]
fn neighbouring_lines_become_ranges() {
    assert_eq!(ranges(&[3, 7, 8, 9, 12], 5), "3, 7-9, 12");
    assert_eq!(ranges(&[1, 3, 5, 6, 9], 2), "1, 3 and 3 more");
    assert_eq!(ranges(&[u32::MAX], 2), u32::MAX.to_string());
}
