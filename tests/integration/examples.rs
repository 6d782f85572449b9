//! The projects in `examples/`: their reports and plans as they stand there, and the numbers that they were made for.
//!
//! `READINESS_BLESS=1 cargo test --test integration examples` writes them anew.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result, ensure};
use readiness::audit::{self, Paper};
use readiness::model::commit::Head;
use readiness::model::exact::{Exact, Tenths, whole};
use readiness::model::metric::MetricState;
use readiness::model::plan::PlanReport;
use readiness::model::report::{CheckReport, Report};
use readiness::policy::Policy;
use readiness::render::{markdown, terminal};
use readiness::run::pipeline;
use readiness::score::{self, Assumptions, Situation};

use crate::common::{repository, repository_file};

/// The day of the reports: claims and waivers are looked at as of then.
const TODAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

/// Folder, policy, and what the names of its outputs begin with.
const EXAMPLES: [(&str, &str, &str); 6] = [
    ("gateway", "readiness.yml", ""),
    ("gateway", "core-90.yml", "core-90."),
    ("gateway-production", "readiness.yml", ""),
    ("mesh", "readiness.yml", ""),
    ("trading", "readiness.yml", ""),
    ("rag", "readiness.yml", ""),
];

struct Example {
    policy: Policy,
    report: Report,
    plan: PlanReport,
}

fn folder(name: &str) -> PathBuf {
    repository().join("examples").join(name)
}

fn example(name: &str, policy: &str) -> Result<Example> {
    let text = repository_file(&format!("examples/{name}/{policy}"))?;
    let loaded = pipeline::parse_policy(&text, policy, policy)?;
    let evidence = pipeline::gather(&folder(name), &[], &loaded.policy.evidence, None)?;
    let situation = Situation {
        policy: &loaded.policy,
        origin: loaded.origin,
        evidence: &evidence,
        diff: None,
        patch: None,
        indirect: Vec::new(),
        head: Head::default(),
        today: TODAY,
        baseline: None,
        name: None,
        trend: Vec::new(),
        notes: Vec::new(),
        proposed: None,
    };
    let report = score::evaluate(&situation);
    let plan = score::plan(&situation, &Assumptions::default());
    Ok(Example { policy: loaded.policy, report, plan })
}

impl Example {
    fn check(&self, id: &str) -> Result<&CheckReport> {
        let mut checks = self.report.dimensions.iter().flat_map(|dimension| &dimension.checks);
        checks.find(|check| check.id == id).with_context(|| format!("no check {id}"))
    }

    fn gaps(&self) -> Vec<String> {
        self.report.gaps.iter().map(|gap| gap.points.to_string()).collect()
    }

    /// The exact score if the checks of `set` attained so much, computed from nothing but weights and attainments.
    fn score_with(&self, set: &BTreeMap<&str, &Exact>) -> Result<Exact> {
        for id in set.keys() {
            self.check(id)?;
        }
        let all: u64 = self.policy.dimensions.iter().map(|dimension| dimension.weight).sum();
        let mut score = whole(0);
        for dimension in &self.policy.dimensions {
            let weights: u64 = dimension.checks.iter().map(|check| check.weight).sum();
            for check in &dimension.checks {
                let measured = &self.check(&check.id)?.attainment;
                let attainment = set.get(&*check.id).copied().unwrap_or(measured);
                let most = Exact::new((100 * dimension.weight * check.weight).into(), (all * weights).into());
                score += most * attainment;
            }
        }
        Ok(score)
    }

    fn scenarios(&self) -> Result<Vec<(String, String)>> {
        let of = |set: &[(String, Exact)]| -> Result<String> {
            let set = set.iter().map(|(id, share)| (id.as_str(), share)).collect();
            Ok(Tenths::floor(&self.score_with(&set)?).to_string())
        };
        let scenarios = self.policy.plan.scenarios.iter();
        scenarios.map(|scenario| Ok((scenario.name.clone(), of(&scenario.set)?))).collect()
    }

    /// After each phase: what it gains, and the score then.
    fn phases(&self) -> Result<Vec<(String, String)>> {
        let mut set = BTreeMap::new();
        let mut before = self.score_with(&set)?;
        let mut steps = Vec::new();
        for phase in &self.policy.plan.phases {
            set.extend(phase.raises.iter().map(|(id, share)| (id.as_str(), share)));
            let after = self.score_with(&set)?;
            steps.push((Tenths::floor(&(&after - before)).to_string(), Tenths::floor(&after).to_string()));
            before = after;
        }
        Ok(steps)
    }
}

fn pairs(pairs: &[(String, String)]) -> Vec<(&str, &str)> {
    pairs.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect()
}

/// Compares `text` with the file that stands in the example, or writes it when asked to.
fn holds(path: &Path, text: &str) -> Result<()> {
    if std::env::var_os("READINESS_BLESS").is_some() {
        return std::fs::write(path, text).with_context(|| format!("cannot write {}", path.display()));
    }
    let expected =
        std::fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))?;
    ensure!(
        expected == text,
        "{} is not what the program writes; READINESS_BLESS=1 writes it anew. Now:\n{text}",
        path.display()
    );
    Ok(())
}

#[test]
fn every_report_is_the_one_that_stands_in_its_example() -> Result<()> {
    for (name, policy, prefix) in EXAMPLES {
        let report = example(name, policy)?.report;
        let page = |extension: &str| folder(name).join(format!("{prefix}report.{extension}"));
        holds(&page("txt"), &terminal::report(&report, terminal::Screen::PLAIN))?;
        holds(&page("md"), &markdown::summary(&report))?;
    }
    Ok(())
}

#[test]
fn every_plan_is_the_one_that_stands_in_its_example() -> Result<()> {
    for (name, policy, prefix) in EXAMPLES {
        let plan = example(name, policy)?.plan;
        let page = |extension: &str| folder(name).join(format!("{prefix}plan.{extension}"));
        holds(&page("txt"), &terminal::plan(&plan, terminal::Screen::PLAIN))?;
        holds(&page("md"), &markdown::plan(&plan))?;
    }
    Ok(())
}

#[test]
fn every_audit_is_the_one_that_stands_in_its_example() -> Result<()> {
    for name in ["gateway", "gateway-production", "mesh", "trading", "rag"] {
        let text = repository_file(&format!("examples/{name}/PLAN.md"))?;
        let documents = audit::audit(&[Paper { path: "PLAN.md".to_owned(), text }], None);
        holds(&folder(name).join("audit.txt"), &terminal::audit(&documents, terminal::Screen::PLAIN))?;
    }
    Ok(())
}

#[test]
fn ten_weighted_dimensions_give_92_and_four_gaps_that_sum_to_8() -> Result<()> {
    let rag = example("rag", "readiness.yml")?;
    let table: Vec<(u64, String)> =
        rag.report.dimensions.iter().map(|d| (d.weight, d.points.to_string())).collect();
    let table: Vec<(u64, &str)> = table.iter().map(|(weight, points)| (*weight, points.as_str())).collect();
    let expected = [
        (15, "15.0"),
        (10, "10.0"),
        (10, "10.0"),
        (15, "12.0"),
        (10, "10.0"),
        (10, "8.0"),
        (10, "8.0"),
        (5, "4.0"),
        (10, "10.0"),
        (5, "5.0"),
    ];
    assert_eq!(table, expected);
    assert_eq!(rag.report.score.exact, whole(92));
    assert_eq!(rag.gaps(), ["3.0", "2.0", "2.0", "1.0"]);
    assert_eq!(rag.report.gaps.iter().map(|gap| gap.exact.clone()).sum::<Exact>(), whole(8));
    assert_eq!(rag.report.verdict.grade.as_deref(), Some("A"));
    assert_eq!(
        rag.report.tests.as_ref().map(|tests| (tests.counts.passed, tests.counts.total)),
        Some((739, 1413))
    );
    Ok(())
}

#[test]
fn seven_areas_give_their_mean_and_no_phase_gains_more_than_its_gap() -> Result<()> {
    let trading = example("trading", "readiness.yml")?;
    let areas: Vec<String> = trading.report.dimensions.iter().map(|d| d.score.to_string()).collect();
    assert_eq!(areas, ["95.0", "90.0", "100.0", "100.0", "95.0", "100.0", "70.0"]);
    assert_eq!(trading.report.score.exact, Exact::new(650.into(), 7.into()));
    assert_eq!(trading.report.score.shown, Tenths(928));
    let phases = trading.phases()?;
    assert_eq!(pairs(&phases), [("3.5", "96.4"), ("0.7", "97.1"), ("0.7", "97.8"), ("0.0", "97.8")]);
    assert_eq!(pairs(&trading.scenarios()?), [("Tests and load", "97.8"), ("Essential", "97.1")]);
    assert_eq!(trading.check("documentation.runbook")?.state, MetricState::Claimed);
    Ok(())
}

#[test]
fn both_readings_of_60_give_the_scenarios_their_range() -> Result<()> {
    let core_85 = example("gateway", "readiness.yml")?;
    let core_90 = example("gateway", "core-90.yml")?;
    assert_eq!((&core_85.report.score.exact, &core_90.report.score.exact), (&whole(60), &whole(60)));
    let expected = [
        ("Optimistic", "86.6", "86.0"),
        ("Realistic, high", "81.1", "80.0"),
        ("Realistic, low", "73.3", "72.0"),
        ("Conservative, high", "72.7", "71.0"),
        ("Conservative, low", "67.7", "66.0"),
    ];
    assert_eq!(pairs(&core_85.scenarios()?), expected.map(|(name, score, _)| (name, score)));
    assert_eq!(pairs(&core_90.scenarios()?), expected.map(|(name, _, score)| (name, score)));
    Ok(())
}

#[test]
fn the_mean_of_two_never_passes_both() -> Result<()> {
    let production = example("gateway-production", "readiness.yml")?;
    assert_eq!(production.report.score.exact, whole(65));
    let expected = [("5.0", "70.0"), ("15.0", "85.0"), ("5.0", "90.0"), ("3.5", "93.5"), ("1.5", "95.0")];
    assert_eq!(pairs(&production.phases()?), expected);
    Ok(())
}

#[test]
fn suites_that_are_only_planned_count_as_zero_and_a_pass_rate_is_no_coverage() -> Result<()> {
    let mesh = example("mesh", "readiness.yml")?;
    for id in ["planned.chaos", "planned.load"] {
        let check = mesh.check(id)?;
        assert_eq!((check.state, check.value.as_ref()), (MetricState::Measured, Some(&whole(0))), "{id}");
        assert_eq!(check.points, Tenths::ZERO, "{id}");
    }
    assert_eq!(mesh.check("function.all-tests")?.counts, Some((2401, 2654)));
    let coverage = mesh.check("coverage.lines")?;
    assert_eq!((coverage.state, coverage.value.as_ref()), (MetricState::NoEvidence, None));
    assert!(mesh.report.coverage.is_none());
    let score = mesh.report.score.shown;
    assert!((Tenths(500)..=Tenths(550)).contains(&score), "{score}");
    Ok(())
}
