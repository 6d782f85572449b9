//! Objects in packs: <https://git-scm.com/docs/gitformat-pack>.

use std::fmt::Display;
use std::path::Path;

use gix_hash::{Kind as Hash, ObjectId, Prefix, oid};
use gix_pack::data::decode::{entry as whole, header};
use gix_pack::{cache, data, index};
use gix_zlib::Inflate;

use super::error::RepositoryError;
use super::objects::{Found, MOST_BYTES};

/// What one object may take on its way: both sides of a delta and the deltas themselves.
const MOST_MEMORY: usize = 96 << 20;
const MOST_PACKS: usize = 20_000;

/// One pack and its index.
pub(super) struct Pack {
    index: index::File,
    data: data::File,
}

/// Opens the packs in `folder`. One that vanished meanwhile was packed anew.
pub(super) fn open(folder: &Path, packs: &mut Vec<Pack>) -> Result<(), RepositoryError> {
    let Ok(entries) = folder.join("pack").read_dir() else { return Ok(()) };
    for entry in entries.filter_map(Result::ok) {
        let place = entry.path();
        let (is_index, pack) =
            (place.extension().is_some_and(|end| end == "idx"), place.with_extension("pack"));
        if !is_index || !place.is_file() || !pack.is_file() {
            continue;
        }
        if packs.len() == MOST_PACKS {
            return Err(RepositoryError::TooMuch("20000 packs"));
        }
        let wrong = |error: &dyn Display| RepositoryError::file(&place, error);
        let index = index::File::at(&place, Hash::Sha1).map_err(|error| wrong(&error))?;
        let data = data::File::at(&pack, Hash::Sha1).map_err(|error| wrong(&error))?;
        packs.push(Pack { index, data: data.with_alloc_limit_bytes(Some(MOST_MEMORY)) });
    }
    Ok(())
}

impl Pack {
    /// The object `id`, if it is here.
    pub(super) fn find(&self, id: &ObjectId) -> Result<Option<Found>, RepositoryError> {
        let Some(number) = self.index.lookup(id) else { return Ok(None) };
        let wrong = |error: &dyn Display| RepositoryError::damaged(id, error);
        let entry = |number| self.data.entry(self.index.pack_offset_at_index(number));
        let base = |id: &oid| self.index.lookup(id).map(entry).transpose();
        let found = entry(number).map_err(|error| wrong(&error))?;
        let mut inflate = Inflate::default();
        let outline = self
            .data
            .decode_header(found.clone(), &mut inflate, &|id| Ok(base(id)?.map(header::ResolvedBase::InPack)))
            .map_err(|error| wrong(&error))?;
        if outline.object_size > MOST_BYTES {
            return Ok(Some(Found { kind: outline.kind, data: None }));
        }
        let mut data = Vec::new();
        let base = |id: &oid, _: &mut Vec<u8>| Ok(base(id)?.map(whole::ResolvedBase::InPack));
        let outcome = self
            .data
            .decode_entry(found, &mut data, &mut inflate, &base, &mut cache::Never)
            .map_err(|error| wrong(&error))?;
        Ok(Some(Found { kind: outcome.kind, data: Some(data) }))
    }

    /// Adds the objects whose names begin with `digits` to `found`, as far as `most` of them.
    pub(super) fn beginning_with(&self, digits: &str, found: &mut Vec<ObjectId>, most: usize) {
        let Ok(prefix) = Prefix::from_hex(digits) else { return };
        let mut range = 0..0;
        self.index.lookup_prefix(prefix, Some(&mut range));
        let room = most.saturating_sub(found.len());
        found.extend(range.take(room).map(|number| self.index.oid_at_index(number).to_owned()));
    }
}
