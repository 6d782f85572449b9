//! Extractors: one number out of one file that no reader knows.

use regex_automata::meta::Regex;
use regex_automata::util::syntax;

use crate::model::exact::Exact;
use crate::model::metric::{Better, Unit};

use super::Selection;

/// Steps of a path at most; each is a call of the walk.
const STEPS: usize = 32;
/// Memory that a compiled expression may take, in bytes.
const REGEX_SIZE: usize = 1 << 20;

/// Takes one number out of a file.
#[derive(Clone, Debug)]
pub struct Extractor {
    /// The measurement's name.
    pub name: String,
    /// In which files it is looked for.
    pub files: Selection,
    /// Where in the file.
    pub place: Expression,
    /// The base unit.
    pub unit: Unit,
    /// How many base units one of the file's units is.
    pub one: Exact,
    /// Which way is better.
    pub better: Option<Better>,
}

/// Where a number stands, and how that was written.
#[derive(Clone, Debug)]
pub struct Expression {
    /// As written.
    pub text: String,
    /// As understood.
    pub way: Way,
}

/// A way to a number.
#[derive(Clone, Debug)]
pub enum Way {
    /// Through a JSON document.
    Json(Vec<JsonStep>),
    /// Through an XML document.
    Xml(XmlPath),
    /// The first group of the match in a line of text, else the whole match.
    Line(Regex),
}

/// One step into a JSON value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JsonStep {
    /// `.key`, `['key']`.
    Key(String),
    /// `[3]`.
    Index(u64),
    /// `[*]`, `.*`: anything.
    Any,
}

/// A path from the root of an XML document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlPath {
    /// The elements, from the root on.
    pub elements: Vec<XmlStep>,
    /// The attribute of the last one; its text when absent.
    pub attribute: Option<String>,
}

/// One element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct XmlStep {
    /// Name without prefix; `None` for `*`.
    pub name: Option<String>,
    /// `[@key='value']`.
    pub attribute: Option<(String, String)>,
}

/// `$.assets[0]['size']`, `$.results[*].size`.
pub(super) fn json_path(text: &str) -> Option<Vec<JsonStep>> {
    let mut rest = text.trim().strip_prefix('$')?;
    let mut steps = Vec::new();
    while !rest.is_empty() {
        let step;
        (step, rest) = json_step(rest)?;
        steps.push(step);
    }
    (!steps.is_empty() && steps.len() <= STEPS).then_some(steps)
}

fn json_step(rest: &str) -> Option<(JsonStep, &str)> {
    if let Some(rest) = rest.strip_prefix('.') {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        let (key, rest) = rest.split_at_checked(end)?;
        let step = if key == "*" { JsonStep::Any } else { JsonStep::Key(key.to_owned()) };
        return (!key.is_empty()).then_some((step, rest));
    }
    let inner = rest.strip_prefix('[')?;
    if let Some(quote) = inner.chars().next().filter(|c| matches!(c, '\'' | '"')) {
        let (key, rest) = inner.strip_prefix(quote)?.split_once(quote)?;
        return Some((JsonStep::Key(key.to_owned()), rest.strip_prefix(']')?));
    }
    let (index, rest) = inner.split_once(']')?;
    let step = if index == "*" { JsonStep::Any } else { JsonStep::Index(index.parse().ok()?) };
    Some((step, rest))
}

/// `/report/suite[@name='unit']/@time`, `/a/b/text()`, `/a/b`.
pub(super) fn xml_path(text: &str) -> Option<XmlPath> {
    let mut rest = text.trim();
    let mut path = XmlPath { elements: Vec::new(), attribute: None };
    while !rest.is_empty() {
        rest = rest.strip_prefix('/')?;
        if let Some(attribute) = rest.strip_prefix('@') {
            path.attribute = Some(attribute.to_owned()).filter(|name| is_name(name));
            path.attribute.as_ref()?;
            break;
        }
        if rest == "text()" {
            break;
        }
        let step;
        (step, rest) = xml_step(rest)?;
        path.elements.push(step);
    }
    (!path.elements.is_empty() && path.elements.len() <= STEPS).then_some(path)
}

fn xml_step(rest: &str) -> Option<(XmlStep, &str)> {
    let end = rest.find(['/', '[']).unwrap_or(rest.len());
    let (name, mut rest) = rest.split_at_checked(end)?;
    let mut attribute = None;
    if let Some(predicate) = rest.strip_prefix("[@") {
        let (key, value) = predicate.split_once('=')?;
        let quote = value.chars().next().filter(|c| matches!(c, '\'' | '"'))?;
        let (value, behind) = value.strip_prefix(quote)?.split_once(quote)?;
        attribute = Some((key.trim().to_owned(), value.to_owned()));
        rest = behind.strip_prefix(']')?;
    }
    let name = match name {
        "*" => None,
        name if is_name(name) => Some(name.to_owned()),
        _ => return None,
    };
    Some((XmlStep { name, attribute }, rest))
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'))
}

/// A regular expression in the syntax of Rust's `regex`; the error says what is wrong with it.
pub(super) fn regex(text: &str) -> Result<Regex, String> {
    let config = Regex::config().nfa_size_limit(Some(REGEX_SIZE)).hybrid_cache_capacity(REGEX_SIZE);
    let built = Regex::builder().configure(config).syntax(syntax::Config::new().nest_limit(100)).build(text);
    built.map_err(|error| match error.size_limit() {
        Some(_) => format!("one whose program stays below {REGEX_SIZE} bytes"),
        None => format!("one that can be understood ({error})"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_paths_are_keys_indices_and_wildcards() {
        let key = |name: &str| JsonStep::Key(name.to_owned());
        let steps = json_path("$.assets[0]['a.b'].size[*]").unwrap();
        assert_eq!(steps, [key("assets"), JsonStep::Index(0), key("a.b"), key("size"), JsonStep::Any]);
        for wrong in ["", "$", "a.b", "$..a", "$.a[", "$.a[x]", "$.a[?(@.b)]", "$.a['b]", "$.a[-1]"] {
            assert_eq!(json_path(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn xml_paths_are_elements_with_one_attribute_each() {
        let path = xml_path("/report/*/suite[@name='a/b']/@time").unwrap();
        assert_eq!(path.elements.len(), 3);
        assert_eq!(path.elements[2].attribute, Some(("name".to_owned(), "a/b".to_owned())));
        assert_eq!(path.attribute.as_deref(), Some("time"));
        assert_eq!(xml_path("/a/text()"), xml_path("/a"));
        for wrong in ["", "/", "a", "//a", "/a[1]", "/@a", "/a/@", "/a[@b=c]", "/a/b("] {
            assert_eq!(xml_path(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn expressions_are_bounded() {
        assert!(regex(r"size: (\d+)").is_ok());
        assert!(regex("(").unwrap_err().contains("understood"));
        assert!(regex("(a{1000}){1000}").unwrap_err().contains("below"));
    }
}
