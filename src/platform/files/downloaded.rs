//! What was downloaded: a zip is looked into where it lies, any other file is taken as it is.

use std::path::Path;

use super::archive;
use super::found::{Asked, Found, Place, can_be_evidence, not_read};
use crate::model::origin::Origin;

/// Most bytes that all downloads of a run may unpack to.
const MAX_UNPACKED: u64 = 8 << 30;

/// What may still be unpacked.
#[derive(Debug)]
pub struct Unpacking {
    left: u64,
}

impl Default for Unpacking {
    fn default() -> Self {
        Self { left: MAX_UNPACKED }
    }
}

/// What was downloaded.
#[derive(Clone, Copy, Debug)]
pub struct Download<'a> {
    /// Where it lies now.
    pub place: &'a Path,
    /// What its store calls it; shown, and never part of a path.
    pub name: &'a str,
    /// When it was made, as its store says.
    pub created: Option<jiff::Timestamp>,
    /// Whether it was named, or merely fits a glob.
    pub asked: Asked,
}

/// What a download holds. One that only a glob asked for is left out when it holds no report.
pub fn downloaded(download: &Download<'_>, unpacking: &mut Unpacking) -> Vec<Found> {
    let mut found = look_into(download, unpacking);
    for one in &mut found {
        let path = one.path.strip_prefix(download.name).and_then(|rest| rest.strip_prefix("!/"));
        let path = path.unwrap_or(download.name);
        one.origin = Some(Origin::of_artifact(download.name, download.created, path));
    }
    found
}

fn look_into(download: &Download<'_>, unpacking: &mut Unpacking) -> Vec<Found> {
    let Download { place, name, asked, .. } = *download;
    let bytes = place.metadata().map_or(0, |metadata| metadata.len());
    if !archive::is_zip(place) {
        let wanted = asked == Asked::ByName || can_be_evidence(name);
        let found = if wanted {
            Some(Found::file(name.to_owned(), bytes, place, asked))
        } else {
            Found::left_out(name.to_owned(), not_read(name))
        };
        return found.into_iter().collect();
    }
    let found = match asked {
        Asked::ByName => archive::entries(place, name, bytes),
        Asked::AlongWith => archive::entries_if_any(place, name, bytes),
    };
    let unpacked = found.iter().map(unpacked).fold(0, u64::saturating_add);
    match unpacking.left.checked_sub(unpacked) {
        Some(left) => {
            unpacking.left = left;
            found
        }
        None => vec![Found::refused(
            name.to_owned(),
            bytes,
            format!("all downloads together unpack to more than {MAX_UNPACKED} bytes; name fewer of them"),
        )],
    }
}

fn unpacked(found: &Found) -> u64 {
    match &found.place {
        Place::Entry(_, entry) => entry.unpacked,
        Place::File(_) | Place::Refused(_) | Place::LeftOut(_) => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::super::fresh::Fresh;
    use super::*;

    /// A file with `content`, downloaded as `name`: the paths that are read.
    fn seen(name: &str, asked: Asked, content: &[u8]) -> Vec<String> {
        let folder = Fresh::below(None).unwrap();
        let mut landing = folder.landing(0).unwrap();
        landing.append(b"half of it").unwrap();
        landing.restart().unwrap();
        landing.append(content).unwrap();
        let place = landing.close();
        let found =
            downloaded(&Download { place: &place, name, created: None, asked }, &mut Unpacking::default());
        let is_read = |found: &Found| !matches!(found.place, Place::LeftOut(_));
        found.into_iter().filter(is_read).map(|found| found.path).collect()
    }

    fn zip(names: &[&str]) -> Vec<u8> {
        use std::io::Write as _;
        let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for name in names {
            zip.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            zip.write_all(b"x").unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    #[test]
    fn zips_are_looked_into_and_other_files_are_taken() {
        assert_eq!(seen("junit.xml", Asked::AlongWith, b"<testsuites/>"), ["junit.xml"]);
        assert_eq!(seen("app.exe", Asked::AlongWith, b"MZ"), [""; 0]);
        assert_eq!(seen("app.exe", Asked::ByName, b"MZ"), ["app.exe"]);
        let traversal = zip(&["../../etc/a.xml", "/b.xml", "c.png"]);
        assert_eq!(
            seen("reports", Asked::AlongWith, &traversal),
            ["reports!/../../etc/a.xml", "reports!//b.xml"]
        );
        assert_eq!(seen("dist", Asked::AlongWith, &zip(&["app.exe"])), [""; 0]);
        assert_eq!(seen("dist", Asked::ByName, &zip(&["app.exe"])), ["dist"]);
    }

    #[test]
    fn the_artifact_is_the_cell_and_its_time_the_try() {
        let folder = Fresh::below(None).unwrap();
        let mut landing = folder.landing(0).unwrap();
        landing.append(&zip(&["out/a.xml"])).unwrap();
        let (place, created) = (landing.close(), "2026-01-02T03:04:05Z".parse().ok());
        let download = Download { place: &place, name: "junit-py3.12", created, asked: Asked::ByName };
        let found = downloaded(&download, &mut Unpacking::default());
        let origin = found.into_iter().next().unwrap().origin.unwrap();
        assert_eq!((origin.cell.as_str(), origin.created), ("junit-py3.12/out", created));
    }

    #[test]
    fn nothing_is_left_of_a_fresh_folder() {
        let folder = Fresh::below(None).unwrap();
        let place = folder.landing(0).unwrap().close();
        assert!(place.is_file() && folder.landing(0).is_err());
        drop(folder);
        assert!(!place.exists());
    }

    #[test]
    fn all_downloads_share_one_bound() {
        let folder = Fresh::below(None).unwrap();
        let mut landing = folder.landing(0).unwrap();
        landing.append(&zip(&["a.xml", "b.xml"])).unwrap();
        let place = landing.close();
        let download = Download { place: &place, name: "r", created: None, asked: Asked::ByName };
        let mut unpacking = Unpacking { left: 3 };
        let mut count = || downloaded(&download, &mut unpacking).len();
        assert_eq!((count(), count()), (2, 1), "two entries, then one refusal");
    }
}
