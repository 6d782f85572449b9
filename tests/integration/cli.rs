//! The command line from outside: exit statuses, and what is said about wrong input.

use anyhow::{Context as _, Result};
use serde_json::Value;

use crate::common::{Answer, Readiness, repository_file};

/// A JUnit report with one passed case.
fn passed(name: &str) -> String {
    format!(r#"<testsuite name="s"><testcase classname="C" name="{name}" time="0.1"/></testsuite>"#)
}

/// A folder in which everything is well: a passed case, and coverage of a file that is there.
fn well() -> Result<Readiness> {
    Readiness::new()?
        .file("junit.xml", passed("adds"))?
        .file("src/a.c", "int a(void) { return 1; }\n")?
        .file("lcov.info", "SF:src/a.c\nDA:1,1\nDA:2,1\nend_of_record\n")
}

fn last_line(answer: &Answer) -> &str {
    answer.stderr.lines().last().unwrap_or_default()
}

/// The report on standard output.
fn json(answer: &Answer) -> Result<Value> {
    serde_json::from_str(&answer.stdout).with_context(|| format!("no JSON: {answer:?}"))
}

#[track_caller]
fn assert_says(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "`{part}` is missing in:\n{text}");
    }
}

#[test]
fn the_version_and_the_commands_are_told() -> Result<()> {
    let program = Readiness::new()?;
    let version = program.run(&["--version"])?;
    assert_eq!((version.status, version.stdout), (0, format!("readiness {}\n", env!("CARGO_PKG_VERSION"))));
    let help = program.run(&["--help"])?;
    assert_eq!(help.status, 0);
    assert_says(
        &help.stdout,
        &["run", "report", "inspect", "convert", "plan", "trend", "history", "demo", "Exit status"],
    );
    Ok(())
}

#[test]
fn wrong_usage_ends_with_2_and_a_suggestion() -> Result<()> {
    let program = Readiness::new()?;
    let cases: [(&[&str], &[&str]); 4] = [
        (&["report", "--polcy", "x.yml"], &["--polcy", "--policy"]),
        (&["reprot"], &["reprot", "report"]),
        (&["inspect"], &["PATH"]),
        (&["report", "--format", "pdf"], &["pdf", "terminal", "markdown", "json"]),
    ];
    for (arguments, expected) in cases {
        let answer = program.run(arguments)?;
        assert_eq!((answer.status, &*answer.stdout), (2, ""), "{arguments:?}");
        assert_says(&answer.stderr, expected);
    }
    Ok(())
}

#[test]
fn a_passed_gate_ends_with_0_and_says_nothing_else() -> Result<()> {
    let answer = well()?.run(&["report", "--format", "json"])?;
    assert_eq!((answer.status, &*answer.stderr), (0, ""));
    let report = json(&answer)?;
    assert_eq!(report["schema"], "readiness/report/v1");
    assert_eq!(report["score"], 100.0);
    assert_eq!(report["gate"]["outcome"], "pass");
    Ok(())
}

#[test]
fn a_failed_gate_ends_with_1_and_its_last_line_says_why() -> Result<()> {
    let failing = r#"<testsuite name="s"><testcase classname="C" name="adds"><failure message="1 is not 2"/></testcase></testsuite>"#;
    let program = Readiness::new()?.file("junit.xml", failing)?;
    let answer = program.run(&["report"])?;
    assert_eq!(answer.status, 1, "{answer:?}");
    assert_says(last_line(&answer), &["gate failed", "exit 1"]);
    assert_says(&answer.stdout, &["adds", "1 is not 2"]);
    Ok(())
}

#[test]
fn no_evidence_names_what_was_tried_and_what_was_seen() -> Result<()> {
    let program = Readiness::new()?.file("notes/plan.txt", "nothing to read")?;
    let answer = program.run(&["report"])?;
    assert_eq!((answer.status, &*answer.stdout), (2, ""), "{answer:?}");
    assert_says(&answer.stderr, &["no evidence", "**/*junit*.xml", "`.txt`"]);
    assert_says(last_line(&answer), &["exit 2", "evidence.include"]);
    Ok(())
}

#[test]
fn a_path_that_matches_nothing_is_named() -> Result<()> {
    for command in ["inspect", "report"] {
        let answer = well()?.run(&[command, "reports/*.xml"])?;
        assert_eq!(answer.status, 2, "{answer:?}");
        assert_says(&answer.stderr, &["`reports/*.xml`"]);
    }
    Ok(())
}

#[test]
fn one_unreadable_report_of_twenty_costs_only_itself() -> Result<()> {
    let mut program =
        Readiness::new()?.file("reports/TEST-bad.xml", "<testsuite name=\"s\">\n  <testcase></wrong>\n")?;
    for number in 0..19 {
        program = program.file(&format!("reports/TEST-{number}.xml"), passed(&format!("case {number}")))?;
    }
    let answer = program.run(&["report", "--format", "json"])?;
    assert_eq!(answer.status, 1, "{answer:?}");
    let report = json(&answer)?;
    assert!(report["tests"]["passed"].as_u64() >= Some(19), "{}", report["tests"]);
    assert_eq!(report["gate"]["outcome"], "fail");
    let text = program.run(&["report"])?.stdout;
    assert_says(&text, &["reports/TEST-bad.xml", "2:13", "`</wrong>` closes `<testcase>`"]);
    Ok(())
}

#[test]
fn an_unreadable_report_is_only_shown_where_the_policy_says_so() -> Result<()> {
    let program = well()?
        .file("reports/TEST-bad.xml", "<testsuite name=\"s\"><testcase></wrong>")?
        .file("readiness.yml", "version: 1\ngate: {on-bad-evidence: warn}\n")?;
    let answer = program.run(&["report"])?;
    assert_eq!(answer.status, 0, "{answer:?}");
    assert_says(&answer.stdout, &["reports/TEST-bad.xml"]);
    Ok(())
}

#[test]
fn a_wrong_policy_is_answered_with_its_place_and_a_way_out() -> Result<()> {
    let cases: [(&str, &[&str]); 5] = [
        (
            "version: 1\ngate:\n  min-scor: 85\n",
            &["readiness.yml:3:3: ", "`min-scor`", "did you mean `min-score`"],
        ),
        ("version: 1\ngate:\n  min-score: 120\n", &["readiness.yml:3:14: ", "`120`", "0 to 100"]),
        ("version: 1\ngate:\n  min-score: 85.55\n", &["readiness.yml:3:14: ", "`85.55`", "steps of 0.1"]),
        (
            "version: 1\nbands: {50: conditional, 85: ready}\n",
            &["readiness.yml:2:1: ", "start at 50.0", "start at 0"],
        ),
        ("version: 7\n", &["readiness.yml:1:10: ", "`7`"]),
    ];
    for (policy, expected) in cases {
        let answer = well()?.file("readiness.yml", policy)?.run(&["report"])?;
        assert_eq!((answer.status, &*answer.stdout), (2, ""), "{policy}: {answer:?}");
        assert_says(&answer.stderr, expected);
        assert_says(last_line(&answer), &["exit 2"]);
    }
    Ok(())
}

#[test]
fn a_policy_that_is_named_and_missing_is_an_error() -> Result<()> {
    let answer = well()?.run(&["report", "--policy", "rules/none.yml"])?;
    assert_eq!(answer.status, 2);
    assert_says(&answer.stderr, &["`rules/none.yml`"]);
    Ok(())
}

#[test]
fn an_unreadable_baseline_is_said_kept_and_treated_as_none() -> Result<()> {
    let program = well()?.file("base.json", "{\"schema\": \"something else\"}")?;
    let answer = program.run(&["report", "--format", "json", "--base", "base.json"])?;
    let report = json(&answer)?;
    assert_eq!(
        (answer.status, &report["base"], &report["delta"]),
        (0, &Value::Null, &Value::Null),
        "{answer:?}"
    );
    assert_says(
        &program.run(&["report", "--base", "base.json"])?.stdout,
        &["baseline `base.json`", "something else"],
    );
    assert_eq!(program.read("base.json")?, "{\"schema\": \"something else\"}");
    Ok(())
}

#[test]
fn a_base_that_is_not_there_is_an_error_and_a_history_that_is_not_there_a_first_run() -> Result<()> {
    let slip = well()?.run(&["report", "--base", "bsae.json", "--max-drop", "0.1"])?;
    assert_eq!((slip.status, &*slip.stdout), (2, ""), "{slip:?}");
    assert_says(&slip.stderr, &["`bsae.json`", "no such file or folder", "leave `--base` out"]);
    let first = well()?.run(&["report", "--history", "h"])?;
    assert_eq!(first.status, 0, "{first:?}");
    assert_says(&first.stdout, &["`h` holds no recorded run of `main`"]);
    Ok(())
}

#[test]
fn a_baseline_that_is_no_json_is_said_once() -> Result<()> {
    let answer = well()?.file("base.json", "nonsense")?.run(&["report", "--base", "base.json"])?;
    assert_eq!(answer.stdout.matches("line 1 column 2").count(), 1, "{answer:?}");
    Ok(())
}

#[test]
fn a_snapshot_is_the_baseline_of_the_next_run() -> Result<()> {
    let program = well()?;
    program.run(&[
        "report",
        "--write",
        "snapshot=base.json",
        "--sha",
        "1111111111111111111111111111111111111111",
    ])?;
    let program = program.file("lcov.info", "SF:src/a.c\nDA:1,1\nDA:2,0\nDA:3,0\nDA:4,0\nend_of_record\n")?;
    let answer = program.run(&["report", "--format", "json", "--base", "base.json"])?;
    let report = json(&answer)?;
    // Lines fall from 100 % to 25 % of an 80 % target: 40 points become 12.5.
    assert_eq!((&report["score"], &report["delta"]), (&Value::from(72.5), &Value::from(-27.5)), "{answer:?}");
    assert_eq!(report["base"]["sha"], "1111111111111111111111111111111111111111");
    Ok(())
}

#[test]
fn the_same_input_gives_the_same_bytes_wherever_it_runs() -> Result<()> {
    for format in ["terminal", "markdown", "json"] {
        let here = well()?.run(&["report", "--format", format])?;
        let in_ci = well()?
            .variable("GITHUB_SHA", "2222222222222222222222222222222222222222")
            .variable("GITHUB_REF_NAME", "topic")
            .variable("CI", "true")
            .run(&["report", "--format", format])?;
        assert!(here.stdout.contains("100.0"), "{here:?}");
        assert_eq!(here.stdout, in_ci.stdout, "{format}");
    }
    Ok(())
}

#[test]
fn written_forms_stand_beside_the_asked_for_one() -> Result<()> {
    let program = well()?;
    let answer = program.run(&[
        "report",
        "-q",
        "--write",
        "json=out/report.json",
        "--write",
        "markdown=out/report.md",
    ])?;
    assert_eq!(answer.status, 0, "{answer:?}");
    assert_eq!(serde_json::from_str::<Value>(&program.read("out/report.json")?)?["score"], 100.0);
    assert_says(&program.read("out/report.md")?, &["100.0"]);
    let wrong = program.run(&["report", "--write", "pdf=out/report.pdf"])?;
    assert_eq!(wrong.status, 2);
    assert_says(&wrong.stderr, &["pdf", "snapshot"]);
    Ok(())
}

#[test]
fn inspect_ends_with_2_on_what_it_cannot_count_in_full() -> Result<()> {
    let program = well()?
        .file("cut.xml", "<testsuite name=\"s\"><testcase name=\"a\"/><testcase name=\"b\"")?
        .file("bad.xml", "<testsuite name=\"s\">\n<testcase></wrong>")?
        .file("notes.txt", "no report at all")?;
    assert_eq!(program.run(&["inspect", "junit.xml", "lcov.info"])?.status, 0);
    for (file, state) in [("cut.xml", "incomplete"), ("bad.xml", "invalid"), ("notes.txt", "unrecognised")] {
        let answer = program.run(&["inspect", "--format", "json", file])?;
        assert_eq!(answer.status, 2, "{file}: {answer:?}");
        let inspected = json(&answer)?;
        assert_eq!(
            (&inspected["files"][0]["path"], &inspected["files"][0]["state"]),
            (&file.into(), &state.into())
        );
        assert_says(last_line(&answer), &["exit 2"]);
    }
    Ok(())
}

#[test]
fn inspect_unites_coverage_on_the_paths_of_the_checkout_as_report_does() -> Result<()> {
    let cobertura = |lines: &str| {
        format!(
            "<coverage><sources><source>/ci/build/shop</source></sources><packages><package><classes>\
             <class filename=\"cart.py\"><lines>{lines}</lines></class></classes></package></packages></coverage>"
        )
    };
    let program = Readiness::new()?
        .file(".git/HEAD", "ref: refs/heads/main\n")?
        .file("shop/cart.py", "a\nb\n")?
        .file("coverage.xml", cobertura("<line number=\"1\" hits=\"1\"/><line number=\"2\" hits=\"0\"/>"))?
        .file("lcov.info", "SF:shop/cart.py\nDA:1,1\nDA:2,0\nend_of_record\n")?
        .file("other.info", "SF:x/a.c\nDA:1,1\nend_of_record\n")?;
    let both = program.run(&["inspect", "coverage.xml", "lcov.info"])?;
    assert_says(&both.stdout, &["All files as one run\n  coverage  1 source file: lines 50.0 % (1 of 2)"]);
    let foreign = program.run(&["inspect", "other.info"])?;
    assert_says(
        &foreign.stdout,
        &["All files as one run\n  coverage  1 source file: lines 100.0 % (1 of 1)"],
    );
    Ok(())
}

#[test]
fn reports_of_another_place_are_said_to_be_that() -> Result<()> {
    let program = Readiness::new()?
        .file("a.c", "x")?
        .file("lcov.info", "SF:/builds/shop/src/cart.js\nDA:1,1\nend_of_record\n")?;
    let answer = program.run(&["report", "lcov.info"])?;
    assert_says(&answer.stdout, &["the paths of reports do not match the repository", "`--workdir` names"]);
    assert!(!answer.stdout.contains("expectation of the policy"), "{}", answer.stdout);
    Ok(())
}

#[test]
fn outside_of_ci_run_says_what_to_use_instead() -> Result<()> {
    let fixed = Readiness::new()?
        .variable("GITHUB_RUN_ID", "1")
        .variable("GITHUB_REPOSITORY", "o/r")
        .variable("GITHUB_TOKEN", "t");
    for program in [Readiness::new()?, fixed] {
        let answer = program.run(&["run"])?;
        assert_eq!(answer.status, 2);
        assert_says(&answer.stderr, &["` is not set", "`readiness report`"]);
    }
    Ok(())
}

#[test]
fn a_command_offers_the_forms_that_it_has() -> Result<()> {
    let program = Readiness::new()?;
    let cases: [(&[&str], bool); 6] = [
        (&["inspect"], false),
        (&["trend"], false),
        (&["policy", "replay"], false),
        (&["audit"], true),
        (&["explain"], true),
        (&["plan"], true),
    ];
    for (command, has_markdown) in cases {
        let help = program.run(&[command, &["--help"]].concat())?.stdout;
        assert!(help.contains("terminal") && help.contains("For programs"), "{help}");
        assert_eq!(help.contains("For comments and documents"), has_markdown, "{help}");
        assert!(!help.contains("sarif"), "{help}");
    }
    let refused = program.run(&["inspect", "x", "--format", "html"])?;
    assert_eq!(refused.status, 2);
    assert_says(&refused.stderr, &["html", "terminal, json"]);
    Ok(())
}

#[test]
fn a_working_directory_that_is_not_there_is_an_error_and_not_made() -> Result<()> {
    let program = well()?;
    for command in [&["report", "junit.xml"][..], &["init"], &["inspect", "junit.xml"], &["audit", "x.md"]] {
        let answer = program.run(&[command, &["--workdir", "nosuch"]].concat())?;
        assert_eq!((answer.status, &*answer.stdout), (2, ""), "{answer:?}");
        assert_says(&answer.stderr, &["`--workdir nosuch` is no folder"]);
    }
    assert!(!program.path("nosuch").exists());
    Ok(())
}

#[test]
fn a_dash_is_standard_output_and_no_file() -> Result<()> {
    let program = well()?;
    let shown = program.run(&["report", "--output", "-"])?;
    assert_says(&shown.stdout, &["100.0"]);
    let refused = program.run(&["report", "--write", "json=-"])?;
    assert_eq!(refused.status, 2);
    assert_says(&refused.stderr, &["`-` is no file", "`--format`"]);
    assert!(!program.path("-").exists());
    Ok(())
}

#[test]
fn a_commit_is_named_by_its_digits() -> Result<()> {
    let program = well()?;
    let record = ["history", "record", "junit.xml", "--history", "h", "--branch", "main", "--run", "1"];
    for wrong in ["zzz", "HEAD", "abc123", &"a".repeat(41)] {
        for command in [&["report"][..], &["plan"], &record] {
            let answer = program.run(&[command, &["--sha", wrong]].concat())?;
            assert_eq!((answer.status, &*answer.stdout), (2, ""), "{wrong}: {answer:?}");
            assert_says(&answer.stderr, &["is no commit", "git rev-parse"]);
        }
    }
    assert_eq!(program.run(&["report", "--sha", "ABCDEF0"])?.status, 0);
    Ok(())
}

#[test]
fn what_is_missing_hides_nothing_of_the_rest() -> Result<()> {
    let program = well()?.file("notes/a.txt", "a")?.file("notes/b.txt", "b")?;
    let inspected = program.run(&["inspect", "nosuch.xml", "junit.xml"])?;
    assert_eq!(inspected.status, 2);
    assert_says(&inspected.stdout, &["junit.xml"]);
    assert_says(last_line(&inspected), &["`nosuch.xml` does not exist"]);
    let alone = program.run(&["inspect", "nosuch.xml"])?;
    assert_eq!((alone.status, &*alone.stdout), (2, ""));
    assert_says(&alone.stderr, &["`nosuch.xml` does not exist"]);
    let folder = program.file("empty/notes.txt", "a")?.run(&["report", "empty"])?;
    assert_eq!(folder.status, 2);
    assert_says(&folder.stderr, &["`empty`", "1 "]);
    Ok(())
}

#[test]
fn a_number_in_an_override_that_is_none_is_refused() -> Result<()> {
    for (flag, value) in [("--min-score", "high"), ("--max-drop", "0.55"), ("--patch-coverage", "180%")] {
        let answer = well()?.run(&["report", flag, value])?;
        assert_eq!((answer.status, &*answer.stdout), (2, ""), "{flag} {value}: {answer:?}");
        assert_says(&answer.stderr, &[value]);
    }
    Ok(())
}

#[test]
fn our_own_policy_is_valid() -> Result<()> {
    readiness::policy::load::parse(&repository_file("readiness.yml")?, "readiness.yml")?;
    Ok(())
}

/// A policy with a plan, over the files of [`well`].
const PLANNED: &str = "
dimensions:
  tests: {weight: 60, checks: {rate: {metric: tests.pass-rate, target: 100%}}}
  coverage: {weight: 40, checks: {lines: {metric: coverage.lines, target: 80%, effort: 4h}}}
plan:
  phases: [{name: Cover, raises: {coverage.lines: 100%}}]
";

#[test]
fn a_plan_says_what_is_missing_and_what_would_be_if() -> Result<()> {
    let half = "SF:src/a.c\nDA:1,1\nDA:2,0\nend_of_record\n";
    let program = well()?.file("lcov.info", half)?.file("readiness.yml", PLANNED)?;
    let plan = json(&program.run(&["plan", "--format", "json"])?)?;
    assert_eq!((&plan["schema"], &plan["score"]), (&"readiness/plan/v1".into(), &85.0.into()));
    assert_eq!((&plan["gaps"][0]["points"], &plan["phases"]["gain"]), (&15.0.into(), &15.0.into()));
    let if_set = json(&program.run(&["plan", "--format", "json", "--set", "coverage.lines=80%"])?)?;
    assert_eq!((&if_set["score"], &if_set["measured_score"]), (&100.0.into(), &85.0.into()));
    let if_lost = json(&program.run(&["plan", "--format", "json", "--drop", "*.info"])?)?;
    assert_eq!((&if_lost["score"], &if_lost["measured_score"]), (&60.0.into(), &85.0.into()));
    let wrong = program.run(&["plan", "--drop", "x.info"])?;
    assert_eq!(wrong.status, 2);
    assert_says(&wrong.stderr, &["`--drop x.info` names no evidence", "`lcov.info`"]);
    let wrong = program.run(&["plan", "--set", "coverage.line=1"])?;
    assert_says(&wrong.stderr, &["did you mean `coverage.lines`?"]);
    Ok(())
}

#[test]
fn a_policy_is_checked_with_the_place_of_its_mistake() -> Result<()> {
    let program = Readiness::new()?.file("readiness.yml", "gate: {min-score: 80}\n")?;
    let good = program.run(&["policy", "check"])?;
    assert_eq!(good.status, 0, "{good:?}");
    assert_says(&good.stdout, &["readiness.yml: valid", "gate, enforced: min-score 80.0"]);
    let program = program.file("bad.yml", "gate:\n  min-scor: 80\n")?;
    let bad = program.run(&["policy", "check", "bad.yml"])?;
    assert_eq!(bad.status, 2);
    assert_says(&bad.stderr, &["bad.yml:2:3", "did you mean `min-score`?"]);
    Ok(())
}

#[test]
fn a_gate_is_tried_on_recorded_runs() -> Result<()> {
    let program = well()?;
    let record = |run: &str| {
        let fixed =
            ["history", "record", "junit.xml", "--history", "h", "--branch", "main", "--sha", "abc1234"];
        program.run(&[&fixed[..], &["--run", run]].concat())
    };
    assert_eq!(record("1")?.status, 0);
    let program = program
        .file("junit.xml", r#"<testsuite name="s"><testcase name="x"><failure/></testcase></testsuite>"#)?;
    let fixed = ["history", "record", "junit.xml", "--history", "h", "--branch", "main", "--sha", "abc1235"];
    assert_eq!(program.run(&[&fixed[..], &["--run", "2"]].concat())?.status, 0);
    let program = program.file("try.yml", "gate: {mode: warn, max-failures: 0}\n")?;
    let arguments = ["policy", "replay", "--history", "h", "--policy", "try.yml"];
    let shown = program.run(&arguments)?;
    assert_says(&shown.stdout, &["main: this gate would have failed 1 of 2 recorded runs", "1 case fails"]);
    let last = json(&program.run(&[&arguments[..], &["--last", "1", "--format", "json"]].concat())?)?;
    assert_eq!((&last["decided"], &last["failed"]), (&1.into(), &1.into()));
    Ok(())
}

#[test]
fn the_schema_of_a_policy_is_the_committed_one() -> Result<()> {
    let shown = Readiness::new()?.run(&["policy", "schema"])?;
    assert_eq!(shown.stdout, repository_file("docs/policy.schema.json")?);
    Ok(())
}

#[test]
fn every_command_writes_the_further_forms_that_it_is_asked_for() -> Result<()> {
    const SHA: &str = "1111111111111111111111111111111111111111";
    let program = well()?.file("plan.md", "# Plan\n\n5 of 10 tests pass (60 %).\n")?;
    let record = ["history", "record", "--history", "h", "--branch", "main", "--sha", SHA, "--run", "1"];
    let commands: [(&[&str], &str); 8] = [
        (&record, "readiness/report/v1"),
        (&["inspect", "junit.xml"], "readiness/inspect/v1"),
        (&["audit", "plan.md"], "readiness/audit/v1"),
        (&["plan"], "readiness/plan/v1"),
        (&["explain", "coverage.lines"], "readiness/explain/v1"),
        (&["trend", "--history", "h"], "readiness/trend/v1"),
        (&["policy", "replay", "--history", "h"], "readiness/replay/v1"),
        (&["demo"], "readiness/report/v1"),
    ];
    for (number, (command, schema)) in commands.iter().enumerate() {
        let file = format!("{number}.json");
        let answer = program.run(&[command, &["--write", &format!("json={file}")][..]].concat())?;
        assert!(answer.status < 2, "{answer:?}");
        assert_says(&program.read(&file)?, &[schema]);
    }
    Ok(())
}

#[test]
fn a_form_that_a_command_does_not_have_is_refused_before_its_work() -> Result<()> {
    let program = well()?;
    for (command, form) in [("inspect", "html"), ("plan", "snapshot"), ("audit", "badge")] {
        let answer = program.run(&[command, "junit.xml", "--write", &format!("{form}=x")])?;
        assert_eq!((answer.status, &*answer.stdout), (2, ""), "{answer:?}");
        assert_says(
            &answer.stderr,
            &[&format!("`{command}` has no form `{form}`"), "`terminal`, ", "`json`"],
        );
    }
    Ok(())
}

#[test]
fn a_statement_about_no_commit_is_refused_before_anything_is_written() -> Result<()> {
    let program = well()?;
    let answer = program.run(&["report", "--write", "json=r.json", "--write", "in-toto=s.json"])?;
    assert_eq!((answer.status, &*answer.stdout), (2, ""), "{answer:?}");
    assert_says(last_line(&answer), &["no evaluation was possible", "`--sha`"]);
    assert!(program.read("r.json").is_err());
    Ok(())
}

#[test]
fn wrong_values_of_flags_are_told_with_what_is_right() -> Result<()> {
    let program = well()?;
    let cases: [(&[&str], &[&str]); 6] = [
        (&["report", "--min-score", "101"], &["the command line: `min-score`", "0 to 100"]),
        (&["report", "--policy", "none.yml"], &["`none.yml`", "readiness init"]),
        (&["report", "--diff", "none.diff"], &["`none.diff`", "git diff"]),
        (&["plan", "--drop", "**"], &["no evidence is left", "drop less"]),
        (&["plan", "--set", "coverage.lines=1", "--set", "coverage.lines=0"], &["`coverage.lines` twice"]),
        (&["policy", "replay", "--history", "h", "--last", "0"], &["--last", "0"]),
    ];
    for (arguments, expected) in cases {
        let answer = program.run(arguments)?;
        assert_eq!(answer.status, 2, "{answer:?}");
        assert_says(&answer.stderr, expected);
    }
    Ok(())
}

#[test]
fn a_branch_that_nobody_recorded_is_told_with_those_that_are() -> Result<()> {
    const SHA: &str = "1111111111111111111111111111111111111111";
    let program = well()?;
    program.run(&["history", "record", "--history", "h", "--branch", "main", "--sha", SHA, "--run", "1"])?;
    let answer = program.run(&["trend", "--history", "h", "--branch", "mian"])?;
    assert_says(&answer.stderr, &["`h` holds no recorded run of `mian`", "recorded are `main`"]);
    Ok(())
}

#[test]
fn what_readiness_leaves_in_a_folder_is_no_evidence_there() -> Result<()> {
    const SHA: &str = "1111111111111111111111111111111111111111";
    let program = well()?;
    program.run(&["history", "record", "--history", "h", "--branch", "main", "--sha", SHA, "--run", "1"])?;
    program.run(&["report", "--write", "json=report.json", "--write", "snapshot=base.json"])?;
    let answer = program.run(&["inspect", ".", "--format", "json"])?;
    assert_eq!(answer.status, 0, "{answer:?}");
    assert_eq!(json(&answer)?["files"].as_array().map(Vec::len), Some(2), "{answer:?}");
    Ok(())
}
