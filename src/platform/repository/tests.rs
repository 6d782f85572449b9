//! Repositories that the tests write themselves, object by object, and one that git packed.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::names::Kind;
use flate2::write::ZlibEncoder;
use gix_hash::ObjectId;
use tempfile::TempDir;

use super::objects::Objects;
use super::tree::Walk;
use super::{RepositoryError, names, since_base, since_revision};
use crate::model::commit::Sha;
use crate::model::diff::{Diff, FileChange};

/// Paths and contents.
type Files<'a> = &'a [(&'a str, &'a [u8])];

/// A checkout in a folder of its own.
struct Checkout {
    folder: TempDir,
    commits: i64,
}

impl Checkout {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let checkout = Self { folder, commits: 0 };
        checkout.write(".git/HEAD", b"ref: refs/heads/main\n");
        checkout
    }

    /// One with a commit of `files`, which are checked out and tracked.
    fn of(files: Files<'_>) -> (Self, ObjectId) {
        let mut checkout = Self::new();
        let commit = checkout.commit(files, &[]);
        checkout.track(files);
        for (path, content) in files {
            checkout.write(path, content);
        }
        checkout.branch("main", commit);
        (checkout, commit)
    }

    fn place(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn write(&self, path: &str, content: &[u8]) {
        let place = self.place(path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(place, content).unwrap();
    }

    fn remove(&self, path: &str) {
        fs::remove_file(self.place(path)).unwrap();
    }

    fn branch(&self, name: &str, id: ObjectId) {
        self.write(&format!(".git/refs/heads/{name}"), format!("{id}\n").as_bytes());
    }

    fn object(&self, kind: Kind, data: &[u8]) -> ObjectId {
        let id = names::name_of(kind, data);
        self.write(&loose(id), &deflated(kind, data));
        id
    }

    fn tree(&self, files: Files<'_>) -> ObjectId {
        let mut folders: BTreeMap<String, Vec<(&str, &[u8])>> = BTreeMap::new();
        let mut lines = Vec::new();
        for (path, content) in files {
            match path.split_once('/') {
                Some((folder, rest)) => folders.entry(folder.to_owned()).or_default().push((rest, content)),
                None => lines.push(((*path).to_owned(), "100644", self.object(Kind::Blob, content))),
            }
        }
        for (folder, files) in folders {
            lines.push((folder, "40000", self.tree(&files)));
        }
        let order = |(name, mode, _): &(String, &str, ObjectId)| {
            if *mode == "40000" { format!("{name}/") } else { name.clone() }
        };
        lines.sort_by_key(order);
        let entry = |(name, mode, id): &(String, &str, ObjectId)| {
            [format!("{mode} {name}\0").as_bytes(), id.as_slice()].concat()
        };
        self.object(Kind::Tree, &lines.iter().flat_map(entry).collect::<Vec<_>>())
    }

    fn commit(&mut self, files: Files<'_>, parents: &[ObjectId]) -> ObjectId {
        self.commits += 1;
        let parents = parents.iter().map(|id| format!("parent {id}\n")).collect::<Vec<_>>().concat();
        let person = format!("A <a@example.org> {} +0000", 1_750_000_000 + self.commits);
        let tree = self.tree(files);
        let text =
            format!("tree {tree}\n{parents}author {person}\ncommitter {person}\n\nparent of nothing\n");
        self.object(Kind::Commit, text.as_bytes())
    }

    /// Writes an index that never saw the files of the checkout.
    fn track(&self, files: Files<'_>) {
        let entries = files.iter().map(|(path, content)| (*path, names::name_of(Kind::Blob, content), 0, 0));
        self.write(".git/index", &index(&entries.collect::<Vec<_>>()));
    }

    fn since(&self, base: ObjectId) -> Result<Diff, RepositoryError> {
        since_base(self.folder.path(), &Sha(base.to_string()), &[]).map(Option::unwrap)
    }

    fn since_name(&self, name: &str) -> Result<Diff, RepositoryError> {
        since_revision(self.folder.path(), name, &[])
    }
}

fn loose(id: ObjectId) -> String {
    let id = id.to_string();
    let (first, rest) = id.split_at(2);
    format!(".git/objects/{first}/{rest}")
}

fn deflated(kind: Kind, data: &[u8]) -> Vec<u8> {
    let mut stream = ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    stream.write_all(&[format!("{kind} {}\0", data.len()).as_bytes(), data].concat()).unwrap();
    stream.finish().unwrap()
}

/// An index of version 2 with path, blob, seconds and size of each file.
fn index(files: &[(&str, ObjectId, u32, u32)]) -> Vec<u8> {
    let mut files = files.to_vec();
    files.sort_by_key(|(path, ..)| *path);
    let mut bytes =
        [b"DIRC", &2_u32.to_be_bytes()[..], &u32::try_from(files.len()).unwrap().to_be_bytes()].concat();
    for (path, id, seconds, size) in files {
        let start = bytes.len();
        for number in [0, 0, seconds, 0, 0, 0, 0o100_644, 0, 0, size] {
            bytes.extend(number.to_be_bytes());
        }
        bytes.extend(id.as_slice());
        bytes.extend(u16::try_from(path.len()).unwrap().to_be_bytes());
        bytes.extend(path.as_bytes());
        bytes.resize(start + (bytes.len() - start) / 8 * 8 + 8, 0);
    }
    bytes.extend([0; 20]);
    bytes
}

/// What a diff says, one line per file.
fn shown(diff: &Diff) -> Vec<String> {
    let line = |(path, change): (&String, &FileChange)| {
        let from = change.renamed_from.as_ref().map(|from| format!(" from {from}")).unwrap_or_default();
        let gone = if change.deleted { " deleted" } else { "" };
        format!("{path}{from}{gone} -{:?} +{:?}", change.removed, change.added)
    };
    diff.files.iter().map(line).collect()
}

fn numbered(lines: std::ops::Range<u32>) -> Vec<u8> {
    lines.flat_map(|line| format!("line {line} of it\n").into_bytes()).collect()
}

#[test]
fn files_are_changed_added_removed_and_renamed() {
    let (alike, kept) = (numbered(0..20), numbered(50..60));
    let (checkout, base) = Checkout::of(&[
        ("a.py", b"1\n2\n3\n"),
        ("same.py", b"x\n"),
        ("pkg/gone.py", b"1\n2\n"),
        ("pkg/kept.py", &kept),
        ("pkg/old.py", &alike),
        ("binary.dat", b"a\0b\n"),
        ("dos.py", b"1\r\n2\r\n"),
        ("end.py", b"1\n2"),
    ]);
    checkout.write("a.py", b"1\ntwo\n3\n4\n");
    checkout.remove("pkg/gone.py");
    checkout.remove("pkg/old.py");
    checkout.remove("pkg/kept.py");
    checkout.write("moved/kept.py", &kept);
    checkout.write("new.py", &numbered(1..21));
    checkout.write("added.py", b"x\ny");
    checkout.write("binary.dat", b"a\0c\n");
    checkout.write("dos.py", b"1\n2\n");
    checkout.write("end.py", b"1\n2\n");
    checkout.write("untracked.txt", b"1\n");
    checkout.track(&[
        ("a.py", b""),
        ("same.py", b""),
        ("pkg/gone.py", b""),
        ("moved/kept.py", b""),
        ("new.py", b""),
        ("added.py", b""),
        ("binary.dat", b""),
        ("dos.py", b""),
        ("end.py", b""),
    ]);
    assert_eq!(
        shown(&checkout.since(base).unwrap()),
        [
            "a.py -[2] +[2, 4]",
            "added.py -[] +[1, 2]",
            "binary.dat -[] +[]",
            "end.py -[2] +[2]",
            "moved/kept.py from pkg/kept.py -[] +[]",
            "new.py from pkg/old.py -[1] +[20]",
            "pkg/gone.py deleted -[1, 2] +[]",
        ]
    );
}

#[test]
fn new_files_count_once_coverage_knows_them_and_git_does_not_ignore_them() {
    let (checkout, base) = Checkout::of(&[(".gitignore", b"build/\n"), ("a.py", b"1\n")]);
    for path in ["new.py", "other.py", "build/made.py"] {
        checkout.write(path, b"1\n2\n");
    }
    let known = ["a.py", "new.py", "build/made.py", "nowhere.py", "../a.py", ".git/HEAD"];
    let diff = since_base(checkout.folder.path(), &Sha(base.to_string()), &known).unwrap().unwrap();
    assert_eq!(shown(&diff), ["new.py -[] +[1, 2]"]);
}

#[test]
fn a_part_of_a_checkout_sees_its_own_files_alone() {
    let (checkout, base) = Checkout::of(&[("api/a.py", b"1\n"), ("web/b.py", b"1\n"), ("webb/c.py", b"1\n")]);
    for path in ["api/a.py", "web/b.py", "webb/c.py", "web/new.py"] {
        checkout.write(path, b"2\n");
    }
    let diff = since_base(&checkout.place("web"), &Sha(base.to_string()), &["new.py"]).unwrap().unwrap();
    assert_eq!(shown(&diff), ["b.py -[1] +[1]", "new.py -[] +[1]"]);
}

#[test]
fn a_file_that_the_index_has_seen_is_not_opened() {
    let (checkout, base) = Checkout::of(&[("a.py", b"1\n"), ("b.py", b"1\n")]);
    let seen = |path: &str, seconds: u64| {
        checkout.write(path, b"2\n");
        let file = File::options().write(true).open(checkout.place(path)).unwrap();
        file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
    };
    seen("a.py", 1_750_000_000);
    seen("b.py", 1_750_000_000);
    let one = names::name_of(Kind::Blob, b"1\n");
    checkout.write(".git/index", &index(&[("a.py", one, 1_750_000_000, 2), ("b.py", one, 1_750_000_000, 3)]));
    assert_eq!(shown(&checkout.since(base).unwrap()), ["b.py -[1] +[1]"], "sizes tell them apart");
    let racy = SystemTime::UNIX_EPOCH + Duration::from_secs(1_750_000_000);
    File::options().write(true).open(checkout.place(".git/index")).unwrap().set_modified(racy).unwrap();
    assert_eq!(checkout.since(base).unwrap().files.len(), 2, "written at the time of the index");
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_names_need_not_be_text() {
    use std::os::unix::ffi::OsStrExt as _;
    let (checkout, base) = Checkout::of(&[("a.py", b"1\n"), ("b.py", b"1\n")]);
    checkout.remove("a.py");
    std::os::unix::fs::symlink("/dev/zero", checkout.place("a.py")).unwrap();
    checkout.remove("b.py");
    std::os::unix::fs::symlink("/dev/zero", checkout.place("b.py")).unwrap();
    let odd = std::ffi::OsStr::from_bytes(b"odd-\xff.py");
    fs::write(checkout.folder.path().join(odd), "1\n").unwrap();
    let blob = names::name_of(Kind::Blob, b"");
    let mut bytes = index(&[("a.py", blob, 0, 0), ("b.py", blob, 0, 0), ("odd-?.py", blob, 0, 0)]);
    let place = bytes.iter().position(|byte| *byte == b'?').unwrap();
    bytes[place] = 0xff;
    checkout.write(".git/index", &bytes);
    assert_eq!(
        shown(&checkout.since(base).unwrap()),
        ["a.py -[] +[]", "b.py -[] +[]", "odd-\u{fffd}.py -[] +[1]"]
    );
}

#[test]
fn a_path_of_the_index_cannot_leave_the_checkout() {
    let (checkout, base) = Checkout::of(&[]);
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("x"), "secret\n").unwrap();
    let blob = names::name_of(Kind::Blob, b"");
    let outside = outside.path().join("x").display().to_string();
    let files = ["../x", "a/../../x", ".git/HEAD", "//x", &outside].map(|path| (path, blob, 0, 0));
    checkout.write(".git/index", &index(&files));
    assert_eq!(checkout.since(base).unwrap(), Diff::default());
}

/// Two branches that were merged and went on: the merge base is neither the first commit nor the newest.
#[test]
fn the_merge_base_lies_behind_merges() {
    let mut checkout = Checkout::new();
    let first = checkout.commit(&[("a", b"0\n")], &[]);
    let left = checkout.commit(&[("a", b"1\n")], &[first]);
    let right = checkout.commit(&[("a", b"2\n")], &[first]);
    let merge = checkout.commit(&[("a", b"1\n2\n")], &[left, right]);
    let later = checkout.commit(&[("a", b"1\n2\n3\n")], &[merge]);
    let other = checkout.commit(&[("a", b"2\nx\n")], &[right]);
    checkout.track(&[("a", b"1\n2\n3\n")]);
    checkout.write("a", b"1\n2\n3\n");
    checkout.branch("main", later);
    for (name, id, expected) in [
        ("other", other, "a -[] +[1, 3]"),
        ("merge", merge, "a -[] +[3]"),
        ("left", left, "a -[] +[2, 3]"),
        ("first", first, "a -[1] +[1, 2, 3]"),
    ] {
        checkout.branch(name, id);
        assert_eq!(shown(&checkout.since_name(name).unwrap()), [expected], "{name}");
    }
    assert_eq!(shown(&checkout.since_name("HEAD~2").unwrap()), ["a -[] +[2, 3]"]);
    let alone = checkout.commit(&[], &[]);
    checkout.branch("alone", alone);
    assert_eq!(checkout.since_name("alone"), Err(RepositoryError::Unrelated("alone".into())));
}

#[test]
fn revisions_are_branches_remote_branches_tags_and_short_names() {
    let (checkout, base) = Checkout::of(&[("a", b"1\n")]);
    checkout.write("a", b"2\n");
    checkout.write(".git/refs/remotes/origin/dev", base.to_string().as_bytes());
    checkout.write(".git/refs/remotes/origin/HEAD", b"ref: refs/remotes/origin/dev\n");
    let tag = checkout.object(Kind::Tag, format!("object {base}\ntype commit\ntag v1\n\nOne\n").as_bytes());
    checkout.write(".git/packed-refs", format!("# pack-refs\n{tag} refs/tags/v1\n^{base}\n").as_bytes());
    let (full, short) = (base.to_string(), base.to_hex_with_len(7).to_string());
    for name in ["main", "HEAD", "refs/heads/main", "origin/dev", "origin", "v1", "tags/v1", &full, &short] {
        assert_eq!(shown(&checkout.since_name(name).unwrap()), ["a -[1] +[1]"], "{name}");
    }
    checkout.write(".git/refs/heads/round", b"ref: refs/heads/about\n");
    checkout.write(".git/refs/heads/about", b"ref: refs/heads/round\n");
    for name in ["round", "nowhere", "../../etc/passwd", "", "0123456789", "HEAD~1", "HEAD^2", "-x"] {
        assert_eq!(checkout.since_name(name), Err(RepositoryError::Unknown(name.into())), "{name}");
    }
}

#[test]
fn what_a_shallow_clone_lacks_is_told_from_what_nobody_has() {
    let mut checkout = Checkout::new();
    let old = checkout.commit(&[], &[]);
    let new = checkout.commit(&[("a", b"1\n")], &[old]);
    checkout.branch("main", new);
    checkout.remove(&loose(old));
    let missing = checkout.since(old).unwrap_err();
    assert_eq!(missing, RepositoryError::Unknown(old.to_string()));
    checkout.write(".git/shallow", format!("{new}\n").as_bytes());
    let shallow = checkout.since(old).unwrap_err();
    assert_eq!(shallow, RepositoryError::Shallow(old.to_string()));
    assert!(shallow.help().contains("--unshallow"));
    assert_eq!(checkout.since_name("HEAD~1"), Err(RepositoryError::Shallow("HEAD~1".into())));
    let alone = checkout.commit(&[], &[]);
    checkout.branch("alone", alone);
    assert_eq!(checkout.since_name("alone"), Err(RepositoryError::Cut("alone".into())));
}

#[test]
fn a_linked_worktree_has_files_of_its_own_and_shares_the_rest() {
    let (main, base) = Checkout::of(&[("a", b"1\n")]);
    let linked = tempfile::tempdir().unwrap();
    let own = main.place(".git/worktrees/linked");
    fs::create_dir_all(&own).unwrap();
    fs::write(own.join("HEAD"), "ref: refs/heads/main\n").unwrap();
    fs::write(own.join("commondir"), "../..\n").unwrap();
    fs::copy(main.place(".git/index"), own.join("index")).unwrap();
    fs::write(linked.path().join(".git"), format!("gitdir: {}\n", own.display())).unwrap();
    fs::write(linked.path().join("a"), "2\n").unwrap();
    let diff = since_revision(linked.path(), "main", &[]).unwrap();
    assert_eq!(shown(&diff), ["a -[1] +[1]"]);
    assert_eq!(since_base(linked.path(), &Sha(base.to_string()), &[]), Ok(Some(diff)));
    for hostile in ["gitdir: /dev", "gitdir: ", "nonsense", "gitdir: ../../../../etc"] {
        fs::write(linked.path().join(".git"), hostile).unwrap();
        let error = since_revision(linked.path(), "main", &[]).unwrap_err();
        assert!(matches!(error, RepositoryError::File { .. }), "{hostile}: {error}");
    }
}

#[test]
fn without_a_repository_there_is_nothing_to_say() {
    let folder = tempfile::tempdir().unwrap();
    let base = Sha("1".repeat(40));
    assert_eq!(since_base(folder.path(), &base, &[]), Ok(None));
    fs::create_dir(folder.path().join(".git")).unwrap();
    assert_eq!(since_base(folder.path(), &base, &[]), Ok(None), "an empty `.git` is none");
    let error = since_revision(folder.path(), "main", &[]).unwrap_err();
    assert!(matches!(&error, RepositoryError::NoRepository(_)), "{error}");
}

#[test]
fn formats_that_cannot_be_read_are_named() {
    let (checkout, base) = Checkout::of(&[("a", b"1\n")]);
    for (config, said) in [
        ("[core]\n\trepositoryformatversion = 1\n[extensions]\n\tobjectFormat = sha256\n", "`sha256`"),
        ("[core]\nrepositoryformatversion = 2\n", "version `2`"),
        ("[extensions]\nnewThing = true\n", "`newthing`"),
    ] {
        checkout.write(".git/config", config.as_bytes());
        let error = checkout.since(base).unwrap_err().to_string();
        assert!(error.contains(said), "{error}");
    }
    checkout
        .write(".git/config", b"[core]\nrepositoryformatversion = 1\n[extensions]\nrefStorage = reftable\n");
    assert!(checkout.since(base).is_ok(), "a commit is found without branches");
    assert!(checkout.since_name("main").unwrap_err().to_string().contains("reftable"));
}

#[test]
fn damaged_objects_are_said_and_their_neighbours_are_not_looked_at() {
    let (checkout, base) = Checkout::of(&[("a/b", b"1\n"), ("c", b"1\n2\n")]);
    checkout.write("c", b"3\n");
    let blob = names::name_of(Kind::Blob, b"1\n2\n");
    let other = deflated(Kind::Blob, b"another\n");
    let short = deflated(Kind::Blob, b"1\n2\n");
    let bomb = deflated(Kind::Blob, &vec![b'x'; 4 << 20]);
    let huge = [b"blob 18446744073709551615\0".as_slice(), b"x"].concat();
    let mut stream = ZlibEncoder::new(Vec::new(), flate2::Compression::fast());
    stream.write_all(&huge).unwrap();
    let huge = stream.finish().unwrap();
    for content in
        [&other[..], &short[..short.len() / 2], b"", b"\x78\x9c", &deflated(Kind::Tree, b"1\n2\n"), &bomb]
    {
        checkout.write(&loose(blob), content);
        let error = checkout.since(base).unwrap_err();
        let RepositoryError::Damaged { id, .. } = &error else { panic!("{error}") };
        assert_eq!(*id, blob.to_string());
    }
    checkout.write(&loose(blob), &huge);
    assert_eq!(shown(&checkout.since(base).unwrap()), ["c -[] +[]"], "too large to have lines");
    checkout.remove(&loose(blob));
    assert_eq!(checkout.since(base), Err(RepositoryError::Missing(blob.to_string())));
}

/// Folders whose number doubles with each level.
#[test]
fn a_tree_of_repeated_trees_ends() {
    let checkout = Checkout::new();
    let mut tree = checkout.object(Kind::Tree, b"");
    for _ in 0..64 {
        let entry = |name: &str| [format!("40000 {name}\0").as_bytes(), tree.as_slice()].concat();
        tree = checkout.object(Kind::Tree, &[entry("a"), entry("b")].concat());
    }
    let objects = Objects::open(checkout.place(".git/objects")).unwrap();
    let walk = Walk { objects: &objects, way: b"", is_known: &|_, _| false, most: 1000 };
    let mut seen = 0;
    assert!(matches!(walk.files(tree, &mut |_| seen += 1), Err(RepositoryError::TooMuch(_))));
    assert_eq!(seen, 0);
}

/// The checkout that git packed, with its files.
fn packed() -> Checkout {
    let checkout = Checkout { folder: tempfile::tempdir().unwrap(), commits: 0 };
    copy(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/repository/git-2.47.3-merged"),
        &checkout.place(".git"),
    );
    let shop: Vec<String> = (1..=60)
        .map(|n| {
            format!(
                "price_{n} = {}\n",
                if n == 1 {
                    2
                } else if n == 30 {
                    1
                } else {
                    n * n
                }
            )
        })
        .collect();
    checkout.write("src/shop.py", shop.concat().as_bytes());
    checkout.write("src/main.py", b"print(\"hello\")\n");
    checkout
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in from.read_dir().unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn what_git_packed_is_read() {
    let checkout = packed();
    let gone = format!("src/gone.py deleted -{:?} +[]", (1..=20).collect::<Vec<u32>>());
    for (name, expected) in [
        ("v1", vec![gone.as_str()]),
        ("main", vec![&gone]),
        ("topic", vec![]),
        ("side", vec![&gone, "src/shop.py -[1] +[1]"]),
        ("3ee0f8a", vec![&gone, "src/shop.py -[30] +[30]"]),
        ("HEAD~3", vec![&gone, "src/shop.py -[1, 30] +[1, 30]"]),
    ] {
        assert_eq!(shown(&checkout.since_name(name).unwrap()), expected, "{name}");
    }
}

#[test]
fn a_damaged_or_cut_pack_or_index_ends_in_an_error_or_the_right_change() {
    let checkout = packed();
    let right = checkout.since_name("HEAD~3").unwrap();
    let folder = checkout.place(".git/objects/pack");
    let places = folder.read_dir().unwrap().map(|entry| entry.unwrap().path());
    for place in places.chain([checkout.place(".git/index")]) {
        let whole = fs::read(&place).unwrap();
        let is_index = place.ends_with("index");
        for at in (0..whole.len()).step_by(7) {
            let mut changed = whole.clone();
            changed[at] ^= 1 << (at % 8);
            for bytes in [&changed[..], &whole[..at]] {
                // A new file, for the old one may be in memory still.
                fs::remove_file(&place).unwrap();
                fs::write(&place, bytes).unwrap();
                let found = checkout.since_name("HEAD~3");
                let holds = found.as_ref().is_err() || found.as_ref() == Ok(&right) || is_index;
                assert!(holds, "{} at {at}: {found:?}", place.display());
            }
        }
        fs::remove_file(&place).unwrap();
        fs::write(&place, &whole).unwrap();
    }
    assert_eq!(checkout.since_name("HEAD~3"), Ok(right));
}
