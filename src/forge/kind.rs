//! Which forges there are, what they lack, and how one is recognised.

use std::fmt;

/// A forge by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// github.com and its servers for enterprises.
    GitHub,
    /// Gitea.
    Gitea,
    /// Forgejo, whose API is Gitea's.
    Forgejo,
}

/// What a forge may have besides commit statuses, comments and files; callers ask for it before they use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capability {
    /// Check runs, with annotations on files.
    CheckRuns,
    /// Artifacts of a run that a job can ask for.
    Artifacts,
    /// Runs of other workflows that a job can look into.
    OtherRuns,
    /// Apps that act for an organisation.
    Apps,
}

/// What the environment says about the forge.
#[derive(Clone, Copy, Debug)]
pub struct Signs<'a> {
    /// `GITHUB_API_URL`, or what it is by default.
    pub rest_url: &'a str,
    /// `GITEA_ACTIONS` is set; Forgejo's runner sets it, too.
    pub gitea: bool,
    /// `FORGEJO_ACTIONS` is set.
    pub forgejo: bool,
}

impl Kind {
    /// What it has.
    pub fn capabilities(self) -> &'static [Capability] {
        match self {
            Self::GitHub => {
                &[Capability::CheckRuns, Capability::Artifacts, Capability::OtherRuns, Capability::Apps]
            }
            Self::Gitea | Self::Forgejo => &[],
        }
    }

    /// The forge that the environment describes; `None` when its signs contradict each other, and the server has to be
    /// asked. Gitea's API is below `/api/v1`, GitHub's is at `api.github.com` or below `/api/v3`.
    pub fn recognise(signs: Signs<'_>) -> Option<Self> {
        let named = if signs.forgejo { Self::Forgejo } else { Self::Gitea };
        match (signs.rest_url.trim_end_matches('/').ends_with("/api/v1"), signs.gitea || signs.forgejo) {
            (true, _) => Some(named),
            (false, false) => Some(Self::GitHub),
            (false, true) => None,
        }
    }

    /// The forge behind the answer to `GET /version`, such as `1.24.2` or `11.0.1+gitea-1.22.0`.
    pub(in crate::forge) fn of_version(version: &str) -> Self {
        if version.contains("gitea") { Self::Forgejo } else { Self::Gitea }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::GitHub => "GitHub",
            Self::Gitea => "Gitea",
            Self::Forgejo => "Forgejo",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_forge_is_recognised_by_its_address_and_its_runner() {
        let of = |rest_url, gitea, forgejo| Kind::recognise(Signs { rest_url, gitea, forgejo });
        assert_eq!(of("https://api.github.com", false, false), Some(Kind::GitHub));
        assert_eq!(of("https://ghe.example/api/v3", false, false), Some(Kind::GitHub));
        assert_eq!(of("https://git.example/api/v1", true, false), Some(Kind::Gitea));
        assert_eq!(of("https://git.example/sub/api/v1/", false, false), Some(Kind::Gitea));
        assert_eq!(of("https://git.example/api/v1", true, true), Some(Kind::Forgejo));
        assert_eq!(of("https://git.example/proxied", true, false), None);
        assert_eq!(of("https://api.github.com", false, true), None);
    }

    #[test]
    fn forgejo_says_which_gitea_it_speaks_as() {
        assert_eq!(Kind::of_version("1.24.2"), Kind::Gitea);
        assert_eq!(Kind::of_version("11.0.1+gitea-1.22.0"), Kind::Forgejo);
    }
}
