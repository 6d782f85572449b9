//! What lay beside the evidence and was not read as such; nothing is left out in silence.

/// Archives that are named; of more, the number is told.
const NAMED: usize = 3;

/// Files of the folders and zips that were looked through, which are not among the inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// Files that are no reports: sources, pictures, settings.
    pub unrelated: u64,
    /// Archives of a kind that is not opened; they may hold reports.
    pub unopened: u64,
    /// The first few of these archives, as shown to people.
    pub names: Vec<String>,
    /// The first few of the other files that are called like reports, as shown to people.
    pub alike: Vec<String>,
}

impl LeftOut {
    /// One file that is no report.
    pub fn unrelated() -> Self {
        Self { unrelated: 1, ..Self::default() }
    }

    /// One file that is no report, and is called as if it were one.
    pub fn alike(path: String) -> Self {
        Self { alike: vec![path], ..Self::unrelated() }
    }

    /// One archive that is not opened.
    pub fn unopened(path: String) -> Self {
        Self { unopened: 1, names: vec![path], ..Self::default() }
    }

    /// Adds what was left out elsewhere.
    pub fn add(&mut self, other: Self) {
        self.unrelated += other.unrelated;
        self.unopened += other.unopened;
        let fill = |names: &mut Vec<String>, other: Vec<String>| {
            let room = NAMED.saturating_sub(names.len());
            names.extend(other.into_iter().take(room));
        };
        fill(&mut self.names, other.names);
        fill(&mut self.alike, other.alike);
    }

    /// Whether every file was read.
    pub fn is_empty(&self) -> bool {
        self.unrelated == 0 && self.unopened == 0
    }

    /// "117 files are no reports, `junit.html.xml` among them". Not escaped.
    pub fn remark(&self) -> Option<String> {
        let names: Vec<String> = self.alike.iter().map(|name| format!("`{name}`")).collect();
        let names = names.join(", ");
        match (self.unrelated, names.as_str()) {
            (0, _) => None,
            (1, "") => Some("1 file is no report".to_owned()),
            (1, name) => Some(format!("1 file is no report: {name}")),
            (many, "") => Some(format!("{many} files are no reports")),
            (many, names) => Some(format!("{many} files are no reports, {names} among them")),
        }
    }

    /// Which archives may hold reports that nobody sees, and what to do about it. Not escaped.
    pub fn warning(&self) -> Option<String> {
        if self.unopened == 0 {
            return None;
        }
        let names: Vec<String> = self.names.iter().map(|name| format!("`{name}`")).collect();
        let more = match self.unopened.saturating_sub(names.len() as u64) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let (are, subject, object) = match self.unopened {
            1 => ("archive is", "it", "it"),
            _ => ("archives are", "they", "them"),
        };
        Some(format!(
            "{} {are} not opened, and {subject} may hold reports: {}{more}; unpack {object}, or pack {object} as zip",
            self.unopened,
            names.join(", ")
        ))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn archives_are_named_and_other_files_counted() {
        let mut all = LeftOut::default();
        assert_eq!((all.warning(), all.remark(), all.is_empty()), (None, None, true));
        for _ in 0..117 {
            all.add(LeftOut::unrelated());
        }
        for number in 0..5 {
            all.add(LeftOut::unopened(format!("{number}.tar")));
        }
        assert_eq!(all.remark().as_deref(), Some("117 files are no reports"));
        all.add(LeftOut::alike("junit.xml".into()));
        assert_eq!(all.remark().as_deref(), Some("118 files are no reports, `junit.xml` among them"));
        assert_eq!(
            all.warning().as_deref(),
            Some(
                "5 archives are not opened, and they may hold reports: `0.tar`, `1.tar`, `2.tar` and 2 more; unpack them, or pack them as zip"
            )
        );
    }
}
