//! `JMeter`'s sample log, as CSV and as XML: one sample a line or element, files of any size.
//!
//! <https://jmeter.apache.org/usermanual/listeners.html>. Columns vary with the `jmeter.save.saveservice` settings, so
//! they are found by the header. Percentiles are nearest ranks (see `histogram`), times are whole milliseconds.

use std::collections::HashMap;
use std::io::BufRead;

use jiff::civil::DateTime;

use super::csv::Records;
use super::numbers::{Numbers, not_a};
use super::samples::{Sample, Samples};
use crate::evidence::bytes::{Place, Text};
use crate::evidence::format::Head;
use crate::evidence::reading::{Reading, Stop};
use crate::evidence::tally::Tally;
use crate::evidence::xml::{Cursor, Event, Tag};
use crate::model::metric::Measurement;

/// How the message of a transaction controller's own sample begins; its time is the sum of other samples.
const TRANSACTION: &str = "Number of samples in transaction";

/// Longest sample, in milliseconds, some 49 days: it bounds the memory of percentiles.
const LONGEST: u64 = 1 << 32;

/// Whether this is a sample log: a header with its columns, or the XML root.
pub(super) fn looks_like(head: &Head<'_>) -> bool {
    head.root == Some("testResults") || delimiter(head.text).is_some()
}

/// The delimiter of the header, when it is one.
fn delimiter(text: &str) -> Option<u8> {
    let header = text.lines().next()?;
    let fits = |delimiter: &u8| {
        let names: Vec<&str> =
            header.split(char::from(*delimiter)).map(|name| name.trim_matches('"')).collect();
        ["timeStamp", "elapsed", "label"].iter().all(|name| names.contains(name))
    };
    b",;\t|".iter().copied().find(fits)
}

/// Reads one log.
pub(super) fn read(text: &mut Text) -> Reading<Vec<Measurement>> {
    let mut log = Log::default();
    let (ended, problems) = if let Some(delimiter) = delimiter(text.head()) {
        (csv(&mut Records::new(text, delimiter), &mut log), Vec::new())
    } else {
        let mut xml = Cursor::new(text);
        (elements(&mut xml, &mut log), xml.problems())
    };
    let Log { samples, mut numbers, odd, .. } = log;
    samples.put("jmeter", &mut numbers);
    if let Some(first) = odd.said("a sample without a readable time or outcome; left out") {
        let place = Place { line: first.line.unwrap_or(1), column: first.column.unwrap_or(1) };
        numbers.error(first.message, place);
    }
    numbers.finish(ended, problems)
}

#[derive(Default)]
struct Log {
    samples: Samples,
    numbers: Numbers,
    odd: Tally,
}

/// Which column holds what.
#[derive(Default)]
struct Columns {
    meanings: Vec<Option<Column>>,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Column {
    Start,
    Elapsed,
    Label,
    Success,
    Message,
    Users,
}

impl Columns {
    fn of<'a>(header: impl Iterator<Item = std::borrow::Cow<'a, str>>) -> Self {
        let known = HashMap::from([
            ("timeStamp", Column::Start),
            ("elapsed", Column::Elapsed),
            ("label", Column::Label),
            ("success", Column::Success),
            ("responseMessage", Column::Message),
            ("allThreads", Column::Users),
        ]);
        Self { meanings: header.map(|name| known.get(name.trim()).copied()).collect() }
    }
}

fn csv<R: BufRead>(records: &mut Records<R>, log: &mut Log) -> Result<(), Stop> {
    if !records.advance()? {
        return Ok(());
    }
    let columns = Columns::of(records.fields());
    if !columns.meanings.contains(&Some(Column::Success)) {
        let message = "the log has no column `success`; set `jmeter.save.saveservice.successful=true`";
        return Err(not_a(message, records.place()));
    }
    while records.advance()? {
        let place = records.place();
        let mut raw = Raw::default();
        let mut number = 0;
        for (field, column) in records.fields().zip(&columns.meanings) {
            number += 1;
            match column {
                Some(Column::Start) => raw.start = instant(&field),
                Some(Column::Elapsed) => raw.elapsed = field.parse().ok(),
                Some(Column::Label) => raw.label = field,
                Some(Column::Success) => raw.success = truth(&field),
                Some(Column::Message) => raw.transaction = field.starts_with(TRANSACTION),
                Some(Column::Users) => raw.users = field.parse().unwrap_or(0),
                None => {}
            }
        }
        if number < columns.meanings.len() && !records.is_whole() {
            return Err(Stop::incomplete(
                crate::model::input::Problem::error("the last sample is cut short").at(place.line, 1),
            ));
        }
        add(log, &raw, place);
    }
    Ok(())
}

/// A sample as written.
#[derive(Default)]
struct Raw<'a> {
    label: std::borrow::Cow<'a, str>,
    elapsed: Option<u64>,
    start: Option<u64>,
    success: Option<bool>,
    transaction: bool,
    users: u64,
}

fn add(log: &mut Log, raw: &Raw<'_>, place: Place) {
    let elapsed = raw.elapsed.filter(|elapsed| *elapsed <= LONGEST);
    let (Some(elapsed), Some(success)) = (elapsed, raw.success) else {
        log.odd.add(|| place);
        return;
    };
    let sample = Sample {
        label: &raw.label,
        elapsed,
        start: raw.start,
        failed: !success,
        transaction: raw.transaction,
        users: raw.users,
    };
    log.samples.add(&sample, || place);
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

/// Milliseconds since 1970, or a date and a time in the order of a sortable format.
fn instant(text: &str) -> Option<u64> {
    if let Ok(milliseconds) = text.parse() {
        return Some(milliseconds);
    }
    let written = text.replacen('/', "-", 2).replacen(' ', "T", 1);
    let time: DateTime = written.parse().ok()?;
    let since = time.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond();
    u64::try_from(since).ok()
}

/// Samples inside of samples are parts of them, and do not count again.
fn elements(xml: &mut Cursor<'_>, log: &mut Log) -> Result<(), Stop> {
    loop {
        let depth = xml.depth();
        match xml.next()? {
            Event::Eof => return Ok(()),
            Event::Start(tag) if depth == 1 && matches!(tag.name(), "httpSample" | "sample") => {
                let raw = of_tag(&tag);
                let place = xml.place();
                add(log, &raw, place);
                xml.skip_element()?;
            }
            Event::Start(_) if depth >= 1 => xml.skip_element()?,
            _ => {}
        }
    }
}

fn of_tag(tag: &Tag<'_>) -> Raw<'static> {
    let text = |name| tag.attribute(name).unwrap_or_default();
    Raw {
        label: text("lb").into_owned().into(),
        elapsed: text("t").parse().ok(),
        start: instant(&text("ts")),
        success: truth(&text("s")),
        transaction: text("rm").starts_with(TRANSACTION),
        users: text("na").parse().unwrap_or(0),
    }
}
