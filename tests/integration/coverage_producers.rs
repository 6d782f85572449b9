//! Reports that real tools wrote, against what the same tools printed about the same run.

use std::fs::File;
use std::path::Path;

use anyhow::{Context as _, Result, ensure};
use readiness::evidence::collect::collect;
use readiness::evidence::coverage::mapping::{Tree, to_repository};
use readiness::evidence::coverage::merge;
use readiness::evidence::format::Head;
use readiness::evidence::read::read_input;
use readiness::evidence::{bytes, detect};
use readiness::model::coverage::{CoverageReport, Covered};
use readiness::model::evidence::Evidence;
use readiness::model::input::{Content, InputState};
use readiness::policy::EvidencePolicy;

/// Reads a fixture, which exactly one format must claim.
fn read(name: &str) -> Result<CoverageReport> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/coverage").join(name);
    let text = bytes::open(Box::new(File::open(&path)?));
    let mut text = text.map_err(|stop| anyhow::anyhow!("{name}: {:?}", stop.problem))?;
    let head = Head::of(text.head());
    let claims: Vec<_> = detect::all().filter(|format| (format.looks_like)(&head)).collect();
    let [format] = claims.as_slice() else { anyhow::bail!("{name}: claimed by {claims:?}") };
    ensure!(name.starts_with(format.name), "{name}: taken for {}", format.name);
    let reading = (format.read)(&mut text);
    ensure!(reading.state == InputState::Measured, "{name}: {:?}", reading.problems);
    let report = reading.value.as_ref().and_then(Content::coverage);
    report.cloned().with_context(|| format!("{name} holds no coverage"))
}

/// Lines, branches, functions and statements, each as covered and total; 0 of 0 for what a format does not have.
fn numbers(report: &CoverageReport) -> [(u64, u64); 4] {
    let totals = report.totals();
    let pair = |covered: Option<Covered>| covered.map_or((0, 0), |covered| (covered.covered, covered.total));
    let statements = report.statement_total();
    [pair(Some(totals.lines)), pair(totals.branches), pair(totals.functions), pair(statements)]
}

#[test]
fn totals_equal_what_the_producers_print() -> Result<()> {
    for (name, printed) in [
        // `go tool cover -func`: 77.8 % of statements.
        ("go-cover/go-1.19.8-both.out", [(10, 14), (0, 0), (0, 0), (7, 9)]),
        // `coverage report`: 12 statements, 4 missed, 6 branches.
        ("coverage-py-json/coverage-7.17.3-branch.json", [(8, 12), (3, 6), (1, 2), (0, 0)]),
        ("coverage-py-json/slipcover-1.1.0.json", [(8, 12), (0, 0), (0, 0), (0, 0)]),
        // nyc's text reporter: 80 % of statements, 25 % of branches, 50 % of functions, all lines.
        ("istanbul/nyc-18.0.0.json", [(6, 6), (1, 4), (1, 2), (8, 10)]),
        ("istanbul-summary/nyc-18.0.0.json", [(6, 6), (1, 4), (1, 2), (8, 10)]),
        // `llvm-cov export -format=lcov`: 16 DA records, 9 of them with hits, FNF:4, FNH:2.
        ("llvm-cov/llvm-22.1.2-segments.json", [(9, 16), (0, 0), (2, 4), (0, 0)]),
        // `llvm-cov report`: 17 lines, 8 missed. It counts lines once per function, so its numbers may differ.
        ("llvm-cov/llvm-22.1.2-summary.json", [(9, 17), (0, 0), (2, 4), (0, 0)]),
        // SimpleCov: 87.5 % of lines, 50 % of branches.
        ("simplecov/simplecov-0.22.0-two-commands.json", [(7, 8), (2, 4), (0, 0), (0, 0)]),
        // gcov: 77.78 % of 9 lines, 66.67 % of 6 branches taken at least once.
        ("gcov/gcc-12.2.0-branches.gcov", [(7, 9), (4, 6), (2, 3), (0, 0)]),
        ("gcov-json/gcc-12.2.0.gcov.json.gz", [(7, 9), (0, 0), (2, 3), (0, 0)]),
        ("gcovr/gcovr-8.8.json", [(7, 9), (4, 6), (2, 3), (0, 0)]),
        // gcovr's text and its summary: 5 of 8 lines, 2 of 6 branches, 2 of 3 functions. Some of its outputs leave out
        // branches or functions.
        ("gcovr/gcovr-8.8-throw.json", [(5, 8), (2, 6), (2, 3), (0, 0)]),
        ("gcovr/gcovr-8.8-summary.json", [(5, 8), (2, 6), (2, 3), (0, 0)]),
        ("clover/gcovr-8.8.xml", [(5, 8), (0, 0), (0, 0), (0, 0)]),
        ("jacoco/gcovr-8.8.xml", [(5, 8), (2, 6), (2, 3), (0, 0)]),
        ("sonar-coverage/gcovr-8.8.xml", [(5, 8), (2, 6), (0, 0), (0, 0)]),
        ("coveralls/gcovr-8.8.json", [(5, 8), (2, 6), (0, 0), (0, 0)]),
        // JaCoCo's own CSV of the same run: 6 of 10 lines, 2 of 4 branches, 3 of 6 methods.
        ("jacoco/jacoco-0.8.6-groups.xml", [(6, 10), (2, 4), (3, 6), (0, 0)]),
        ("jacoco/jacoco-0.8.6-flat.xml", [(6, 10), (2, 4), (3, 6), (0, 0)]),
        // `phpunit --coverage-text`: lines 55.56 % (5/9). Its methods count when all their lines ran, ours when any did;
        // Clover leaves the function outside of classes out.
        ("clover/phpunit-9.6.7-pcov.xml", [(5, 9), (0, 0), (2, 3), (0, 0)]),
        ("cobertura/phpunit-9.6.7-pcov.xml", [(5, 9), (0, 0), (2, 4), (0, 0)]),
        // The text-summary of Vitest and Jest: 5 of 7 statements and lines, 2 of 4 branches, 1 of 2 functions.
        ("clover/vitest-4.1.11-v8.xml", [(5, 7), (2, 4), (1, 2), (0, 0)]),
        ("cobertura/vitest-4.1.11-v8.xml", [(5, 7), (2, 4), (1, 2), (0, 0)]),
        ("lcov/vitest-4.1.11-v8.info", [(5, 7), (2, 4), (1, 2), (0, 0)]),
        ("istanbul-summary/vitest-4.1.11-v8.json", [(5, 7), (2, 4), (1, 2), (5, 7)]),
        ("istanbul/vitest-4.1.11-v8.json", [(5, 7), (2, 4), (1, 2), (5, 7)]),
        ("istanbul/vitest-4.1.11-istanbul.json", [(5, 7), (2, 4), (1, 2), (5, 7)]),
        ("istanbul/jest-30.5.2-babel.json", [(5, 7), (2, 4), (1, 2), (5, 7)]),
        ("jest-json/jest-30.5.2-coverage.json", [(5, 7), (2, 4), (1, 2), (5, 7)]),
        // grcov's covdir and its Cobertura's sums: 9 of 13 lines, 2 of 4 branches.
        ("covdir/grcov-0.8.12.json", [(9, 13), (0, 0), (0, 0), (0, 0)]),
        ("coveralls/grcov-0.8.12.json", [(9, 13), (2, 4), (0, 0), (0, 0)]),
        ("cobertura/grcov-0.8.12.xml", [(9, 13), (2, 4), (4, 5), (0, 0)]),
        ("lcov/grcov-0.8.12.info", [(9, 13), (2, 4), (4, 5), (0, 0)]),
        // Node's own test runner: 92.31 % of lines, 70.59 % of branches, 83.33 % of functions.
        ("lcov/node-20.20-test.info", [(24, 26), (12, 17), (10, 12), (0, 0)]),
        // Bun: 85 % of lines; it only counts functions.
        ("lcov/bun-1.4-test.info", [(17, 20), (0, 0), (0, 0), (0, 0)]),
        // `cover`: 86.6 % of statements, 50 % of branches, 80 % of subroutines; it counts no lines.
        ("devel-cover/devel-cover-1.38.json", [(0, 0), (1, 2), (4, 5), (13, 15)]),
    ] {
        let found = numbers(&read(name)?);
        ensure!(found == printed, "{name}: {found:?}");
    }
    Ok(())
}

/// The names that formats give to branches and functions differ, so those of one run must not add up.
#[test]
fn all_formats_of_one_run_are_one_report_in_any_order() -> Result<()> {
    let grcov = ["lcov/grcov-0.8.12.info", "cobertura/grcov-0.8.12.xml", "covdir/grcov-0.8.12.json"];
    let vitest =
        ["lcov/vitest-4.1.11-v8.info", "cobertura/vitest-4.1.11-v8.xml", "clover/vitest-4.1.11-v8.xml"];
    let vitest_json = ["istanbul/vitest-4.1.11-v8.json", "istanbul-summary/vitest-4.1.11-v8.json"];
    for (names, expected) in [
        ([&grcov[..], &["coveralls/grcov-0.8.12.json"]].concat(), [(9, 13), (2, 4), (4, 5), (0, 0)]),
        ([&vitest[..], &vitest_json[..]].concat(), [(5, 7), (2, 4), (1, 2), (5, 7)]),
    ] {
        let tree = Tree::new(vec!["src/main.cpp".into(), "src/price.hpp".into(), "src/cart.js".into()]);
        let mut names = names;
        for _ in 0..names.len() {
            names.rotate_left(1);
            let read = |name: &&str| Ok(to_repository(read(name)?, "", &tree, &[]).0);
            let reports: Result<Vec<CoverageReport>> = names.iter().map(read).collect();
            let united = merge::union(reports?);
            ensure!(numbers(&united) == expected, "{names:?}: {:?}", numbers(&united));
        }
    }
    Ok(())
}

#[test]
fn what_producers_state_stands_beside_what_their_records_hold() -> Result<()> {
    for name in [
        "istanbul-summary/vitest-4.1.11-v8.json",
        "jacoco/jacoco-0.8.6-groups.xml",
        "jacoco/gcovr-8.8.xml",
        "clover/phpunit-9.6.7-pcov.xml",
        "clover/vitest-4.1.11-v8.xml",
        "cobertura/phpunit-9.6.7-pcov.xml",
        "lcov/vitest-4.1.11-v8.info",
        "coverage-py-json/coverage-7.17.3-branch.json",
        "gcovr/gcovr-8.8-summary.json",
        "covdir/grcov-0.8.12.json",
        "lcov/node-20.20-test.info",
    ] {
        let report = read(name)?;
        ensure!(report.claimed.lines == Some(report.totals().lines), "{name}: {:?}", report.claimed);
    }
    Ok(())
}

#[test]
fn profiles_of_two_test_runs_add_up_to_the_profile_of_both() -> Result<()> {
    let [both, total, ship] = ["both", "total", "ship"].map(|run| format!("go-cover/go-1.19.8-{run}.out"));
    let halves = [read(&total)?, read(&ship)?];
    // `go test` prints 55.6 % and 22.2 % of the 9 statements.
    ensure!(halves.iter().map(|half| numbers(half)[3]).eq([(5, 9), (2, 9)]));
    ensure!(numbers(&merge::union(halves)) == numbers(&read(&both)?));
    Ok(())
}

#[test]
fn the_modules_of_a_workspace_lie_where_go_builds_them() -> Result<()> {
    let files = [
        "go.work",
        "money-fork/money.go",
        "old/money/money.go",
        "shop/cart/cart.go",
        "shop/third_party/tax/tax.go",
    ];
    let tree = Tree::new(files.map(str::to_owned).to_vec()).with_go_modules([
        ("go.work", "go 1.19\n\nuse (\n\t./shop\n\t./money-fork\n)\n"),
        ("money-fork/go.mod", "module example.com/money\n"),
        ("old/money/go.mod", "module example.com/money\n"),
        ("shop/go.mod", "module example.com/shop\n\nreplace example.com/tax => ./third_party/tax\n"),
        ("shop/third_party/tax/go.mod", "module example.com/acme-tax\n"),
    ]);
    let report = read("go-cover/go-1.19.8-workspace.out")?;
    // What `go test` prints: 80.0 %.
    ensure!(numbers(&report)[3] == (8, 10), "{:?}", numbers(&report));
    let (mapped, _) = to_repository(report, "", &tree, &[]);
    let paths: Vec<&str> = mapped.files.keys().map(String::as_str).collect();
    ensure!(
        paths == ["money-fork/money.go", "shop/cart/cart.go", "shop/third_party/tax/tax.go"],
        "{paths:?}"
    );
    Ok(())
}

/// The evidence in `files` (path, text) of a repository that holds `repository`.
fn collected(files: &[(&str, &str)], repository: &[&str]) -> Evidence {
    let input = |(path, text): &(&str, &str)| {
        read_input((*path).to_owned(), text.len() as u64, Box::new(std::io::Cursor::new((*text).to_owned())))
    };
    let tree = Tree::new(repository.iter().map(|path| (*path).to_owned()).collect());
    collect(files.iter().map(input).collect(), &EvidencePolicy::default(), Some(&tree))
}

#[test]
fn halves_of_a_report_are_joined_and_lost_counters_are_said() -> Result<()> {
    let files = [
        ("cov/vcounters_1.csv", "meta,point,hits\na1,0,2\nzz,0,1\n"),
        (
            "cov/meta/a1.json",
            r#"{"file": "/ci/shop/src/cart.v", "fhash": "a1", "npoints": 2, "points": [3, 4]}"#,
        ),
    ];
    let evidence = collected(&files, &["src/cart.v"]);
    let report = evidence.coverage.context("nothing was joined")?;
    ensure!(report.files.keys().eq(["src/cart.v"]), "{:?}", report.files.keys());
    ensure!(report.totals().lines == Covered { covered: 1, total: 2 });
    let said: Vec<_> = evidence.sources.iter().map(|source| source.problem.as_deref()).collect();
    ensure!(
        said == [
            None,
            Some("the counters of 1 of 2 source files have no file in `meta`; read that folder, too")
        ],
        "{said:?}"
    );
    Ok(())
}

#[test]
fn equal_names_in_reports_of_two_packages_are_two_files() -> Result<()> {
    let lcov = "SF:src/index.ts\nDA:1,1\nend_of_record\n";
    let files = [("packages/web/coverage/lcov.info", lcov), ("packages/api/coverage/lcov.info", lcov)];
    let evidence = collected(&files, &["packages/api/src/index.ts", "packages/web/src/index.ts"]);
    let report = evidence.coverage.context("nothing was read")?;
    ensure!(report.files.keys().eq(["packages/api/src/index.ts", "packages/web/src/index.ts"]));
    Ok(())
}
