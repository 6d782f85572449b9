//! What the tests are run with, by the files that tools leave at the root.

/// A build tool.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ecosystem {
    Cargo,
    Vitest,
    Jest,
    Npm,
    Gradle,
    Maven,
    Go,
    Python,
}

/// How its tests are run, and where the reports are then.
pub(super) struct Recipe {
    /// Shell commands.
    pub(super) commands: &'static [&'static str],
    /// Globs of its reports.
    pub(super) reports: &'static [&'static str],
}

impl Ecosystem {
    pub(super) fn recipe(self) -> Recipe {
        let (commands, reports): (&[_], &[_]) = match self {
            Self::Cargo => (
                &[
                    "cargo install --locked cargo-llvm-cov cargo-nextest",
                    "printf '[profile.default.junit]\\npath = \"junit.xml\"\\n' > \"$RUNNER_TEMP/nextest.toml\"",
                    "cargo llvm-cov nextest --workspace --config-file \"$RUNNER_TEMP/nextest.toml\" --lcov --output-path lcov.info",
                ],
                &["target/**/nextest/**/junit.xml", "lcov.info"],
            ),
            Self::Vitest => (
                &[
                    "npm ci",
                    "npx vitest run --coverage --coverage.reporter=lcov --reporter=junit --outputFile=junit.xml",
                ],
                &["junit.xml", "coverage/lcov.info"],
            ),
            Self::Jest => (
                &[
                    "npm ci",
                    "npx --yes --package=jest-junit jest --ci --coverage --reporters=default --reporters=jest-junit",
                ],
                &["junit.xml", "coverage/lcov.info"],
            ),
            Self::Npm => (&["npm ci", "npm test"], &["**/junit*.xml", "**/coverage/**"]),
            Self::Gradle => (
                &["./gradlew test jacocoTestReport"],
                &["**/build/test-results/**/*.xml", "**/build/reports/jacoco/**/*.xml"],
            ),
            Self::Maven => (
                &["mvn --batch-mode verify"],
                &[
                    "**/target/surefire-reports/*.xml",
                    "**/target/failsafe-reports/*.xml",
                    "**/target/site/jacoco/*.xml",
                ],
            ),
            Self::Go => (
                &["go test -json -coverprofile=coverage.out ./... > go-test.json"],
                &["go-test.json", "coverage.out"],
            ),
            Self::Python => (
                &[
                    "python -m pip install --editable . pytest pytest-cov",
                    "python -m pytest --junitxml=junit.xml --cov --cov-report=xml",
                ],
                &["junit.xml", "coverage.xml"],
            ),
        };
        Recipe { commands, reports }
    }
}

/// All that the root names, in a fixed order.
pub(super) fn found(paths: &[String], read: &dyn Fn(&str) -> String) -> Vec<Ecosystem> {
    let has = |names: &[&str]| paths.iter().any(|path| names.contains(&path.as_str()));
    let all = [
        (has(&["Cargo.toml"]), Ecosystem::Cargo),
        (has(&["package.json"]), node(&read("package.json"))),
        (
            has(&["build.gradle", "build.gradle.kts", "settings.gradle", "settings.gradle.kts"]),
            Ecosystem::Gradle,
        ),
        (has(&["pom.xml"]), Ecosystem::Maven),
        (has(&["go.mod", "go.work"]), Ecosystem::Go),
        (has(&["pyproject.toml", "setup.py", "setup.cfg"]), Ecosystem::Python),
    ];
    all.into_iter().filter(|(is_there, _)| *is_there).map(|(_, ecosystem)| ecosystem).collect()
}

/// By the test runner that `package.json` names.
fn node(package: &str) -> Ecosystem {
    match package {
        text if text.contains("\"vitest\"") => Ecosystem::Vitest,
        text if text.contains("\"jest\"") => Ecosystem::Jest,
        _ => Ecosystem::Npm,
    }
}
