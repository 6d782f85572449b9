//! Names that many records share are kept once.

use std::collections::HashSet;
use std::sync::Arc;

use crate::model::tests::CaseDetail;

/// A set of shared names.
#[derive(Debug, Default)]
pub(in crate::evidence) struct Names {
    known: HashSet<Arc<str>>,
    /// Neighbours mostly have the same name, which saves the look-up.
    last: Option<Arc<str>>,
    /// What the case before says about itself: its file, mostly, which the next case has, too.
    detail: Option<Arc<CaseDetail>>,
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

    /// What a case says about itself, if anything; kept once for neighbours that say the same.
    pub(super) fn detail(&mut self, detail: CaseDetail) -> Option<Arc<CaseDetail>> {
        if detail == CaseDetail::default() {
            return None;
        }
        if self.detail.as_deref() != Some(&detail) {
            self.detail = Some(Arc::new(detail));
        }
        self.detail.clone()
    }
}
