//! Where CI systems check repositories out, and where no repository ever is.

/// Checkout folders; `*` stands for one folder of any name.
const CHECKOUTS: [&str; 19] = [
    // GitHub-hosted runners, job containers, container actions.
    "/home/runner/work/*/*/",
    "/Users/runner/work/*/*/",
    "/__w/*/*/",
    "/github/workspace/",
    "C:/a/*/*/",
    "D:/a/*/*/",
    // Self-hosted runners.
    "/home/runner/actions-runner/_work/*/*/",
    "/opt/actions-runner/_work/*/*/",
    // GitLab, Azure Pipelines, CircleCI, Travis, Jenkins, Bitbucket, Drone.
    "/builds/*/*/",
    "/home/vsts/work/1/s/",
    "/home/circleci/project/",
    "/home/travis/build/*/*/",
    "/var/jenkins_home/workspace/*/",
    "/opt/atlassian/pipelines/agent/build/",
    "/drone/src/",
    // Where images usually put the sources.
    "/app/",
    "/usr/src/app/",
    "/workspace/",
    "/src/",
];

/// Folders of toolchains and of installed packages.
const FOREIGN_ROOTS: [&str; 11] = [
    "/usr/include/",
    "/usr/lib/",
    "/usr/local/include/",
    "/usr/local/lib/",
    "/nix/store/",
    "/rustc/",
    "/Library/",
    "/Applications/",
    "/opt/homebrew/",
    "C:/Program Files/",
    "C:/Program Files (x86)/",
];

/// Folders inside any path that hold what others wrote.
const FOREIGN_FOLDERS: [&str; 5] =
    ["/site-packages/", "/node_modules/", "/.cargo/registry/", "/go/pkg/mod/", "/vendor/bundle/"];

/// What follows the checkout folder in `path`, if it begins with one.
pub(super) fn below_checkout(path: &str) -> Option<&str> {
    CHECKOUTS.iter().find_map(|pattern| strip(path, pattern)).filter(|rest| !rest.is_empty())
}

/// Whether `path` is known to belong to no project: it says nothing about how well the paths match.
pub(super) fn is_foreign(path: &str) -> bool {
    FOREIGN_ROOTS.iter().any(|root| path.starts_with(root))
        || FOREIGN_FOLDERS.iter().any(|folder| path.contains(folder))
}

fn strip<'a>(path: &'a str, pattern: &str) -> Option<&'a str> {
    let mut rest = path;
    for (index, literal) in pattern.split('*').enumerate() {
        if index > 0 {
            let name = rest.find('/').filter(|end| *end > 0)?;
            rest = rest.get(name..)?;
        }
        rest = rest.strip_prefix(literal)?;
    }
    Some(rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checkout_folders_are_known() {
        for (path, below) in [
            ("/home/runner/work/shop/shop/src/a.rs", "src/a.rs"),
            ("/__w/shop/shop/a.rs", "a.rs"),
            ("/builds/acme/shop/src/a.rs", "src/a.rs"),
            ("D:/a/shop/shop/src/a.rs", "src/a.rs"),
            ("/github/workspace/src/a.rs", "src/a.rs"),
            ("/app/src/a.rs", "src/a.rs"),
        ] {
            assert_eq!(below_checkout(path), Some(below));
        }
        for path in ["src/a.rs", "/home/runner/work/shop", "/builds/acme/shop/", "/builds//x/a.rs"] {
            assert_eq!(below_checkout(path), None, "{path}");
        }
    }

    #[test]
    fn toolchains_and_packages_are_foreign() {
        for path in ["/usr/include/c++/12/vector", "/x/venv/lib/python3/site-packages/a.py", "/rustc/1/a.rs"]
        {
            assert!(is_foreign(path), "{path}");
        }
        assert!(!is_foreign("/home/runner/work/shop/shop/src/a.rs"));
    }
}
