//! Paths as tools of many ecosystems write them, and where they land.

use super::*;
use crate::model::coverage::{FileCoverage, LineHits};

fn report(paths: &[&str], roots: &[&str]) -> CoverageReport {
    let file = FileCoverage {
        lines: [LineHits { line: 1, hits: 1 }].into_iter().collect(),
        ..FileCoverage::default()
    };
    CoverageReport {
        files: paths.iter().map(|path| ((*path).to_owned(), file.clone())).collect(),
        roots: roots.iter().map(|root| (*root).to_owned()).collect(),
        ..CoverageReport::default()
    }
}

fn tree(paths: &[&str]) -> Tree {
    Tree::new(paths.iter().map(|path| (*path).to_owned()).collect())
}

/// Where `paths` land in `files`, and what is left over.
fn mapped(paths: &[&str], roots: &[&str], files: &[&str]) -> (Vec<String>, PathMatching) {
    let (report, matching) = to_repository(report(paths, roots), "", &tree(files), &[]);
    (report.files.into_keys().collect(), matching)
}

#[test]
fn every_way_of_naming_a_file_leads_to_the_repository() {
    for (what, path, roots, files, expected) in [
        ("exact", "src/a.rs", &[][..], &["src/a.rs", "lib/src/a.rs"][..], "src/a.rs"),
        ("a root", "shop/a.py", &["src"], &["src/shop/a.py", "old/shop/a.py"], "src/shop/a.py"),
        ("a root on a runner", "a.py", &["/__w/m/m/py"], &["py/a.py", "js/a.py"], "py/a.py"),
        ("an unknown root", "shop/a.py", &["/mnt/x/src"], &["src/shop/a.py", "a/shop/a.py"], "src/shop/a.py"),
        ("a runner", "/home/runner/work/m/m/m/a.py", &[], &["a.py", "m/a.py", "m/m/a.py"], "m/a.py"),
        ("a Windows runner", "D:/a/m/m/src/A.cs", &[], &["src/A.cs"], "src/A.cs"),
        ("a container", "/app/a.py", &[], &["src/a.py"], "src/a.py"),
        ("a package", "com/acme/A.java", &[], &["core/src/com/acme/A.java"], "core/src/com/acme/A.java"),
        ("a module", "example.com/m/calc/a.go", &[], &["svc/calc/a.go"], "svc/calc/a.go"),
        ("a deterministic build", "/_/src/Lib/A.cs", &[], &["src/Lib/A.cs"], "src/Lib/A.cs"),
        ("another case", "C:/x/SRC/a.CS", &[], &["src/A.cs"], "src/A.cs"),
        ("a file at the root", "/mnt/x/main.c", &[], &["main.c"], "main.c"),
    ] {
        let (found, matching) = mapped(&[path], roots, files);
        assert_eq!(found, [expected], "{what}");
        assert_eq!(matching, PathMatching { total: 1, ..PathMatching::default() }, "{what}");
    }
}

#[test]
fn a_file_name_alone_aliases_nothing() {
    let (found, matching) = mapped(
        &["src/a.rs", "/mnt/other/setup.py", "/usr/include/x/y.h", "/x/node_modules/p/src/b.js"],
        &[],
        &["src/a.rs", "setup.py", "x/y.h", "src/b.js"],
    );
    assert_eq!(found, ["src/a.rs"]);
    assert_eq!((matching.unmatched.len(), matching.foreign, matching.total), (1, 2, 2));
    assert_eq!(matching.invalid, None, "system headers and packages say nothing about the matching");
}

#[test]
fn kotlin_may_leave_the_common_package_out_of_its_folders() {
    let files = ["src/main/kotlin/Main.kt", "src/main/kotlin/net/Client.kt", "docs/Main.kt"];
    let (found, matching) = mapped(&["com/acme/Main.kt", "com/acme/net/Client.kt"], &[], &files);
    assert_eq!(found, ["src/main/kotlin/Main.kt", "src/main/kotlin/net/Client.kt"]);
    assert_eq!(matching, PathMatching { total: 2, ..PathMatching::default() });
}

#[test]
fn what_mapped_other_files_decides_between_equals() {
    let files = ["web/src/index.ts", "admin/src/index.ts", "web/src/cart.ts"];
    let (found, matching) = mapped(&["src/index.ts", "src/cart.ts"], &[], &files);
    assert_eq!(found, ["web/src/cart.ts", "web/src/index.ts"]);
    assert!(matching.ambiguous.is_empty());
    let (found, matching) = mapped(&["src/index.ts"], &[], &files);
    assert!(found.is_empty());
    assert_eq!(matching.ambiguous, ["src/index.ts"]);
    assert!(matching.invalid.is_some());
}

#[test]
fn rules_come_first_and_the_first_that_fits_wins() {
    let rule = |from: &str, to: &str| PathRule { from: from.into(), to: to.into() };
    let rules = [rule("C:\\x\\", "src/"), rule("C:/", "lib/")];
    let files = tree(&["src/a.cs", "lib/b.cs", "a.cs"]);
    let (mapped, matching) = to_repository(report(&["C:/x/a.cs", "C:/b.cs"], &[]), "", &files, &rules);
    assert_eq!(mapped.files.into_keys().collect::<Vec<_>>(), ["lib/b.cs", "src/a.cs"]);
    assert_eq!(matching.total, 2);
}

#[test]
fn without_a_tree_paths_stay_as_they_are() {
    let given = report(&["/x/a.rs", "b.rs"], &["src"]);
    let (mapped, matching) = to_repository(given.clone(), "", &Tree::default(), &[]);
    assert_eq!((mapped, matching), (given, PathMatching::default()));
}

#[test]
fn two_names_of_one_file_are_united() {
    let (report, matching) =
        to_repository(report(&["src/a.rs", "/__w/m/m/src/a.rs"], &[]), "", &tree(&["src/a.rs"]), &[]);
    assert_eq!(report.totals().lines.total, 1);
    assert_eq!(matching.total, 2);
}

#[test]
fn too_few_matches_say_which_rule_would_help() {
    let (_, matching) = mapped(&["/mnt/o/cart.py", "/mnt/o/till.py"], &[], &["src/cart.py", "src/till.py"]);
    insta::assert_snapshot!(matching.invalid.unwrap(), @r#"0 of 2 source files in coverage reports are files of the repository; not found: `/mnt/o/cart.py`, `/mnt/o/till.py`; help: tell in `readiness.yml` how paths change: `evidence: {paths: [{from: "/mnt/o/", to: "src/"}]}`"#);
    let (_, matching) = mapped(&["foo.py"], &[], &["src/cart.py"]);
    insta::assert_snapshot!(matching.invalid.unwrap(), @"0 of 1 source files in coverage reports are files of the repository; not found: `foo.py`; help: the repository has no files of these names: is the report of another commit or project, or are the files generated? `--workdir` names the checkout");
}

/// Where `paths` of a report at `place` land in `files`: their order, `?` for ambiguous, `-` for unmatched ones.
fn landed(place: &str, roots: &[&str], paths: &[&str], files: &[&str]) -> Vec<String> {
    let one = |path: &&str| {
        let (mapped, matching) = to_repository(report(paths, roots), place, &tree(files), &[]);
        let alone = to_repository(report(&[path], roots), place, &tree(files), &[]).0;
        let mark = if matching.ambiguous.iter().any(|p| p == path) {
            "?".to_owned()
        } else if matching.unmatched.iter().any(|p| p == path) {
            "-".to_owned()
        } else {
            alone.files.into_keys().next().unwrap_or_else(|| "foreign".to_owned())
        };
        assert!(mark.len() < 2 || mark == "foreign" || mapped.files.contains_key(&mark), "{path}: {mark}");
        mark
    };
    paths.iter().map(one).collect()
}

#[test]
fn a_report_in_a_folder_of_a_monorepo_speaks_of_that_folder() {
    let files = ["package.json", "src/index.ts", "packages/web/src/index.ts", "packages/api/src/index.ts"];
    for (place, expected) in [
        ("packages/web/coverage/lcov.info", "packages/web/src/index.ts"),
        ("packages/api/coverage/lcov.info", "packages/api/src/index.ts"),
        ("coverage/lcov.info", "src/index.ts"),
        ("reports.zip!/packages/api/coverage/lcov.info", "packages/api/src/index.ts"),
        ("/tmp/download/packages/api/lcov.info", "src/index.ts"),
        ("../packages/api/lcov.info", "src/index.ts"),
    ] {
        assert_eq!(landed(place, &[], &["src/index.ts"], &files), [expected], "{place}");
    }
}

#[test]
fn typescript_packages_keep_apart() {
    let files = ["packages/web/src/app.ts", "packages/web/src/api/app.ts", "packages/core/src/app.ts"];
    let paths = [
        "/home/runner/work/shop/shop/packages/web/src/app.ts",
        "D:\\a\\shop\\shop\\packages\\core\\src\\app.ts",
        "file:///builds/acme/shop/packages/web/src/api/app.ts",
        "packages/web/dist/app.js",
        "/home/runner/work/shop/shop/node_modules/react/index.js",
        "node_modules/.pnpm/react@19/node_modules/react/index.js",
    ];
    let normal: Vec<String> = paths.iter().map(|path| lexical::normalise(path)).collect();
    let paths: Vec<&str> = normal.iter().map(String::as_str).collect();
    assert_eq!(
        landed("", &[], &paths, &files),
        [
            "packages/web/src/app.ts",
            "packages/core/src/app.ts",
            "packages/web/src/api/app.ts",
            "-",
            "foreign",
            "foreign",
        ]
    );
}

#[test]
fn python_packages_are_found_where_they_were_installed() {
    let files = ["setup.py", "src/shop/__init__.py", "src/shop/cart.py", "tests/test_cart.py"];
    let paths = [
        "/home/runner/work/shop/shop/.tox/py312/lib/python3.12/site-packages/shop/cart.py",
        "/opt/venv/lib/python3/dist-packages/shop/__init__.py",
        ".tox/py312/lib/python3.12/site-packages/requests/api.py",
        "/usr/lib/python3.12/json/decoder.py",
        "/app/tests/test_cart.py",
    ];
    assert_eq!(
        landed("", &[], &paths, &files),
        ["src/shop/cart.py", "src/shop/__init__.py", "foreign", "foreign", "tests/test_cart.py"]
    );
    let roots = ["/home/runner/work/shop/shop/.tox/py312/lib/python3.12/site-packages/shop"];
    assert_eq!(landed("", &roots, &["cart.py"], &files), ["src/shop/cart.py"]);
}

#[test]
fn roots_go_before_a_file_of_the_same_name_at_the_top() {
    let files = ["setup.py", "services/till/setup.py", "services/till/till.py"];
    for root in ["services/till", "/home/runner/work/shop/shop/services/till", "./services/till/"] {
        let found = landed("", &[root], &["setup.py"], &files);
        assert_eq!(found, ["services/till/setup.py"], "{root}");
    }
    assert_eq!(landed("", &["."], &["setup.py"], &files), ["setup.py"]);
}

#[test]
fn groups_of_a_jacoco_report_name_the_module() {
    let files = [
        "core/src/main/java/com/acme/Config.java",
        "app/src/main/java/com/acme/Config.java",
        "app/src/main/kotlin/com/acme/ui/Main.kt",
        "app/build/generated/BuildConfig.txt",
    ];
    let paths = [
        "core/com/acme/Config.java",
        "Shop/shop-app/com/acme/Config.java",
        "com/acme/ui/Main.kt",
        "com/acme/Config.java",
        "com/acme/BuildConfig.java",
    ];
    assert_eq!(
        landed("", &[], &paths, &files),
        [
            "core/src/main/java/com/acme/Config.java",
            "app/src/main/java/com/acme/Config.java",
            "app/src/main/kotlin/com/acme/ui/Main.kt",
            "?",
            "-",
        ]
    );
    let place = "core/target/site/jacoco/jacoco.xml";
    let found = landed(place, &[], &["com/acme/Config.java"], &files);
    assert_eq!(found, ["core/src/main/java/com/acme/Config.java"]);
}

#[test]
fn go_import_paths_go_through_the_modules() {
    let files = ["go.mod", "calc/add.go", "svc/go.mod", "svc/calc/add.go", "svc/main.go", "main.go"];
    let tree = || {
        tree(&files).with_go_modules([
            ("go.mod", "module example.com/shop\n"),
            ("svc/go.mod", "module till.example/v2\n"),
        ])
    };
    for (path, expected) in [
        ("till.example/v2/calc/add.go", "svc/calc/add.go"),
        ("till.example/v2/main.go", "svc/main.go"),
        ("example.com/shop/calc/add.go", "calc/add.go"),
        ("example.com/shop/main.go", "main.go"),
        ("/home/runner/work/shop/shop/svc/calc/add.go", "svc/calc/add.go"),
    ] {
        let (mapped, _) = to_repository(report(&[path], &[]), "", &tree(), &[]);
        assert_eq!(mapped.files.into_keys().collect::<Vec<_>>(), [expected], "{path}");
    }
}

#[test]
fn builds_out_of_tree_and_execution_roots_lead_to_sources() {
    let files = ["src/main.c", "src/io/read.c", "include/io.h", "CMakeLists.txt"];
    let paths = [
        "../src/main.c",
        "../../include/io.h",
        "/home/dev/.cache/bazel/_bazel_dev/0a1b2c/execroot/_main/src/io/read.c",
        "/proc/self/cwd/src/io/read.c",
        "/home/runner/work/shop/shop/build/_deps/googletest-src/src/gtest.cc",
        "/usr/include/c++/12/bits/stl_vector.h",
    ];
    assert_eq!(
        landed("", &[], &paths, &files),
        ["src/main.c", "include/io.h", "src/io/read.c", "src/io/read.c", "foreign", "foreign"]
    );
}

#[test]
fn rust_registries_and_the_standard_library_are_foreign() {
    let files = ["src/lib.rs", "src/main.rs", "crates/core/src/lib.rs"];
    let paths = [
        "/rustc/1a2b3c/library/core/src/option.rs",
        "/root/.cargo/registry/src/index.crates.io-6f17d22bba15001f/serde-1.0.0/src/lib.rs",
        "/home/runner/.rustup/toolchains/stable/lib/rustlib/src/rust/library/alloc/src/vec.rs",
        "/home/runner/work/shop/shop/crates/core/src/lib.rs",
        "src/main.rs",
    ];
    assert_eq!(
        landed("", &[], &paths, &files),
        ["foreign", "foreign", "foreign", "crates/core/src/lib.rs", "src/main.rs"]
    );
}

#[test]
fn windows_paths_are_read_on_any_system() {
    let files = ["src/Shop/Cart.cs", "src/Shop.Web/Program.cs", "test/Program.cs"];
    for path in [
        "d:/a/shop/shop/src/Shop/Cart.cs",
        "D:/a/1/s/src/Shop/Cart.cs",
        "C:/projects/shop/src/Shop/Cart.cs",
        "/d/a/shop/shop/src/Shop/Cart.cs",
        "C:/x/SRC/shop/cart.cs",
        "/_/src/Shop/Cart.cs",
        "/_1/src/Shop/Cart.cs",
        "https:/raw.githubusercontent.com/acme/shop/0a1b2c/src/Shop/Cart.cs",
    ] {
        assert_eq!(landed("", &[], &[path], &files), ["src/Shop/Cart.cs"], "{path}");
    }
    assert_eq!(
        landed("", &["D:/a/shop/shop/"], &["src/Shop.Web/Program.cs"], &files),
        ["src/Shop.Web/Program.cs"]
    );
}

#[test]
fn libraries_alone_are_no_evidence() {
    let (_, matching) = mapped(&["/usr/include/x.h", "/rustc/1/a.rs"], &[], &["src/a.rs"]);
    assert_eq!((matching.total, matching.foreign), (0, 2));
    insta::assert_snapshot!(matching.invalid.unwrap(), @"all 2 source files in coverage reports belong to toolchains or installed packages, such as `/rustc/1/a.rs`");
}

#[test]
fn the_rule_for_a_few_strays_is_told_too() {
    let files = ["src/a.py", "src/b.py", "gen/out/c.py"];
    let (_, matching) = mapped(&["src/a.py", "src/b.py", "/x/c.py"], &[], &files);
    assert_eq!(matching.unmatched, ["/x/c.py"]);
    let help =
        "tell in `readiness.yml` how paths change: `evidence: {paths: [{from: \"/x/\", to: \"gen/out/\"}]}`";
    assert_eq!((matching.help.as_deref(), matching.invalid), (Some(help), None));
    let (_, matching) = mapped(&["src/a.py", "src/b.py", "/x/unknown.py"], &[], &files);
    assert_eq!(matching.help, None);
}
