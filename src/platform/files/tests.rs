use std::io::{Read, Write};
use std::path::Path;

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::found::Place;
use super::{Found, find, overview, read_all, read_marked_text, read_text, tree, write_atomic};
use crate::model::input::{Input, InputState, Problem};
use crate::model::origin::Origin;

/// A folder with these files.
fn folder(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for file in files {
        write_atomic(&folder.path().join(file), file.as_bytes()).unwrap();
    }
    folder
}

fn zipped(path: &Path, entries: &[(&str, &[u8])]) {
    let mut zip = ZipWriter::new(std::fs::File::create(path).unwrap());
    for (name, content) in entries {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap();
}

fn found(workdir: &Path, patterns: &[&str], exclude: &[&str]) -> Vec<Found> {
    let owned = |all: &[&str]| all.iter().map(ToString::to_string).collect::<Vec<_>>();
    find(workdir, &owned(patterns), &owned(exclude)).unwrap()
}

fn paths(workdir: &Path, patterns: &[&str], exclude: &[&str]) -> Vec<String> {
    let is_read = |found: &Found| !matches!(found.place, Place::LeftOut(_));
    found(workdir, patterns, exclude).into_iter().filter(is_read).map(|found| found.path).collect()
}

/// Measured when the content begins with `<`, else unrecognised; the content stands in the problem.
fn read(path: String, bytes: u64, mut reader: Box<dyn Read + Send>) -> Input {
    let mut content = String::new();
    let (state, problem) = match reader.read_to_string(&mut content) {
        Ok(_) if content.starts_with('<') => (InputState::Measured, content),
        Ok(_) => (InputState::Unrecognised, content),
        Err(error) => (InputState::Invalid, error.to_string()),
    };
    Input {
        path,
        origin: Origin::default(),
        bytes,
        format: None,
        kind: None,
        state,
        content: None,
        coverage: None,
        problems: vec![Problem::error(problem)],
    }
}

fn said(workdir: &Path, patterns: &[&str]) -> Vec<String> {
    let all = read_all(found(workdir, patterns, &[]), read);
    all.read.into_iter().map(|input| format!("{}: {}", input.path, input.problems[0].message)).collect()
}

#[test]
fn what_is_left_out_is_counted_and_archives_are_named() {
    let folder = folder(&["r/a.rs", "r/package.json", "r/old.tar", "r/more.tar.gz", "r/sub/x.PNG"]);
    zipped(&folder.path().join("r/z.zip"), &[("b.xml", b"<b/>"), ("c.rs", b"fn"), ("d.rar", b"Rar!")]);
    write_atomic(&folder.path().join("r/a.xml"), b"<a/>").unwrap();
    let all = read_all(found(folder.path(), &["r"], &[]), read);
    assert_eq!(all.read.len(), 2);
    let mut names = all.left_out.names.clone();
    names.sort();
    assert_eq!((all.left_out.unrelated, all.left_out.unopened), (4, 3));
    assert_eq!(names, ["r/more.tar.gz", "r/old.tar", "r/z.zip!/d.rar"]);
}

#[test]
fn files_folders_and_globs_are_found_once_and_in_order() {
    let folder = folder(&["b/2.xml", "b/1.xml", "b/x.png", "a.xml", "node_modules/m/c.xml", "b/c/3.json"]);
    let all = paths(folder.path(), &["b", "./b/1.xml", "**/*.xml"], &["**/node_modules/**"]);
    assert_eq!(all, ["a.xml", "b/1.xml", "b/2.xml", "b/c/3.json"]);
    assert_eq!(paths(folder.path(), &["*.xml"], &[]), ["a.xml"]);
    assert_eq!(paths(folder.path(), &["b/**/*.json", "none/*.xml"], &[]), ["b/c/3.json"]);
}

#[test]
fn a_named_file_that_is_not_there_is_an_error_that_names_it() {
    let folder = folder(&[]);
    let error = find(folder.path(), &["junit.xml".to_owned()], &[]).unwrap_err().to_string();
    assert!(error.starts_with("`junit.xml` does not exist; give a file"), "{error}");
    let error = find(folder.path(), &["a[".to_owned()], &[]).unwrap_err().to_string();
    assert!(error.starts_with("`a[` is no glob"), "{error}");
}

#[test]
fn what_lies_beside_reports_is_left_out_and_what_is_named_is_not() {
    let folder = folder(&["r/package.json", "r/a.xml"]);
    write_atomic(&folder.path().join("r/a.xml"), b"<a/>").unwrap();
    assert_eq!(said(folder.path(), &["r"]), ["r/a.xml: <a/>"]);
    assert_eq!(said(folder.path(), &["r/package.json"]), ["r/package.json: r/package.json"]);
}

#[test]
fn entries_of_a_zip_are_read_where_they_lie() {
    let folder = folder(&[]);
    let entries: [(&str, &[u8]); 4] =
        [("r/b.xml", b"<b/>"), ("../../a.xml", b"<a/>"), ("x.png", b"<png"), ("inner.zip", b"PK")];
    zipped(&folder.path().join("r.zip"), &entries);
    assert_eq!(
        said(folder.path(), &["r.zip"]),
        [
            "r.zip!/../../a.xml: <a/>",
            "r.zip!/inner.zip: a zip inside a zip is not opened; unpack it first",
            "r.zip!/r/b.xml: <b/>"
        ]
    );
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_damaged_zip_and_one_without_reports_say_so() {
    let folder = folder(&[]);
    zipped(&folder.path().join("none.zip"), &[("x.png", b"<png")]);
    zipped(&folder.path().join("bad.zip"), &[("x.xml", b"<not really short content/>")]);
    let mut bytes = super::read_bytes(&folder.path().join("bad.zip")).unwrap();
    bytes[36] ^= 0x55;
    write_atomic(&folder.path().join("bad.zip"), &bytes).unwrap();
    write_atomic(&folder.path().join("cut.zip"), &bytes[..60]).unwrap();
    let all = said(folder.path(), &["*.zip"]);
    assert!(all[0].starts_with("bad.zip!/x.xml: "), "{all:?}");
    assert!(all[1].starts_with("cut.zip: the zip cannot be read"), "{all:?}");
    assert_eq!(all[2], "none.zip: the zip holds 1 files, and none of them can be a report");
}

#[cfg(unix)]
#[test]
fn a_link_that_leaves_the_working_directory_is_refused() {
    let outside = folder(&["secret.xml"]);
    let inside = folder(&["real.xml"]);
    std::os::unix::fs::symlink(outside.path().join("secret.xml"), inside.path().join("a.xml")).unwrap();
    std::os::unix::fs::symlink(inside.path().join("real.xml"), inside.path().join("b.xml")).unwrap();
    let all = said(inside.path(), &["*.xml"]);
    assert_eq!(
        all,
        [
            "a.xml: a link that leaves the working directory; not followed",
            "b.xml: real.xml",
            "real.xml: real.xml"
        ]
    );
}

#[test]
fn the_tree_is_what_git_would_track() {
    let folder = folder(&["src/a.rs", ".github/x.yml", ".git/config", "target/b.rs", "c.rs"]);
    write_atomic(&folder.path().join(".gitignore"), b"target/\n").unwrap();
    assert_eq!(tree(folder.path()), [".github/x.yml", ".gitignore", "c.rs", "src/a.rs"]);
    assert_eq!(overview(folder.path()), "4 files there, among them 2 `.rs`, 1 `.gitignore`, 1 `.yml`");
}

#[test]
fn a_written_file_replaces_the_old_one_and_leaves_no_draft() {
    let folder = folder(&["out/report.json"]);
    let path = folder.path().join("out/report.json");
    write_atomic(&path, b"\xEF\xBB\xBFnew \xFF").unwrap();
    assert_eq!(read_text(&path).unwrap(), "new \u{fffd}");
    write_atomic(&path, b"\xFF\xFE+\0\xE9\0").unwrap();
    assert_eq!(read_marked_text(&path).unwrap(), "+é", "as PowerShell redirects");
    assert_eq!(std::fs::read_dir(folder.path().join("out")).unwrap().count(), 1);
}
