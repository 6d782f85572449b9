//! What wrk prints: `Running 2s test @ …`, latencies with their units, percentiles with `--latency`.
//!
//! <https://github.com/wg/wrk/blob/master/src/wrk.c>.

use std::io::BufRead;

use super::load;
use super::numbers::{Meaning, Numbers};
use crate::evidence::bytes::Place;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::text_lines::TextLines;
use crate::model::exact::ratio;
use crate::model::input::Problem;
use crate::model::metric::{Better, Measurement, Unit};

/// Whether a text is what wrk prints.
pub(super) fn looks_like(head: &str) -> bool {
    let mut lines = head.lines().skip_while(|line| line.trim().is_empty());
    lines.next().is_some_and(|line| line.starts_with("Running ") && line.contains(" test @ "))
}

/// Reads one run.
pub(super) fn read(text: impl BufRead) -> Reading<Vec<Measurement>> {
    let mut lines = TextLines::new(text);
    let mut run = Run::default();
    let ended = all_lines(&mut lines, &mut run);
    run.numbers.finish(ended, lines.problems())
}

#[derive(Default)]
struct Run {
    numbers: Numbers,
    requests: Option<u64>,
    failed: u64,
    unanswered: u64,
    ended: bool,
}

fn all_lines<R: BufRead>(lines: &mut TextLines<R>, run: &mut Run) -> Result<(), Stop> {
    while let Some(line) = lines.next_line()? {
        run.line(line.text.trim(), Place { line: lines.number(), column: 1 });
    }
    let place = Place { line: lines.number().max(1), column: 1 };
    if !run.ended {
        let message = "the text ends before `Transfer/sec:`; the run did not finish";
        return Err(Stop::incomplete(Problem::error(message).at(place.line, 1)));
    }
    let failed = run.failed.saturating_add(run.unanswered);
    let all = run.requests.unwrap_or(0).saturating_add(run.unanswered);
    if let Some(rate) = ratio(failed.min(all), all) {
        run.numbers.put("wrk.error-rate", rate, (Unit::Ratio, Some(Better::Lower)), place);
    }
    Ok(())
}

impl Run {
    fn line(&mut self, line: &str, place: Place) {
        let words: Vec<&str> = line.split_whitespace().collect();
        match words.as_slice() {
            ["Latency", mean, _, max, ..] if *mean != "Distribution" => {
                self.time("mean", mean, load::LATENCY, place);
                self.time("max", max, load::LATENCY, place);
            }
            [percent, time] if percent.ends_with('%') => {
                let name = format!("p{}", percent.trim_end_matches('%').trim_end_matches(".000"));
                self.time(&name, time, load::LATENCY, place);
            }
            [_, "threads", "and", connections, "connections"] => {
                self.numbers.add_text("wrk.concurrency", connections, load::CONCURRENCY, place);
            }
            [requests, "requests", "in", time, ..] => {
                self.requests = requests.parse().ok();
                self.numbers.add_text("wrk.requests", requests, load::REQUESTS, place);
                self.time("duration", time.trim_end_matches(','), load::DURATION, place);
            }
            ["Socket", "errors:", rest @ ..] => {
                let counts = rest.iter().filter_map(|word| word.trim_end_matches(',').parse::<u64>().ok());
                self.unanswered = counts.fold(0, u64::saturating_add);
            }
            ["Non-2xx", .., count] => self.failed = count.parse().unwrap_or(0),
            // The last line.
            ["Transfer/sec:", _] => self.ended = true,
            ["Requests/sec:", rate] => {
                self.numbers.add_text("wrk.throughput", rate, load::THROUGHPUT, place);
            }
            _ => {}
        }
    }

    /// A number with its unit right behind it: `1.52ms`, `2.00m`.
    fn time(&mut self, name: &str, text: &str, meaning: Meaning, place: Place) {
        let at = text.find(|c: char| c.is_ascii_alphabetic()).unwrap_or(text.len());
        let (number, unit) = text.split_at(at);
        let unit = match unit {
            "us" => "us",
            "ms" => "ms",
            "s" => "s",
            "m" => "min",
            "h" => "h",
            _ => "",
        };
        let id = format!("wrk.{name}");
        if unit.is_empty() {
            self.numbers.wrong(&id, &format!("`{text}`"), place);
        } else {
            self.numbers.add_text(&id, number, Meaning { unit, ..meaning }, place);
        }
    }
}
