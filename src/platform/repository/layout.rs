//! Where a repository keeps its parts: <https://git-scm.com/docs/gitrepository-layout>.

use std::path::{Path, PathBuf};

use super::error::RepositoryError;
use super::small;

const MOST_POINTER: u64 = 16 << 10;
const MOST_CONFIG: u64 = 4 << 20;
/// Extensions that change nothing about how objects, names and the index are read.
const HARMLESS: &[&str] = &[
    "noop",
    "partialclone",
    "preciousobjects",
    "worktreeconfig",
    "relativeworktrees",
    "objectformat",
    "refstorage",
];

/// The folders of a checkout.
#[derive(Debug)]
pub(super) struct Layout {
    /// Of the files.
    pub(super) root: PathBuf,
    /// Of `HEAD` and `index`; a linked worktree has its own.
    pub(super) own: PathBuf,
    /// Of objects and branches.
    pub(super) common: PathBuf,
    /// The way from the root to the folder that was asked for: empty, or ending in `/`.
    pub(super) way: Vec<u8>,
    /// Branches and tags are in a form of their own.
    pub(super) has_reftable: bool,
}

impl Layout {
    /// That of the checkout around `folder`; nothing when there is none.
    pub(super) fn around(folder: &Path) -> Result<Option<Self>, RepositoryError> {
        let real = folder.canonicalize().map_err(|error| RepositoryError::file(folder, &error))?;
        for root in real.ancestors() {
            let Some(own) = repository_of(root)? else { continue };
            let common = match small::text(&own.join("commondir"), MOST_POINTER)? {
                Some(text) => own.join(text.trim_end_matches(['\n', '\r'])),
                None => own.clone(),
            };
            let way = real.strip_prefix(root).unwrap_or(Path::new("")).iter();
            let way = way.flat_map(|part| [part.as_encoded_bytes(), b"/"].concat()).collect();
            let has_reftable = read_settings(&common.join("config"))?;
            return Ok(Some(Self { root: root.to_path_buf(), own, common, way, has_reftable }));
        }
        Ok(None)
    }
}

/// The repository of the checkout whose root `folder` is, if it is one.
fn repository_of(folder: &Path) -> Result<Option<PathBuf>, RepositoryError> {
    let place = folder.join(".git");
    if place.is_dir() {
        return Ok(place.join("HEAD").exists().then_some(place));
    }
    let Some(text) = small::text(&place, MOST_POINTER)? else { return Ok(None) };
    let target = text.strip_prefix("gitdir:").map(|target| target.trim_matches([' ', '\n', '\r']));
    let own = target.filter(|target| !target.is_empty()).map(|target| folder.join(target));
    match own.filter(|own| own.join("HEAD").exists()) {
        Some(own) => Ok(Some(own)),
        None => Err(RepositoryError::file(&place, &"it does not name a repository that is there")),
    }
}

/// Refuses what cannot be read, and says whether branches are in a `reftable`.
fn read_settings(config: &Path) -> Result<bool, RepositoryError> {
    let text = small::text(config, MOST_CONFIG)?.unwrap_or_default();
    let (mut section, mut has_reftable) = (String::new(), false);
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[') {
            section = name.split(']').next().unwrap_or_default().to_ascii_lowercase();
            continue;
        }
        let (name, value) = line.split_once('=').unwrap_or((line, "true"));
        let (name, value) =
            (name.trim().to_ascii_lowercase(), value.trim().trim_matches('"').to_ascii_lowercase());
        let wrong = match (section.as_str(), name.as_str()) {
            ("core", "repositoryformatversion") if !matches!(&*value, "0" | "1") => {
                Some(format!("the format version `{value}`"))
            }
            ("extensions", "objectformat") if value != "sha1" => {
                Some(format!("object names of the kind `{value}`"))
            }
            ("extensions", "refstorage") => {
                has_reftable = value != "files";
                None
            }
            ("extensions", other) if is_name(other) && !HARMLESS.contains(&other) => {
                Some(format!("the extension `{other}`"))
            }
            _ => None,
        };
        if let Some(wrong) = wrong {
            return Err(RepositoryError::Format(wrong));
        }
    }
    Ok(has_reftable)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}
