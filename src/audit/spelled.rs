//! "Four of the five checks": numbers in words that count a part of a whole, as digits.

/// Words for numbers, with what they stand for.
const NUMBERS: [(&str, &str); 28] = [
    ("two", "2"),
    ("three", "3"),
    ("four", "4"),
    ("five", "5"),
    ("six", "6"),
    ("seven", "7"),
    ("eight", "8"),
    ("nine", "9"),
    ("ten", "10"),
    ("eleven", "11"),
    ("twelve", "12"),
    ("thirteen", "13"),
    ("fourteen", "14"),
    ("fifteen", "15"),
    ("sixteen", "16"),
    ("eighteen", "18"),
    ("twenty", "20"),
    ("zwei", "2"),
    ("drei", "3"),
    ("vier", "4"),
    ("fünf", "5"),
    ("sechs", "6"),
    ("sieben", "7"),
    ("acht", "8"),
    ("neun", "9"),
    ("zehn", "10"),
    ("elf", "11"),
    ("zwölf", "12"),
];

/// What may stand between "of" and the whole.
const ARTICLES: [&str; 9] = ["the ", "our ", "these ", "those ", "all ", "its ", "den ", "der ", "their "];

/// The number that a word stands for.
pub(super) fn number(word: &str) -> Option<u32> {
    let lower = word.to_lowercase();
    NUMBERS.iter().find(|(name, _)| *name == lower).and_then(|(_, digits)| digits.parse().ok())
}

/// `text` with the words of "four of the five" as digits; an article between them goes with them.
pub(super) fn in_digits(text: String) -> String {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return text;
    }
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in lower.match_indices(" of ").map(|(at, _)| at) {
        let Some(found) = part_of_whole(&lower, at, from) else { continue };
        out.push_str(text.get(from..found.start).unwrap_or_default());
        out.push_str(&found.digits);
        from = found.end;
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

struct Found {
    start: usize,
    end: usize,
    digits: String,
}

/// The part before and the whole behind an "of" at `at`, of which one is a word and both are numbers.
fn part_of_whole(lower: &str, at: usize, from: usize) -> Option<Found> {
    let letters = |c: char| c.is_alphanumeric() || c == '-';
    let before = lower.get(from..at)?;
    let part = before.rsplit(|c: char| !letters(c)).next()?;
    let behind = lower.get(at..)?.trim_start();
    let behind = behind.get(behind.find(' ')? + 1..)?;
    let behind = ARTICLES.iter().find_map(|article| behind.strip_prefix(article)).unwrap_or(behind);
    let all = behind.get(..behind.find(|c: char| !letters(c)).unwrap_or(behind.len()))?;
    let digits = |word: &str| word.parse::<u32>().ok().or_else(|| number(word));
    let worded = number(part).is_some() || number(all).is_some();
    let (part_number, all_number) = (digits(part)?, digits(all)?);
    let (start, end) = (at - part.len(), lower.len() - behind.len() + all.len());
    worded.then(|| Found { start, end, digits: format!("{part_number} of {all_number}") })
}

#[cfg(test)]
mod tests {
    use super::in_digits;

    #[test]
    fn a_part_of_a_whole_in_words_is_read_in_digits() {
        for (words, digits) in [
            ("Four of the five checks are green.", "4 of 5 checks are green."),
            ("we met three of 4 goals, two of seven", "we met 3 of 4 goals, 2 of 7"),
            ("Drei of den vier Tests", "3 of 4 Tests"),
            ("6 of our twelve hosts", "6 of 12 hosts"),
        ] {
            assert_eq!(in_digits(words.to_owned()), digits);
        }
    }

    #[test]
    fn other_words_stay() {
        for text in ["one of the three", "4 of the 5 checks", "two of our best", "of ten", "ten of", "of of"]
        {
            assert_eq!(in_digits(text.to_owned()), text);
        }
    }
}
