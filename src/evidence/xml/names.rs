//! The open elements: their names, and the namespaces that they declare.

use super::fault::{Fault, MAX_DEPTH};

/// The stack of open elements.
#[derive(Debug, Default)]
pub(super) struct Names {
    /// All names, one behind the other up to `end`; behind it what stood there last.
    text: String,
    end: usize,
    starts: Vec<usize>,
    scopes: Vec<Scope>,
    /// Of the root element.
    root: Namespace,
}

/// A namespace declaration that holds from the element at `depth` on.
#[derive(Debug)]
struct Scope {
    depth: usize,
    prefix: String,
    uri: String,
}

/// What a prefix stands for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Namespace {
    #[default]
    None,
    Uri(String),
    Undeclared(String),
}

/// A name without its prefix.
#[inline]
pub(super) fn local(name: &str) -> &str {
    split(name).1
}

#[inline]
fn split(name: &str) -> (&str, &str) {
    // Names are short, and nearly none has a prefix.
    let colon = name.bytes().position(|byte| byte == b':');
    let split = colon.and_then(|at| name.split_at_checked(at));
    split.map_or(("", name), |(prefix, rest)| (prefix, rest.get(1..).unwrap_or_default()))
}

impl Names {
    #[inline]
    pub(super) fn depth(&self) -> usize {
        self.starts.len()
    }

    /// The innermost open element's full name.
    #[inline]
    pub(super) fn innermost(&self) -> Option<&str> {
        self.text.get(*self.starts.last()?..self.end)
    }

    /// Opens `name`.
    #[inline]
    pub(super) fn open(&mut self, name: &str) -> Result<(), Fault> {
        if self.starts.len() >= MAX_DEPTH {
            return Err(Fault::Depth);
        }
        self.starts.push(self.end);
        // An element often has the name of the one before it, which needs not to be copied again.
        if self.text.get(self.end..self.end + name.len()) != Some(name) {
            self.text.truncate(self.end);
            self.text.push_str(name);
        }
        self.end += name.len();
        Ok(())
    }

    /// Closes the innermost element, which has to be `name`.
    #[inline]
    pub(super) fn close(&mut self, name: &str) -> Result<(), Fault> {
        match self.innermost() {
            Some(open) if open == name => {
                self.pop();
                Ok(())
            }
            Some(open) => Err(Fault::Mismatched { open: shown(open), found: shown(name) }),
            None => Err(Fault::Unopened(shown(name))),
        }
    }

    /// Closes the innermost element.
    #[inline]
    pub(super) fn pop(&mut self) {
        if let Some(start) = self.starts.pop() {
            self.end = start;
        }
        let depth = self.starts.len();
        while self.scopes.last().is_some_and(|scope| scope.depth > depth) {
            self.scopes.pop();
        }
    }

    /// Notes `xmlns` or `xmlns:prefix` of the innermost element.
    pub(super) fn declare(&mut self, attribute: &str, uri: &str) {
        let prefix = match attribute.strip_prefix("xmlns") {
            Some("") => "",
            Some(rest) => match rest.strip_prefix(':') {
                Some(prefix) => prefix,
                None => return,
            },
            None => return,
        };
        self.scopes.push(Scope { depth: self.starts.len(), prefix: prefix.to_owned(), uri: uri.to_owned() });
    }

    /// Whether the innermost element is in another namespace than the root.
    #[inline]
    pub(super) fn is_foreign(&mut self, has_prefix: bool) -> bool {
        if !has_prefix && self.scopes.is_empty() && self.root == Namespace::None {
            return false;
        }
        self.is_elsewhere()
    }

    #[inline(never)]
    fn is_elsewhere(&mut self) -> bool {
        let namespace = self.resolve(split(self.innermost().unwrap_or_default()).0);
        if self.starts.len() == 1 {
            self.root = namespace;
            return false;
        }
        // A prefix that nobody declares belongs to nobody else: a `<x:failure>` is not passed over.
        namespace != self.root && !matches!(namespace, Namespace::Undeclared(_))
    }

    fn resolve(&self, prefix: &str) -> Namespace {
        match self.scopes.iter().rev().find(|scope| scope.prefix == prefix) {
            Some(scope) if scope.uri.is_empty() => Namespace::None,
            Some(scope) => Namespace::Uri(scope.uri.clone()),
            None if prefix.is_empty() => Namespace::None,
            None => Namespace::Undeclared(prefix.to_owned()),
        }
    }
}

/// A name as messages show it: never more than 60 characters.
pub(super) fn shown(name: &str) -> String {
    name.chars().take(60).collect()
}
