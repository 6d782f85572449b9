//! Objects in packs: <https://git-scm.com/docs/gitformat-pack>.

use std::fs::File;
use std::io::{Read as _, Seek as _, SeekFrom};
use std::path::Path;

use flate2::read::ZlibDecoder;
use gix_hash::ObjectId;

use super::error::RepositoryError;
use super::names::Kind;
use super::objects::{Found, MOST_BYTES};
use super::{delta, small};

const MOST_INDEX: u64 = 1 << 30;
const MOST_PACKS: usize = 20_000;
/// Git makes chains of 50 deltas, and of 4095 at most.
const MOST_DELTAS: usize = 5000;
/// What the deltas of one object may take together.
const MOST_MEMORY: u64 = 64 << 20;
/// The signature and version of an index, and its table of first bytes.
const SIGNATURE: &[u8] = b"\xfftOc\0\0\0\x02";
const HEADER: usize = 8 + 256 * 4;

/// One pack and its index.
pub(super) struct Pack {
    index: Vec<u8>,
    count: usize,
    data: File,
}

/// Opens the packs in `folder`. One that vanished meanwhile was packed anew.
pub(super) fn open(folder: &Path, packs: &mut Vec<Pack>) -> Result<(), RepositoryError> {
    let Ok(entries) = folder.join("pack").read_dir() else { return Ok(()) };
    for entry in entries.filter_map(Result::ok) {
        let place = entry.path();
        let (is_index, pack) =
            (place.extension().is_some_and(|end| end == "idx"), place.with_extension("pack"));
        if !is_index || !pack.is_file() {
            continue;
        }
        if packs.len() == MOST_PACKS {
            return Err(RepositoryError::TooMuch("20000 packs"));
        }
        let Some(index) = small::bytes(&place, MOST_INDEX)? else { continue };
        let data = File::open(&pack).map_err(|error| RepositoryError::file(&pack, &error))?;
        let opened = Pack::new(index, data);
        packs.push(opened.ok_or_else(|| RepositoryError::file(&place, &"it is no index of version 2"))?);
    }
    Ok(())
}

/// How an object is kept.
enum Entry {
    Whole(Kind),
    /// Against the object at this place.
    Delta(u64),
}

impl Pack {
    fn new(index: Vec<u8>, data: File) -> Option<Self> {
        let is_known = index.starts_with(SIGNATURE);
        let pack = Self { count: 0, index, data };
        let count = pack.number(HEADER - 4)?;
        (is_known && pack.index.len() >= HEADER + count * 28 + 40).then_some(Self { count, ..pack })
    }

    fn number(&self, at: usize) -> Option<usize> {
        let bytes: [u8; 4] = self.index.get(at..at + 4)?.try_into().ok()?;
        usize::try_from(u32::from_be_bytes(bytes)).ok()
    }

    fn name(&self, number: usize) -> &[u8] {
        let at = HEADER + number * 20;
        self.index.get(at..at + 20).filter(|_| number < self.count).unwrap_or_default()
    }

    /// The first object whose name is not before `name`.
    fn first(&self, name: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low.midpoint(high);
            if self.name(middle) < name { low = middle + 1 } else { high = middle }
        }
        low
    }

    /// Where the object `id` begins in the pack.
    fn place(&self, id: &[u8]) -> Option<u64> {
        let number = self.first(id);
        let offsets = HEADER + self.count * 24;
        let offset = (self.name(number) == id).then(|| self.number(offsets + number * 4)).flatten()?;
        if offset < 1 << 31 {
            return Some(offset as u64);
        }
        let at = offsets + self.count * 4 + (offset - (1 << 31)) * 8;
        Some(u64::from_be_bytes(self.index.get(at..at + 8)?.try_into().ok()?))
    }

    /// The object `id`, if it is here.
    pub(super) fn find(&self, id: &ObjectId) -> Result<Option<Found>, RepositoryError> {
        let Some(place) = self.place(id.as_slice()) else { return Ok(None) };
        let found = self.read(place).map_err(|reason| RepositoryError::damaged(id, &reason))?;
        Ok(Some(found))
    }

    fn read(&self, mut place: u64) -> Result<Found, String> {
        let (mut deltas, mut sum) = (Vec::new(), 0);
        loop {
            let (entry, size, start) = self.entry(place)?;
            let kind = match entry {
                Entry::Delta(base) => {
                    sum += size;
                    if deltas.len() == MOST_DELTAS || sum > MOST_MEMORY {
                        return Err("its chain of deltas is too long".to_owned());
                    }
                    deltas.push(self.inflated(start, size)?);
                    place = base;
                    continue;
                }
                Entry::Whole(kind) => kind,
            };
            if size > MOST_BYTES {
                return Ok(Found { kind, data: None });
            }
            let mut data = Some(self.inflated(start, size)?);
            while let (Some(base), Some(delta)) = (&data, deltas.pop()) {
                data = delta::apply(base, &delta)?;
            }
            return Ok(Found { kind, data });
        }
    }

    /// What begins at `place`: how it is kept, its inflated size, and where it goes on.
    fn entry(&self, place: u64) -> Result<(Entry, u64, u64), String> {
        let mut bytes = Vec::new();
        let mut data = &self.data;
        data.seek(SeekFrom::Start(place)).map_err(|error| error.to_string())?;
        data.take(64).read_to_end(&mut bytes).map_err(|error| error.to_string())?;
        self.parsed(&bytes, place).ok_or_else(|| "its entry in the pack is damaged".to_owned())
    }

    fn parsed(&self, bytes: &[u8], place: u64) -> Option<(Entry, u64, u64)> {
        let mut rest = bytes.iter();
        let mut byte = *rest.next()?;
        let (kind, mut size, mut shift) = ((byte >> 4) & 7, u64::from(byte & 15), 4);
        while byte & 128 != 0 {
            byte = *rest.next()?;
            size |= u64::from(byte & 127).checked_shl(shift)?;
            shift += 7;
        }
        let entry = match kind {
            1 => Entry::Whole(Kind::Commit),
            2 => Entry::Whole(Kind::Tree),
            3 => Entry::Whole(Kind::Blob),
            4 => Entry::Whole(Kind::Tag),
            6 => {
                byte = *rest.next()?;
                let mut back = u64::from(byte & 127);
                while byte & 128 != 0 {
                    byte = *rest.next()?;
                    back = back.checked_add(1)?.checked_mul(128)? + u64::from(byte & 127);
                }
                Entry::Delta(place.checked_sub(back).filter(|_| back > 0)?)
            }
            7 => {
                let (id, behind) = rest.as_slice().split_at_checked(20)?;
                rest = behind.iter();
                Entry::Delta(self.place(id)?)
            }
            _ => return None,
        };
        let used = bytes.len() - rest.len();
        Some((entry, size, place + used as u64))
    }

    /// Exactly `size` bytes, inflated from `start` on.
    fn inflated(&self, start: u64, size: u64) -> Result<Vec<u8>, String> {
        let mut data = &self.data;
        data.seek(SeekFrom::Start(start)).map_err(|error| error.to_string())?;
        let mut bytes = Vec::new();
        let inflated = ZlibDecoder::new(data).take(size + 1).read_to_end(&mut bytes);
        inflated.map_err(|error| error.to_string())?;
        if bytes.len() as u64 != size {
            return Err(format!("it holds {} bytes, and {size} are announced", bytes.len()));
        }
        Ok(bytes)
    }

    /// Adds the objects whose names begin with `digits` to `found`, as far as `most` of them.
    pub(super) fn beginning_with(&self, digits: &str, found: &mut Vec<ObjectId>, most: usize) {
        let Ok(first) = ObjectId::from_hex(format!("{digits:0<40}").as_bytes()) else { return };
        for number in self.first(first.as_slice())..self.count {
            let Ok(id) = ObjectId::try_from(self.name(number)) else { return };
            if found.len() >= most || !id.to_string().starts_with(digits) {
                return;
            }
            found.push(id);
        }
    }
}
