//! Losing what a run left behind never makes it look better: the whole way from files to the gate, on random files, of
//! which random ones go missing.

use std::io::Cursor;

use proptest::prelude::*;
use readiness::evidence::collect::collect;
use readiness::evidence::read::read_input;
use readiness::model::commit::{Head, Sha};
use readiness::model::evidence::Evidence;
use readiness::model::exact::Tenths;
use readiness::model::gate::GateOutcome;
use readiness::model::input::InputState;
use readiness::model::report::{Base, PolicyOrigin, Report};
use readiness::policy::{Policy, load};
use readiness::score::{Baseline, Situation, evaluate};

const TODAY: jiff::civil::Date = jiff::civil::date(2026, 10, 1);

/// What one file of a run holds. What it is about stays the same from run to run, only values change.
#[derive(Clone, Debug)]
enum File {
    /// Suites of cases, each with its outcomes.
    Tests(Vec<Vec<u8>>),
    /// Lines of the source files, `None` where there is no code, else whether it ran; each has two branches.
    Coverage(Vec<Vec<Option<bool>>>),
    /// Number of findings.
    Findings(u8),
    /// A value per name; several files may have the same name.
    Numbers(Vec<(u8, i16)>),
}

/// The text of a file, and its name. A broken one ends in the middle.
fn written(number: usize, file: &File, is_broken: bool) -> (String, String) {
    let (name, text) = match file {
        File::Tests(suites) => (format!("junit-{}.xml", letter(number)), junit(number, suites)),
        File::Coverage(sources) => (format!("{}.info", letter(number)), lcov(number, sources)),
        File::Findings(findings) => (format!("{}.sarif", letter(number)), sarif(number, *findings)),
        File::Numbers(values) => (format!("{}.metrics.json", letter(number)), metrics(values)),
    };
    let end = if is_broken { text.len() * 2 / 3 } else { text.len() };
    (name, text.get(..end).unwrap_or_default().to_owned())
}

fn letter(number: usize) -> char {
    char::from(b'a' + u8::try_from(number).unwrap_or(25))
}

fn junit(number: usize, suites: &[Vec<u8>]) -> String {
    let mut text = "<testsuites>".to_owned();
    for (suite, outcomes) in suites.iter().enumerate() {
        text.extend([format!("<testsuite name=\"s{}{suite}\">", letter(number))]);
        for (case, outcome) in outcomes.iter().enumerate() {
            let inside = ["", "<failure/>", "<skipped/>", "<error/>"][usize::from(outcome % 4)];
            text.extend([format!("<testcase name=\"c{case}\" time=\"{}\">{inside}</testcase>", outcome % 3)]);
        }
        text += "</testsuite>";
    }
    text + "</testsuites>"
}

/// Every second file of a run measures the same sources as the one before it.
fn lcov(number: usize, sources: &[Vec<Option<bool>>]) -> String {
    let mut text = String::new();
    for (source, lines) in sources.iter().enumerate() {
        text.extend([format!("SF:src{}/f{source}.rs\n", number / 2 * 2)]);
        for (line, ran) in (1..).zip(lines) {
            if let Some(ran) = ran {
                let hits = u8::from(*ran);
                text.extend([format!("DA:{line},{hits}\nBRDA:{line},0,0,{hits}\nBRDA:{line},0,1,0\n")]);
            }
        }
        text += "end_of_record\n";
    }
    text
}

/// Two files may be of one tool.
fn sarif(number: usize, findings: u8) -> String {
    let results: Vec<String> = (0..findings)
        .map(|line| {
            format!(
                r#"{{"ruleId":"r{number}","level":"error","message":{{"text":"m"}},"locations":[{{"physicalLocation":{{"artifactLocation":{{"uri":"f{number}.c"}},"region":{{"startLine":{}}}}}}}]}}"#,
                line + 1
            )
        })
        .collect();
    format!(
        r#"{{"version":"2.1.0","runs":[{{"tool":{{"driver":{{"name":"tool{}"}}}},"results":[{}]}}]}}"#,
        number % 2,
        results.join(",")
    )
}

fn metrics(values: &[(u8, i16)]) -> String {
    let mut seen = Vec::new();
    let rows = values.iter().filter(|(name, _)| {
        let is_new = !seen.contains(name);
        seen.push(*name);
        is_new
    });
    let rows: Vec<String> =
        rows.map(|(name, value)| format!(r#"{{"id":"m{name}","value":{value},"better":"lower"}}"#)).collect();
    format!(r#"{{"metrics":[{}]}}"#, rows.join(","))
}

fn file() -> impl Strategy<Value = File> {
    let outcomes = proptest::collection::vec(0..8_u8, 1..5);
    let lines = proptest::collection::vec(proptest::option::weighted(0.8, any::<bool>()), 1..8);
    prop_oneof![
        proptest::collection::vec(outcomes, 1..4).prop_map(File::Tests),
        proptest::collection::vec(lines, 1..3).prop_map(File::Coverage),
        (0..4_u8).prop_map(File::Findings),
        proptest::collection::vec((0..3_u8, 0..100_i16), 1..4).prop_map(File::Numbers),
    ]
}

/// The same file with other values: every entry that is not 0 in `changes` moves one.
fn changed(file: &File, changes: &[u8]) -> File {
    let mut changes = changes.iter().copied().cycle();
    let mut next = || changes.next().unwrap_or(0);
    let mut file = file.clone();
    match &mut file {
        File::Tests(suites) => {
            for outcome in suites.iter_mut().flatten() {
                *outcome = outcome.wrapping_add(next() % 2);
            }
        }
        File::Coverage(sources) => {
            for ran in sources.iter_mut().flatten().filter_map(Option::as_mut) {
                *ran ^= next() % 3 == 1;
            }
        }
        File::Findings(findings) => *findings = (*findings + next() % 3) % 4,
        File::Numbers(values) => {
            for (_, value) in values.iter_mut() {
                *value += i16::from(next() % 5) * 9 - 18;
            }
        }
    }
    file
}

#[derive(Clone, Debug)]
struct Case {
    base: Vec<File>,
    head: Vec<(File, bool)>,
    kept: Vec<bool>,
    /// Suites that are lost within a file that is there.
    suites: Vec<bool>,
    policy: String,
}

fn case() -> impl Strategy<Value = Case> {
    (proptest::collection::vec(file(), 1..7), policy()).prop_flat_map(|(base, policy)| {
        let number = base.len();
        let changes = proptest::collection::vec(any::<u8>(), 12);
        let heads = proptest::collection::vec((changes, proptest::bool::weighted(0.1)), number);
        let kept = proptest::collection::vec(any::<bool>(), number);
        let suites = proptest::collection::vec(proptest::bool::weighted(0.8), 8);
        (Just(base), heads, kept, suites, Just(policy)).prop_map(|(base, heads, kept, suites, policy)| Case {
            head: base
                .iter()
                .zip(heads)
                .map(|(file, (changes, cut))| (changed(file, &changes), cut))
                .collect(),
            base,
            kept,
            suites,
            policy,
        })
    })
}

/// Checks of every kind under random conditions.
fn policy() -> impl Strategy<Value = String> {
    const CHECKS: [&str; 16] = [
        "{metric: tests.pass-rate, target: 100%, floor: 40%}",
        "{metric: tests.pass-rate, suites: ['s?0'], target: 100%, required: true}",
        "{metric: tests.failed, target: 0, floor: 6}",
        "{metric: tests.skipped, target: 0, floor: 6}",
        "{metric: tests.duration, target: 1s, floor: 20s}",
        "{metric: tests.total, target: 30}",
        "{metric: coverage.lines, target: 90%}",
        "{metric: coverage.lines, paths: ['src0/**'], target: 90%, required: true}",
        "{metric: coverage.branches, target: 45%, max-age: 3 days}",
        "{metric: findings.errors, target: 0, floor: 9}",
        "{metric: findings.errors, tools: [tool1], target: 0, floor: 5}",
        "{metric: m0, target: 0, floor: 120}",
        "{metric: m1, target: 10, floor: 90, required: true}",
        "{metric: m2, target: 20, floor: 80, not-applicable: not here}",
        "{attest: read by somebody, owner: me, date: 2026-09-01, expires: 2026-11-01}",
        "{attest: read long ago, owner: me, date: 2026-08-01, expires: 2026-09-01}",
    ];
    const CONDITIONS: [&str; 9] = [
        "no-new-failures: true",
        "max-failures: 1",
        "max-drop: 2",
        "no-new-findings: true",
        "no-lost-tests: true",
        "no-lost-evidence: true",
        "max-new-flaky: 0",
        "dimension-min: {d: 60}",
        "policy-change: deny",
    ];
    const COMPONENTS: &str =
        "components: {one: {paths: ['src0/**'], coverage: 50%, branch-coverage: 20%, max-drop: 3}}\n";
    const WAIVERS: &str = "waivers: [{condition: min-score, owner: me, reason: r, expires: 2026-12-01}]\n";
    const EXPECT: &str = "evidence: {expect: [{name: e, files: '*.xml', count: 1}]}\n";
    let checks = proptest::sample::subsequence(CHECKS.to_vec(), 1..=CHECKS.len());
    let conditions = proptest::sample::subsequence(CONDITIONS.to_vec(), 0..=3);
    (checks, conditions, 0..100_u8, any::<[bool; 3]>()).prop_map(|(checks, conditions, least, extras)| {
        let mut text = "dimensions:\n  d:\n    checks:\n".to_owned();
        for (number, check) in checks.iter().enumerate() {
            text.extend([format!("      c{number}: {check}\n")]);
        }
        let conditions: Vec<&str> = conditions.into_iter().collect();
        let separator = if conditions.is_empty() { "" } else { ", " };
        text.extend([format!("gate: {{min-score: {least}{separator}{}}}\n", conditions.join(", "))]);
        for (extra, is_wanted) in [COMPONENTS, WAIVERS, EXPECT].into_iter().zip(extras) {
            text += if is_wanted { extra } else { "" };
        }
        // At least one check has to count.
        text.replace(
            "not-applicable: not here",
            if checks.len() > 3 { "not-applicable: not here" } else { "weight: 1" },
        )
    })
}

fn evidence(files: impl Iterator<Item = (String, String)>, policy: &Policy) -> Evidence {
    let inputs = files.map(|(name, text)| {
        let bytes = text.into_bytes();
        read_input(name, bytes.len() as u64, Box::new(Cursor::new(bytes)))
    });
    collect(inputs.collect(), &policy.evidence, None)
}

fn report(policy: &Policy, evidence: &Evidence, baseline: Option<&Baseline>) -> Report {
    evaluate(&Situation {
        policy,
        origin: PolicyOrigin::default(),
        evidence,
        diff: None,
        patch: None,
        indirect: Vec::new(),
        head: Head { sha: Sha("aaaaaaaaaa11".to_owned()), branch: None },
        today: TODAY,
        baseline,
        name: None,
        trend: Vec::new(),
        notes: Vec::new(),
        proposed: None,
    })
}

/// The file without the suites that are not kept.
fn without_suites(file: &File, kept: &[bool]) -> File {
    match file {
        File::Tests(suites) => {
            let left =
                suites.iter().zip(kept).map(|(suite, kept)| if *kept { suite.clone() } else { Vec::new() });
            File::Tests(left.collect())
        }
        other => other.clone(),
    }
}

fn baseline(case: &Case, policy: &Policy) -> Baseline {
    let files = case.base.iter().enumerate().map(|(number, file)| written(number, file, false));
    let evidence = evidence(files, policy);
    let is_read = |state| matches!(state, InputState::Measured | InputState::Empty);
    assert!(evidence.sources.iter().all(|source| is_read(source.state)), "{:?}", evidence.sources);
    Baseline {
        base: Base {
            sha: Sha("bbbbbbbbbb22".to_owned()),
            branch: None,
            distance: Some(0),
            recorded_at: None,
        },
        score: report(policy, &evidence, None).score.shown,
        evidence,
        policy: policy.clone(),
        recorded_on: TODAY,
    }
}

fn config() -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases / 2, failure_persistence: None, ..usual }
}

fn never_better(before: &Report, after: &Report) -> Result<(), TestCaseError> {
    let (was, is) = (&before.score, &after.score);
    prop_assert!(is.exact <= was.exact, "the score was {} and is {}", was.exact, is.exact);
    prop_assert!(is.evidenced_weight <= was.evidenced_weight);
    prop_assert!(is.upper_bound <= was.upper_bound.max(Tenths(1000)));
    let failing = |report: &Report| {
        let conditions =
            report.gate.failing().map(|condition| format!("{}: {}", condition.id, condition.message));
        conditions.collect::<Vec<_>>().join("\n")
    };
    prop_assert!(
        before.gate.outcome == GateOutcome::Pass || after.gate.outcome == GateOutcome::Fail,
        "the gate failed for\n{}\nand passes now",
        failing(before)
    );
    Ok(())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn losing_files_of_the_base_never_raises_the_score_or_turns_the_gate_green(case in case()) {
        let policy = load::parse(&case.policy, "readiness.yml").unwrap();
        let base = baseline(&case, &policy);
        let head = || case.head.iter().enumerate().map(|(number, (file, cut))| written(number, file, *cut));
        let left = head().zip(&case.kept).filter(|(_, kept)| **kept).map(|(file, _)| file);
        let (whole, left) = (evidence(head(), &policy), evidence(left, &policy));
        let (before, after) = (report(&policy, &whole, Some(&base)), report(&policy, &left, Some(&base)));
        // A file that cannot be read fails the gate also when no check looks at what it holds, and then nobody misses it.
        let was_cut = case.head.iter().zip(&case.kept).any(|((_, cut), kept)| *cut && !kept);
        let only_unread = was_cut && before.gate.failing().all(|condition| condition.id == "bad-evidence");
        if only_unread && after.gate.outcome == GateOutcome::Pass {
            prop_assert!(after.score.exact <= before.score.exact);
        } else {
            never_better(&before, &after)?;
        }
    }

    #[test]
    fn losing_suites_of_the_base_never_raises_the_score_or_turns_the_gate_green(case in case()) {
        let policy = load::parse(&case.policy, "readiness.yml").unwrap();
        let base = baseline(&case, &policy);
        let all = vec![true; case.suites.len()];
        let head = |kept: &[bool]| -> Vec<(String, String)> {
            let files = case.head.iter().enumerate();
            files.map(|(number, (file, _))| written(number, &without_suites(file, kept), false)).collect()
        };
        let (whole, left) = (head(&all).into_iter(), head(&case.suites).into_iter());
        let (whole, left) = (evidence(whole, &policy), evidence(left, &policy));
        never_better(&report(&policy, &whole, Some(&base)), &report(&policy, &left, Some(&base)))?;
    }

    /// Nobody knows what should be there, so a sum may get better: only what is not there at all cannot, and a gate that
    /// asks for tests does not turn green without any.
    #[test]
    fn without_a_base_losing_everything_never_raises_the_score(case in case()) {
        let policy = load::parse(&case.policy, "readiness.yml").unwrap();
        let head = case.head.iter().enumerate().map(|(number, (file, cut))| written(number, file, *cut));
        let (whole, nothing) = (evidence(head, &policy), Evidence::default());
        let (whole, nothing) = (report(&policy, &whole, None), report(&policy, &nothing, None));
        prop_assert!(nothing.score.exact <= whole.score.exact);
        let asks = case.policy.contains("no-new-failures: true") && case.policy.contains("metric: tests.");
        prop_assert!(!asks || nothing.gate.outcome == GateOutcome::Fail);
    }
}
