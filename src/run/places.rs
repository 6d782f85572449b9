//! Where evidence usually lies, when neither the command line nor the policy says.

/// Globs below the working directory. Detection is by content, so a wide net costs time, not correctness.
pub(super) const WELL_KNOWN: &[&str] = &[
    "**/*junit*.xml",
    "**/TEST-*.xml",
    "**/test-results/**/*.xml",
    "**/test-reports/**/*.xml",
    "**/test_results/**/*.xml",
    "**/surefire-reports/*.xml",
    "**/failsafe-reports/*.xml",
    "**/test-report*.xml",
    "**/TestResults/**/*.trx",
    "**/TestResult*.xml",
    "**/ctrf*.json",
    "**/coverage*.xml",
    "**/cobertura*.xml",
    "**/jacoco*.xml",
    "**/clover.xml",
    "**/coverage.out",
    "**/coverage-final.json",
    "**/coverage.json",
    "**/.resultset.json",
    "**/*lcov*.info",
    "**/*.lcov",
    "**/coverage/**/*.xml",
    "**/coverage/**/*.info",
    "**/k6*summary*.json",
    "**/statistics.json",
    "**/*.jtl",
    "**/*_stats.csv",
    "**/*_stats_history.csv",
    "**/criterion/**/new/estimates.json",
    "**/benchmark*.json",
    "**/jmh-result*.json",
    "**/mutation.json",
    "**/mutation-report.json",
    "**/mutants.out/outcomes.json",
    "**/pit-reports/**/mutations.xml",
    "**/*.sarif",
    "**/*.sarif.json",
    "**/checkstyle*.xml",
    "**/eslint*.json",
    "**/ruff*.json",
    "**/pylint*.json",
    "**/*audit*.json",
    "**/trivy*.json",
    "**/grype*.json",
    "**/osv*.json",
    "**/readiness.metrics.json",
];

/// Folders that hold other projects' files.
pub(super) const LEFT_OUT: &[&str] =
    &["**/node_modules/**", "**/.git/**", "**/vendor/**", "**/.venv/**", "**/site-packages/**"];

/// Policy files, in the order in which they are looked for.
pub(super) const POLICY_FILES: &[&str] = &["readiness.yml", ".github/readiness.yml"];
