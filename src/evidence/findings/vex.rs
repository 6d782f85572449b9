//! Statements on vulnerabilities, applied to the findings of scanners.

use std::sync::Arc;

use crate::model::findings::{Finding, FindingsReport, Statement};

/// Kinds of package URLs that name a whole product and not a package in it.
const PRODUCTS: [&str; 6] = ["oci", "docker", "github", "bitbucket", "generic", "swid"];

/// What a package URL or name says about packages: `None` for one that means the product as a whole.
pub(super) fn package_of(identifier: &str) -> Option<String> {
    let rest = identifier.strip_prefix("pkg:")?;
    let (kind, _) = rest.split_once('/')?;
    (!PRODUCTS.contains(&kind)).then(|| identifier.to_owned())
}

/// Suppresses the findings that the report's latest statements exempt.
pub(super) fn apply(report: &mut FindingsReport) {
    let statements = &report.statements;
    if statements.is_empty() {
        return;
    }
    // Statements are few; what they are about is found by id first.
    for finding in report.findings.iter_mut().filter(|finding| finding.package.is_some()) {
        let about = statements.iter().filter(|statement| is_about(statement, finding));
        let Some(latest) = about.max_by(|a, b| a.at.cmp(&b.at)) else { continue };
        if let Some(reason) = &latest.exempt {
            finding.suppressed = finding.suppressed.take().or_else(|| Some(Arc::from(reason.as_str())));
        }
    }
}

fn is_about(statement: &Statement, finding: &Finding) -> bool {
    let package = finding.package.as_deref().unwrap_or_default();
    statement.ids.iter().any(|id| id.eq_ignore_ascii_case(&finding.rule))
        && (statement.packages.is_empty() || statement.packages.iter().any(|purl| is_package(purl, package)))
}

/// Whether `purl` (`pkg:npm/%40scope/name@1.2?x=y#z`) is the package `name@version`; one without a version is all
/// versions.
fn is_package(purl: &str, package: &str) -> bool {
    let path = purl.split(['?', '#']).next().unwrap_or_default();
    let path = path.split_once('/').map_or("", |(_, path)| path).replace("%40", "@");
    let (wanted, version) = cut_version(&path);
    let (name, installed) = cut_version(package);
    let last = wanted.rsplit('/').next().unwrap_or(wanted);
    let same = name == wanted || name == last || name.replace(':', "/") == wanted;
    same && (version.is_empty() || installed.is_empty() || version == installed)
}

/// `@scope/name@1.2` in its name and version.
fn cut_version(package: &str) -> (&str, &str) {
    match package.rsplit_once('@') {
        Some((name, version)) if !name.is_empty() && !version.contains('/') => (name, version),
        _ => (package, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn package_urls_name_packages_of_scanners() {
        for (purl, package) in [
            ("pkg:npm/lodash@4.17.20", "lodash@4.17.20"),
            ("pkg:npm/%40babel/core", "@babel/core@7.1.0"),
            ("pkg:maven/org.a/b@1?type=jar", "org.a:b@1"),
            ("pkg:deb/debian/openssl@3.0?arch=amd64", "openssl@3.0"),
            ("pkg:cargo/time", "time@0.1.43"),
        ] {
            assert!(is_package(purl, package), "{purl}");
        }
        for (purl, package) in [("pkg:npm/lodash@4.17.20", "lodash@4.17.21"), ("pkg:npm/a", "b@1")] {
            assert!(!is_package(purl, package), "{purl}");
        }
        assert_eq!(package_of("pkg:oci/shop@sha256:1"), None);
        assert_eq!(package_of("https://shop.example/product"), None);
    }
}
