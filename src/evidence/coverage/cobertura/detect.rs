//! Which XML is a Cobertura report.

use std::io;

use crate::evidence::bytes;
use crate::evidence::xml::{Cursor, Event};

/// Whether a text that begins with `head` is a Cobertura report. The root `<coverage>` is shared by Clover,
/// `SonarQube` and `NCover`; Cobertura's has rates or holds packages.
pub fn looks_like(head: &str) -> bool {
    if !head.contains("coverage") {
        return false;
    }
    let Ok(mut text) = bytes::open(Box::new(io::Cursor::new(head.to_owned()))) else { return false };
    let mut cursor = Cursor::new(&mut text);
    let mut is_root = true;
    loop {
        match cursor.next() {
            Ok(Event::Start(tag)) if is_root && tag.name() != "coverage" => return false,
            Ok(Event::Start(tag)) if is_root && tag.attribute("line-rate").is_some() => return true,
            Ok(Event::Start(_)) if is_root => is_root = false,
            Ok(Event::Start(tag)) => return matches!(tag.name(), "sources" | "packages"),
            Ok(Event::Text(_)) => {}
            Ok(Event::End(_) | Event::Eof) | Err(_) => return false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_alone_does_not_make_a_cobertura_report() {
        for head in [
            "<?xml version='1.0'?><!DOCTYPE coverage SYSTEM 'x' [<!ELEMENT coverage (a)>]><coverage line-rate='1'>",
            "<coverage version='1'><sources/>",
            "<c:coverage xmlns:c='urn:c' line-rate='1'>",
            "<coverage>\n<!-- c --><packages>",
        ] {
            assert!(looks_like(head), "{head}");
        }
        for head in [
            "<coverage generated='1' clover='3.2.0'><project>",
            "<coverage version='1'><file path='a'>",
            "<coverage profilerVersion='1.5.8'><module>",
            "<scoverage line-rate='1'><packages>",
            "<report><coverage line-rate='1'/></report>",
            "<coverage/>",
            "text about <coverage",
            "",
        ] {
            assert!(!looks_like(head), "{head}");
        }
    }
}
