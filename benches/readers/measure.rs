//! Times and ratios.

use std::io::Cursor;
use std::sync::Arc;
use std::time::{Duration, Instant};

use rayon::prelude::*;
use readiness::evidence::read::read_input;
use readiness::model::input::{Input, InputState};

/// How often each contender reads a report.
const ROUNDS: usize = 5;

/// Somebody who reads a report: a name, and how many things were found in it.
pub(crate) type Contender = (&'static str, fn(&[u8]) -> usize);

/// The fastest time so far, and how many things were found.
#[derive(Clone, Copy)]
struct Best {
    time: Duration,
    found: usize,
}

impl Best {
    const NONE: Self = Self { time: Duration::MAX, found: 0 };

    fn run(&mut self, read: impl FnOnce() -> usize) {
        let start = Instant::now();
        self.found = read();
        self.time = self.time.min(start.elapsed());
    }
}

/// Reads `report` by us and by `others` in turn, and prints our time and the ratio to each of them.
pub(crate) fn compare(name: &str, report: Vec<u8>, others: &[Contender]) {
    let bytes: Arc<[u8]> = report.into();
    let (mut own, mut theirs) = (Best::NONE, vec![Best::NONE; others.len()]);
    for _ in 0..ROUNDS {
        own.run(|| ours(&bytes));
        for (best, (_, read)) in theirs.iter_mut().zip(others) {
            best.run(|| read(&bytes));
        }
    }
    println!("{name}: {} MB, {} found, {}", bytes.len() >> 20, own.found, speed(&bytes, own.time));
    for ((other, _), best) in others.iter().zip(theirs) {
        let ratio = own.time.as_secs_f64() / best.time.as_secs_f64();
        println!("  {ratio:5.2} x {other} ({} found, {})", best.found, speed(&bytes, best.time));
    }
}

/// Reads the same small report as many files, on one core and on all, and prints how much faster all are.
pub(crate) fn scaling(report: Vec<u8>, files: usize) {
    let bytes: Arc<[u8]> = report.into();
    let timed = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads");
        let rounds = (0..ROUNDS).map(|_| {
            let start = Instant::now();
            let found: usize = pool.install(|| (0..files).into_par_iter().map(|_| ours(&bytes)).sum());
            assert!(found > 0);
            start.elapsed()
        });
        rounds.min().unwrap_or_default()
    };
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let (one, all) = (timed(1), timed(cores));
    let factor = one.as_secs_f64() / all.as_secs_f64();
    println!(
        "many-files: {files} files of {} kB, {:.0} ms on one core",
        bytes.len() >> 10,
        one.as_secs_f64() * 1e3
    );
    println!("  {factor:5.2} times as fast on {cores} cores");
}

/// The whole way of a file: detection, decoding, reading.
fn ours(bytes: &Arc<[u8]>) -> usize {
    let source = Box::new(Cursor::new(Arc::clone(bytes)));
    let input: Input = read_input("report".to_owned(), bytes.len() as u64, source);
    assert_eq!(input.state, InputState::Measured, "{:?}", input.problems);
    contents(&input)
}

fn contents(input: &Input) -> usize {
    let content = input.content.as_ref();
    let cases = content.and_then(|content| content.tests()).map(|report| report.cases.len());
    let lines = content.and_then(|content| content.coverage());
    let lines = lines.map(|report| report.files.values().map(|file| file.lines.len()).sum());
    cases.or(lines).unwrap_or_default()
}

fn speed(bytes: &[u8], time: Duration) -> String {
    let seconds = time.as_secs_f64();
    format!("{:.0} ms, {:.0} MB/s", seconds * 1e3, bytes.len() as f64 / seconds / 1e6)
}
