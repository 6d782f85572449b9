//! Which tool wrote a file, told by the names and attributes that it always writes.

use crate::evidence::xml::Tag;

/// Names of root elements and first suites that give their tool away.
const NAMES: [(&str, &str); 16] = [
    ("pytest", "pytest"),
    ("pytest tests", "pytest"),
    ("jest tests", "jest-junit"),
    ("vitest tests", "vitest"),
    ("bun test", "bun"),
    ("nextest-run", "cargo-nextest"),
    ("Mocha Tests", "mocha-junit-reporter"),
    ("AllTests", "googletest"),
    ("Cucumber", "cucumber"),
    ("rspec", "rspec_junit_formatter"),
    ("nosetests", "nose"),
    ("nose2-junit", "nose2"),
    ("mypy", "mypy"),
    ("ruff", "ruff"),
    ("JUnit Jupiter", "junit-platform"),
    ("JUnit Vintage", "junit-platform"),
];

/// Values of `package` that linters write.
const PACKAGES: [(&str, &str); 2] = [("org.eslint", "eslint"), ("stylelint", "stylelint")];

/// Orders of a suite's attributes; each is written by one tool, whose code puts them down one by one.
const ORDERS: [(&str, &str); 27] = [
    ("name tests skipped failures errors timestamp hostname time", "gradle"),
    ("name time tests errors skipped failures", "maven-surefire"),
    ("errors failures hostname name skipped tests time timestamp", "ant"),
    ("errors failures hostname id name package skipped tests time timestamp", "ant"),
    ("name tests skipped failures errors time hostname timestamp", "junit-platform"),
    ("name errors failures skipped tests time timestamp hostname", "pytest"),
    ("name errors failures skipped timestamp time tests", "jest-junit"),
    ("name timestamp hostname tests failures errors skipped time", "vitest"),
    ("name timestamp hostname tests failures skipped time errors", "playwright"),
    ("name timestamp hostname time errors tests skipped disabled failures", "jasmine-reporters"),
    ("name time disabled errors tests failures skipped hostname", "node-test"),
    ("name id tests skipped errors failures time", "web-test-runner"),
    ("name package timestamp id hostname tests errors failures time", "karma-junit-reporter"),
    ("tests failures time name timestamp", "gotestsum"),
    ("name tests failures errors id hostname time timestamp", "go-junit-report"),
    ("name package id errors failures tests skipped", "libtest"),
    ("name tests failures disabled skipped errors time timestamp", "googletest"),
    ("name tests failures disabled skipped hostname time timestamp", "ctest"),
    ("name errors failures tests hostname time timestamp", "catch2"),
    ("name errors failures skipped tests hostname time timestamp", "catch2"),
    ("tests skipped errors failures id name time", "boost-test"),
    ("name time tests failures errors skipped", "cmocka"),
    ("name tests assertions errors warnings failures skipped time", "phpunit"),
    ("name filepath skipped failures errors tests assertions time", "minitest-reporters"),
    ("name tests file time timestamp failures errors skipped", "unittest-xml-reporting"),
    ("name tests skipped failures errors time timestamp hostname id package", "junit.testlogger"),
    ("hostname name time timestamp errors failures skipped tests log", "common-test"),
];

/// The tool behind a `<testsuites>` or `<testsuite>` tag, if it can be told.
pub(super) fn guess(tag: &Tag<'_>) -> Option<&'static str> {
    tag.attributes().find_map(|(attribute, value)| by_attribute(attribute, value.raw())).or_else(|| {
        let written = || tag.attributes().map(|(name, _)| name).filter(|name| !name.contains([':', '.']));
        ORDERS.iter().find(|(order, _)| order.split(' ').eq(written())).map(|(_, tool)| *tool)
    })
}

fn by_attribute(attribute: &str, value: &str) -> Option<&'static str> {
    let known = |list: &[(&str, &'static str)]| {
        list.iter().find(|(written, _)| *written == value).map(|(_, tool)| *tool)
    };
    match attribute {
        "name" if ends_in(value, "bats") => Some("bats"),
        "name" => known(&NAMES),
        "package" => known(&PACKAGES),
        "hostname" if value == "tbd" => Some("catch2"),
        "doctest_version" => Some("doctest"),
        "file" if ends_in(value, "php") => Some("phpunit"),
        "xsi:noNamespaceSchemaLocation" | "xsi:schemaLocation" if value.contains("surefire") => {
            Some("maven-surefire")
        }
        _ => None,
    }
}

fn ends_in(path: &str, extension: &str) -> bool {
    path.rsplit_once('.').is_some_and(|(_, written)| written == extension)
}

#[cfg(test)]
mod tests {
    use super::super::super::view::file;
    use super::*;
    use crate::evidence::xml::{Cursor, Event};

    fn of(tag: &str) -> Option<&'static str> {
        let mut text = file(&format!("{tag}</testsuite>"));
        let mut cursor = Cursor::new(&mut text);
        match cursor.next() {
            Ok(Event::Start(tag)) => guess(&tag),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn names_attributes_and_their_order_give_a_tool_away() {
        let tags = [
            (r#"<testsuite name="pytest" tests="1">"#, Some("pytest")),
            (
                r#"<testsuite name="a.T" tests="1" skipped="0" failures="0" errors="0" timestamp="" hostname="h" time="0">"#,
                Some("gradle"),
            ),
            (r#"<testsuite package="org.eslint" tests="1">"#, Some("eslint")),
            (r#"<testsuite name="c.bats">"#, Some("bats")),
            (r#"<testsuite name="s" tests="1" failures="0">"#, None),
            ("<testsuite>", None),
        ];
        for (tag, tool) in tags {
            assert_eq!(of(tag), tool, "{tag}");
        }
    }

    #[test]
    fn no_order_stands_twice() {
        let orders: std::collections::BTreeSet<&str> = ORDERS.iter().map(|(order, _)| *order).collect();
        assert_eq!(orders.len(), ORDERS.len());
    }
}
