//! Names that many records share are kept once.

use std::collections::HashSet;
use std::sync::Arc;

/// A set of shared names.
#[derive(Debug, Default)]
pub(in crate::evidence) struct Names {
    known: HashSet<Arc<str>>,
    /// Neighbours mostly have the same name, which saves the look-up.
    last: Option<Arc<str>>,
}

impl Names {
    /// The shared copy of `name`.
    pub(in crate::evidence) fn share(&mut self, name: &str) -> Arc<str> {
        if let Some(last) = self.last.as_ref().filter(|last| &***last == name) {
            return Arc::clone(last);
        }
        let shared = if let Some(known) = self.known.get(name) {
            Arc::clone(known)
        } else {
            let new: Arc<str> = Arc::from(name);
            self.known.insert(Arc::clone(&new));
            new
        };
        self.last = Some(Arc::clone(&shared));
        shared
    }
}
