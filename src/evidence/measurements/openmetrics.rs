//! `OpenMetrics` and Prometheus text: a sample's name with its labels is the measurement's.
//!
//! <https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md>. Names end in a unit (`_seconds`,
//! `_bytes`, `_ratio`). Buckets of histograms are left out. `OpenMetrics` must end in `# EOF`; Prometheus text has no end,
//! so only a text with something that is `OpenMetrics`' own can be told to be cut.

use std::io::BufRead;

use super::numbers::{Meaning, Numbers};
use crate::evidence::bytes::Place;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::tally::Tally;
use crate::evidence::text_lines::TextLines;
use crate::model::exact::parse_decimal;
use crate::model::exact::whole;
use crate::model::input::Problem;
use crate::model::metric::Measurement;

/// Whether a text begins as such files do, with what a metric is about.
pub(super) fn looks_like(head: &str) -> bool {
    let mut lines = head.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.next().is_some_and(|line| {
        ["# HELP ", "# TYPE ", "# UNIT "].iter().any(|start| line.starts_with(start)) || line == "# EOF"
    })
}

/// Reads one text.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    let mut lines = TextLines::new(text);
    let mut samples = Samples::default();
    let ended = samples.all(&mut lines);
    let Samples { mut numbers, left_out, .. } = samples;
    if let Some(odd) = left_out.said("a sample that is not a number from 0 on; left out") {
        numbers.warn(odd.message, Place { line: odd.line.unwrap_or(1), column: 1 });
    }
    numbers.finish(ended, lines.problems())
}

#[derive(Default)]
struct Samples {
    numbers: Numbers,
    left_out: Tally,
    open: bool,
    ended: bool,
}

impl Samples {
    fn all<R: BufRead>(&mut self, lines: &mut TextLines<R>) -> Result<(), Stop> {
        let mut whole_line = true;
        while let Some(line) = lines.next_line()? {
            let text = line.text.trim();
            whole_line = line.whole;
            let place = Place { line: lines.number(), column: 1 };
            if text.is_empty() {
                continue;
            }
            if self.ended {
                let message = "lines behind `# EOF`";
                return Err(Stop::invalid(Problem::error(message).at(place.line, 1)));
            }
            match text.strip_prefix('#') {
                Some(comment) => self.comment(comment.trim()),
                None if !line.whole => break,
                None => self.sample(text, place),
            }
        }
        let line = lines.number().max(1);
        if !self.ended && (self.open || !whole_line) {
            let message = "the text ends without `# EOF`; it was cut short";
            return Err(Stop::incomplete(Problem::error(message).at(line, 1)));
        }
        Ok(())
    }

    fn comment(&mut self, comment: &str) {
        let words: Vec<&str> = comment.split_whitespace().collect();
        match words.as_slice() {
            ["EOF"] => self.ended = true,
            ["UNIT", ..] | ["TYPE", _, "info" | "stateset" | "unknown" | "gaugehistogram"] => {
                self.open = true;
            }
            _ => {}
        }
    }

    fn sample(&mut self, text: &str, place: Place) {
        let Some((name, value)) = split(text) else {
            return self.numbers.error("a line that is no sample; left out".to_owned(), place);
        };
        let bare = name.split('{').next().unwrap_or(name);
        if bare.ends_with("_bucket") || bare.ends_with("_created") {
            return;
        }
        match parse_decimal(value) {
            Some(number) if number >= whole(0) => {
                self.numbers.exact(name, number, Meaning::neutral(unit(bare)), place);
            }
            Some(_) => self.left_out.add(|| place),
            None if is_word(value) => self.left_out.add(|| place),
            None => {
                self.numbers.wrong(name, &format!("`{}`", value.chars().take(40).collect::<String>()), place);
            }
        }
    }
}

fn is_word(value: &str) -> bool {
    matches!(value.trim_start_matches(['+', '-']).to_ascii_lowercase().as_str(), "nan" | "inf" | "infinity")
}

/// The name with its labels, and the value; a time and an exemplar may follow.
fn split(text: &str) -> Option<(&str, &str)> {
    let name = text.find(['{', ' ', '\t'])?;
    let end = if text.get(name..)?.starts_with('{') { name + labels(text.get(name..)?)? } else { name };
    let value = text.get(end..)?.split_whitespace().next()?;
    Some((text.get(..end)?, value))
}

/// The length of `{…}`; braces in quotes do not count.
fn labels(text: &str) -> Option<usize> {
    let (mut quoted, mut escaped) = (false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '}' if !quoted => return Some(at + 1),
            _ => {}
        }
    }
    None
}

/// The unit that the name ends in. Counts of a metric in seconds are counts.
fn unit(name: &str) -> &'static str {
    let family = match name {
        _ if name.ends_with("_count") => return "",
        _ => ["_total", "_sum", "_max"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name),
    };
    let units = [("_milliseconds", "ms"), ("_seconds", "s"), ("_bytes", "B"), ("_ratio", "ratio")];
    units.iter().find(|(end, _)| family.ends_with(end)).map_or("", |(_, unit)| unit)
}
