//! Severities and levels as tools write them.

use num_traits::Signed;

use crate::model::exact::{Exact, parse_decimal, whole};
use crate::model::findings::SecuritySeverity;

/// What a severity says, in words or as a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rated {
    /// One of the four.
    As(SecuritySeverity),
    /// The tool says that it does not know.
    Unknown,
    /// No severity at all.
    Odd,
}

impl Rated {
    /// The severity, when it is known.
    pub(super) fn severity(self) -> Option<SecuritySeverity> {
        match self {
            Self::As(severity) => Some(severity),
            Self::Unknown | Self::Odd => None,
        }
    }
}

/// The severity that a word stands for, however it is written.
pub(super) fn word(word: &str) -> Rated {
    match word.trim().to_ascii_lowercase().as_str() {
        "critical" => Rated::As(SecuritySeverity::Critical),
        "high" => Rated::As(SecuritySeverity::High),
        "medium" | "moderate" => Rated::As(SecuritySeverity::Medium),
        "low" | "info" | "negligible" => Rated::As(SecuritySeverity::Low),
        "" | "unknown" | "undefined" | "none" => Rated::Unknown,
        _ => Rated::Odd,
    }
}

/// The severity of a score of 0.0 to 10.0 as text.
pub(super) fn score(text: &str) -> Rated {
    let text = text.trim();
    if text.is_empty() {
        return Rated::Unknown;
    }
    parse_decimal(text).and_then(|score| band(&score)).map_or(Rated::Odd, Rated::As)
}

/// The band of a score of 0 to 10, as GitHub cuts them.
pub(super) fn band(score: &Exact) -> Option<SecuritySeverity> {
    if score.is_negative() || *score > whole(10) {
        return None;
    }
    Some(match score {
        score if *score >= whole(9) => SecuritySeverity::Critical,
        score if *score >= whole(7) => SecuritySeverity::High,
        score if *score >= whole(4) => SecuritySeverity::Medium,
        _ => SecuritySeverity::Low,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_fall_into_the_bands_and_nothing_else_does() {
        let name = |text| score(text).severity().map(SecuritySeverity::name);
        assert_eq!(
            ["0.0", "3.9", "4.0", "6.9", "7.0", "8.9", "9.0", "10"].map(|text| name(text).unwrap()),
            ["low", "low", "medium", "medium", "high", "high", "critical", "critical"]
        );
        assert_eq!(score(""), Rated::Unknown);
        for odd in ["NaN", "-1", "10.1", "1e99", "high"] {
            assert_eq!(score(odd), Rated::Odd, "{odd}");
        }
        assert_eq!(word("MODERATE").severity(), Some(SecuritySeverity::Medium));
        assert_eq!(word("Severe"), Rated::Odd);
    }
}
