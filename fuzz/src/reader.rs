//! The readers, each for itself and behind detection.

use std::io::{Cursor, Read};

use readiness::evidence::format::Format;
use readiness::evidence::read::read_input;
use readiness::evidence::reading::Reading;
use readiness::evidence::{bytes, detect};
use readiness::model::input::{Content, Input, InputState, Inputs};
use readiness::model::left_out::LeftOut;
use readiness::model::origin::Origin;

use crate::pieces::Pieces;
use crate::shown;

/// Which reader gets an input.
#[derive(Debug)]
pub struct Formats {
    /// One format, for inputs that are reports as they stand.
    only: Option<&'static Format>,
    all: Vec<&'static Format>,
}

impl Formats {
    /// The format that `READINESS_FORMAT` names; without it, the first byte of every input chooses one.
    pub fn from_environment() -> Self {
        let all: Vec<&'static Format> = detect::all().collect();
        let only = std::env::var("READINESS_FORMAT").ok().map(|name| {
            let found = all.iter().find(|format| format.name == name);
            *found.unwrap_or_else(|| panic!("READINESS_FORMAT is `{name}`, which is no format"))
        });
        Self { only, all }
    }

    /// A reader gives the same reading however its input comes, and the reading is consistent in itself.
    pub fn try_reader(&self, input: &[u8]) {
        let (format, input) = match (self.only, input.split_first()) {
            (Some(format), _) => (format, input),
            (None, Some((first, rest))) => (self.all[usize::from(*first) % self.all.len()], rest),
            (None, None) => return,
        };
        let most = 1 + input.len() % 61;
        let (whole, pieces) =
            (reading(format, Cursor::new(input.to_vec())), reading(format, Pieces::of(input, most)));
        let ends_well =
            |reading: &Option<Reading<Content>>| reading.as_ref().is_some_and(|one| is_whole(one.state));
        if !is_packed(input) || ends_well(&whole) || ends_well(&pieces) {
            assert_eq!(whole, pieces, "{} reads pieces of at most {most} bytes in another way", format.name);
        }
        let Some(reading) = whole else { return };
        assert_consistent(&reading);
        shown::assert_shown(alone(Input {
            path: "file".to_owned(),
            origin: Origin::default(),
            bytes: input.len() as u64,
            format: Some(format.name),
            kind: Some(format.kind),
            state: reading.state,
            content: reading.value,
            coverage: None,
            problems: reading.problems,
        }));
    }
}

/// Any file ends in one state, the same however it comes, and is shown without a control character.
pub fn file(input: &[u8]) {
    let read = |source: Box<dyn Read + Send>| read_input("file".to_owned(), input.len() as u64, source);
    let whole = read(Box::new(Cursor::new(input.to_vec())));
    let pieces = read(Box::new(Pieces::of(input, 1 + input.len() % 61)));
    if !is_packed(input) || is_whole(whole.state) || is_whole(pieces.state) {
        assert_eq!(whole, pieces);
    }
    shown::assert_shown(alone(whole));
}

/// Compressed: how much of a damaged stream still comes out depends on the pieces that it comes in.
fn is_packed(input: &[u8]) -> bool {
    input.starts_with(&[0x1F, 0x8B]) || input.starts_with(&[0x28, 0xB5, 0x2F, 0xFD])
}

fn is_whole(state: InputState) -> bool {
    matches!(state, InputState::Measured | InputState::Empty)
}

fn alone(input: Input) -> Inputs {
    Inputs { read: vec![input], left_out: LeftOut::default() }
}

/// What `format` reads, unless the bytes are no text.
fn reading(format: &Format, source: impl Read + Send + 'static) -> Option<Reading<Content>> {
    let mut text = bytes::open(Box::new(source)).ok()?;
    Some((format.read)(&mut text))
}

/// Nothing is lost in silence, and counts are those of what is listed.
fn assert_consistent(reading: &Reading<Content>) {
    assert!(
        reading.state == InputState::Measured
            || reading.state == InputState::Empty
            || !reading.problems.is_empty()
    );
    let content = reading.value.as_ref();
    if let Some(report) = content.and_then(Content::tests) {
        let counts = report.counts();
        assert_eq!(counts.total, report.cases.len() as u64);
        assert_eq!(counts.total, counts.passed + counts.failed + counts.errored + counts.skipped);
        assert!(counts.flaky <= counts.passed);
    }
    if let Some(report) = content.and_then(Content::coverage) {
        let totals = report.totals();
        let parts = [Some(totals.lines), totals.branches, totals.functions];
        assert!(parts.into_iter().flatten().all(|covered| covered.covered <= covered.total));
    }
}
