//! Names that many records share are kept once.

use std::collections::HashSet;
use std::sync::Arc;

use crate::model::tests::CaseDetail;

/// A set of shared names.
#[derive(Debug, Default)]
pub(in crate::evidence) struct Names {
    known: HashSet<Arc<str>>,
    /// The last names, the newest anywhere: neighbours mostly have the same class and file, which saves the look-up.
    recent: [Option<Arc<str>>; 4],
    next: usize,
    /// What the case before says about itself: its file, mostly, which the next case has, too.
    detail: Option<Arc<CaseDetail>>,
}

impl Names {
    /// The shared copy of `name`.
    pub(in crate::evidence) fn share(&mut self, name: &str) -> Arc<str> {
        if let Some(recent) = self.recent.iter().flatten().find(|recent| &***recent == name) {
            return Arc::clone(recent);
        }
        let shared = if let Some(known) = self.known.get(name) {
            Arc::clone(known)
        } else {
            let new: Arc<str> = Arc::from(name);
            self.known.insert(Arc::clone(&new));
            new
        };
        if let Some(oldest) = self.recent.get_mut(self.next) {
            *oldest = Some(Arc::clone(&shared));
        }
        self.next = (self.next + 1) % self.recent.len();
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
