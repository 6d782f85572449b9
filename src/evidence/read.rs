//! From one file to one [`Input`]: every input ends in exactly one state.

use std::io::Read;

use super::bytes::{self, Text, Wanted};
use super::detect::{all, detect};
use super::format::Format;
use super::hints::hint;
use super::measurements::criterion;
use super::outline::describe;
use super::reading::{Reading, Stop};
use crate::model::input::{Content, Input, InputState, Problem};
use crate::model::order;
use crate::model::origin::Origin;

/// Reads the file `path` of `bytes` bytes. The path is only for display; nothing is concluded from it, and who knows
/// where the file comes from fills in its origin.
pub fn read_input(path: String, bytes: u64, reader: Box<dyn Read + Send>) -> Input {
    read_wanted(path, bytes, reader, Wanted::Everything)
}

/// Reads a file as [`read_input`] does, for its totals alone.
pub fn read_totals(path: String, bytes: u64, reader: Box<dyn Read + Send>) -> Input {
    let mut input = read_wanted(path, bytes, reader, Wanted::Totals);
    if let Some(Content::Tests(report)) = &mut input.content {
        for case in report.cases.iter_mut().filter(|case| !case.outcome.is_failing()) {
            case.detail = None;
        }
    }
    input
}

fn read_wanted(path: String, bytes: u64, reader: Box<dyn Read + Send>, wanted: Wanted) -> Input {
    let (format, reading) = match bytes::open(reader) {
        Ok(text) => read_text(&mut text.wanted_for(wanted)),
        Err(stop) => (None, Reading::stopped(None, Vec::new(), stop)),
    };
    let mut reading = reading;
    // Its files tell by their folder alone what they are about.
    if let (Some("criterion"), Some(Content::Measurements(read))) =
        (format.map(|format| format.name), &mut reading.value)
    {
        criterion::named(&path, read);
        if read.is_empty() {
            reading = Reading { value: None, state: InputState::Empty, problems: reading.problems };
        }
    }
    Input {
        path,
        origin: Origin::default(),
        bytes,
        format: format.map(|format| format.name),
        kind: format.map(|format| format.kind),
        state: reading.state,
        content: reading.value,
        coverage: None,
        problems: reading.problems,
    }
}

fn read_text(text: &mut Text) -> (Option<&'static Format>, Reading<Content>) {
    let head = text.head();
    if head.trim().is_empty() {
        let problem = Problem::error("the file is empty; the tool that writes it did not finish").at(1, 1);
        return (None, Reading::stopped(None, Vec::new(), Stop::invalid(problem)));
    }
    let Some(format) = detect(head) else {
        let reading = unrecognised(head);
        return match text.failure() {
            Some(stop) => (None, Reading::stopped(None, Vec::new(), stop)),
            None => (None, reading),
        };
    };
    let mut reading = (format.read)(text);
    reading.problems.splice(0..0, text.problems());
    order::sort_by_key(&mut reading.problems, Problem::place);
    let format = (reading.state != InputState::Unrecognised).then_some(format);
    (format, reading)
}

fn unrecognised(head: &str) -> Reading<Content> {
    let looks = describe(head);
    let message = match hint(head) {
        Some(hint) => format!("{looks}: {hint}"),
        None => format!("{looks}; none of the {} known formats looks like that", all().count()),
    };
    Reading { value: None, state: InputState::Unrecognised, problems: vec![Problem::error(message)] }
}
