//! `readiness init` from outside.

use anyhow::Result;

use crate::common::Readiness;

fn workspace() -> Result<Readiness> {
    Readiness::new()?
        .file("Cargo.toml", "[workspace]\nmembers = [\"crates/*\"]\n")?
        .file("crates/core/Cargo.toml", "[package]\nname = \"core\"\n")?
        .file("crates/core/src/lib.rs", "")
}

#[test]
fn what_it_writes_is_what_report_takes() -> Result<()> {
    let program = workspace()?;
    let answer = program.run(&["init"])?;
    assert_eq!((answer.status, &*answer.stdout), (0, ""), "{}", answer.stderr);
    assert!(answer.stderr.contains("wrote `readiness.yml`"), "{}", answer.stderr);
    assert!(program.read("readiness.yml")?.contains("\"core\": {paths: [\"crates/core/**\"]}"));
    assert!(program.read(".github/workflows/readiness.yml")?.contains("cargo llvm-cov nextest"));
    let program = program.file("lcov.info", "SF:crates/core/src/lib.rs\nDA:1,1\nend_of_record\n")?.file(
        "target/nextest/default/junit.xml",
        r#"<testsuite name="s"><testcase name="a"/></testsuite>"#,
    )?;
    let report = program.run(&["report"])?;
    assert_eq!(report.status, 0, "{}", report.stderr);
    assert!(report.stdout.contains("Readiness 100.0"), "{}", report.stdout);
    Ok(())
}

#[test]
fn nothing_is_overwritten_unless_asked_for() -> Result<()> {
    let program = workspace()?.file(".github/readiness.yml", "version: 1\n")?;
    let refused = program.run(&["init"])?;
    assert_eq!((refused.status, &*refused.stdout), (2, ""));
    assert!(refused.stderr.contains("`.github/readiness.yml` is there already"), "{}", refused.stderr);
    assert!(!program.path("readiness.yml").exists());
    let printed = program.run(&["init", "--print"])?;
    assert!(
        printed.status == 0 && printed.stdout.contains("# .github/workflows/readiness.yml\nname: Readiness")
    );
    assert!(!program.path("readiness.yml").exists());
    assert_eq!(program.run(&["init", "--force"])?.status, 0);
    assert!(program.path("readiness.yml").exists());
    Ok(())
}

#[test]
fn below_the_root_of_a_repository_it_says_where_the_workflow_goes() -> Result<()> {
    let program = workspace()?.file(".git/HEAD", "ref: refs/heads/main\n")?;
    let below = program.run(&["init", "--workdir", "crates/core"])?;
    assert_eq!(below.status, 0, "{below:?}");
    assert!(below.stderr.contains("`crates/core` is a folder of a repository"), "{below:?}");
    let root = program.run(&["init"])?;
    assert!(!root.stderr.contains("is a folder of a repository"), "{root:?}");
    Ok(())
}
