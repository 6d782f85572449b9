//! Where CI systems check repositories out, and where no repository ever is.

/// Checkout folders; `*` stands for one folder of any name.
const CHECKOUTS: [&str; 47] = [
    // GitHub-hosted runners, job containers, container actions.
    "/home/runner/work/*/*/",
    "/Users/runner/work/*/*/",
    "/__w/*/*/",
    "/github/workspace/",
    "C:/a/*/*/",
    "D:/a/*/*/",
    // The same as Git Bash, Cygwin and WSL spell them.
    "/d/a/*/*/",
    "/cygdrive/d/a/*/*/",
    "/mnt/d/a/*/*/",
    // Self-hosted runners.
    "/home/runner/_work/*/*/",
    "/home/*/actions-runner/_work/*/*/",
    "/opt/actions-runner/_work/*/*/",
    "/runner/_work/*/*/",
    "C:/actions-runner/_work/*/*/",
    // GitLab, with subgroups, and its runner with a shell.
    "/builds/*/*/",
    "/builds/*/*/*/",
    "/builds/*/*/*/*/",
    "/home/gitlab-runner/builds/*/*/*/*/",
    "C:/GitLab-Runner/builds/*/*/*/*/",
    // Azure Pipelines.
    "/home/vsts/work/*/s/",
    "/agent/_work/*/s/",
    // CircleCI, Travis, Jenkins, AppVeyor, Bitbucket, Drone, Buildkite, Cirrus, Semaphore, Codemagic, Xcode Cloud.
    "/home/circleci/project/",
    "/home/circleci/repo/",
    "/root/project/",
    "/Users/distiller/project/",
    "/home/travis/build/*/*/",
    "/var/jenkins_home/workspace/*/",
    "/var/lib/jenkins/workspace/*/",
    "/home/jenkins/workspace/*/",
    "/home/jenkins/agent/workspace/*/",
    "C:/projects/*/",
    "/opt/atlassian/pipelines/agent/build/",
    "/drone/src/",
    "/var/lib/buildkite-agent/builds/*/*/*/",
    "/tmp/cirrus-ci-build/",
    "/home/semaphore/*/",
    "/Users/builder/clone/",
    "/Volumes/workspace/repository/",
    // Deterministic .NET builds.
    "/_/",
    // Where images usually put the sources.
    "/app/",
    "/usr/src/app/",
    "/workspace/",
    "/src/",
    "/code/",
    "/repo/",
    "/var/www/html/",
    "/go/src/*/*/*/",
];

/// What stands before the checkout inside a path: Bazel runs everything in a tree of links.
const EXECUTION_ROOT: &str = "/execroot/";

/// Folders of toolchains and of installed packages.
const FOREIGN_ROOTS: [&str; 18] = [
    "/usr/include/",
    "/usr/lib/",
    "/usr/lib64/",
    "/usr/share/",
    "/usr/local/include/",
    "/usr/local/lib/",
    "/usr/local/go/",
    "/usr/local/Cellar/",
    "/nix/store/",
    "/rustc/",
    "/Library/",
    "/Applications/",
    "/opt/homebrew/",
    "/opt/hostedtoolcache/",
    "/home/linuxbrew/",
    "C:/Program Files/",
    "C:/Program Files (x86)/",
    "C:/hostedtoolcache/",
];

/// Folders inside any path that hold what others wrote.
const FOREIGN_FOLDERS: [&str; 20] = [
    "/node_modules/",
    "/.cargo/registry/",
    "/.cargo/git/checkouts/",
    "/.rustup/toolchains/",
    "/lib/rustlib/src/",
    "/go/pkg/mod/",
    "/vendor/bundle/",
    "/lib/ruby/gems/",
    "/.gradle/caches/",
    "/.m2/repository/",
    "/.nuget/packages/",
    "/.pub-cache/",
    "/.conan/data/",
    "/.conan2/",
    "/vcpkg_installed/",
    "/_deps/",
    "/Pods/",
    "/.build/checkouts/",
    "/SourcePackages/checkouts/",
    "/bower_components/",
];

/// Folders that hold installed packages, and the project's own one among them: `tox` tests what it installed.
const PACKAGES: [&str; 2] = ["/site-packages/", "/dist-packages/"];

/// What may follow the checkout folder in `path`, likeliest first: one folder may be a project or a group of them.
pub(super) fn below_checkout(path: &str) -> impl Iterator<Item = &str> {
    let known = CHECKOUTS.iter().filter_map(move |pattern| strip(path, pattern));
    let executed = path.rsplit_once(EXECUTION_ROOT).and_then(|(_, rest)| rest.split_once('/'));
    known.chain(executed.map(|(_, rest)| rest)).filter(|rest| !rest.is_empty())
}

/// Whether `path` is known to belong to no project: it says nothing about how well the paths match.
pub(super) fn is_foreign(path: &str) -> bool {
    let holds =
        |folder: &&str| path.contains(*folder) || folder.get(1..).is_some_and(|f| path.starts_with(f));
    FOREIGN_ROOTS.iter().any(|root| path.starts_with(root))
        || FOREIGN_FOLDERS.iter().any(holds)
        || installed(path).is_some()
}

/// The path of an installed file below the folder of all packages.
pub(super) fn installed(path: &str) -> Option<&str> {
    PACKAGES.iter().find_map(|folder| path.rsplit_once(folder)).map(|(_, rest)| rest)
}

/// The drive's letter may be written small.
fn strip<'a>(path: &'a str, pattern: &str) -> Option<&'a str> {
    let mut rest = path;
    for (index, literal) in pattern.split('*').enumerate() {
        if index > 0 {
            let name = rest.find('/').filter(|end| *end > 0)?;
            rest = rest.get(name..)?;
        }
        let drive = usize::from(index == 0 && literal.get(1..2) == Some(":"));
        let (start, begun) = (rest.get(..drive)?, literal.get(..drive)?);
        if !start.eq_ignore_ascii_case(begun) {
            return None;
        }
        rest = rest.get(drive..)?.strip_prefix(literal.get(drive..)?)?;
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
            ("d:/a/shop/shop/src/a.rs", "src/a.rs"),
            ("/home/vsts/work/1/s/src/a.rs", "src/a.rs"),
            ("/home/circleci/project/a.rs", "a.rs"),
            ("/home/travis/build/acme/shop/src/a.rs", "src/a.rs"),
            ("/root/.cache/bazel/_bazel_root/0a1b/execroot/_main/src/a.c", "src/a.c"),
        ] {
            assert_eq!(below_checkout(path).next(), Some(below));
        }
        let below: Vec<_> = below_checkout("/builds/acme/team/shop/src/a.rs").collect();
        assert_eq!(below, ["shop/src/a.rs", "src/a.rs", "a.rs"]);
        for path in ["src/a.rs", "/home/runner/work/shop", "/builds/acme/shop/", "/builds//x/a.rs"] {
            assert_eq!(below_checkout(path).next(), None, "{path}");
        }
    }

    #[test]
    fn toolchains_and_packages_are_foreign() {
        for path in [
            "/usr/include/c++/12/vector",
            "/x/venv/lib/python3/site-packages/a.py",
            "/rustc/1/a.rs",
            "node_modules/p/a.js",
            "/home/runner/work/m/m/build/_deps/googletest-src/a.cc",
            "/root/.cargo/registry/src/index.crates.io-1/serde-1.0/src/lib.rs",
        ] {
            assert!(is_foreign(path), "{path}");
        }
        assert!(!is_foreign("/home/runner/work/shop/shop/src/a.rs"));
    }
}
