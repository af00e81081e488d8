//! A zip archive, tried before anything else may read it: how many parts, each name once, and what they really inflate to.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Cursor, Read};

use quick_xml::events::Event;
use zip::ZipArchive;
use zip::read::ZipFile;

use super::cells::too_large;
use super::{damaged, xml};
use crate::error::{Problem, visible};

const MAX_ENTRIES: usize = 20_000;
const MAX_INFLATED: u64 = 256 << 20;
/// Parts up to this size may shrink as far as they like: blank styles and relations do.
const RATIO_GRACE: u64 = 4 << 20;
const MAX_RATIO: u64 = 200;
/// calamine reserves room for as many shared strings as the part claims.
const MAX_SHARED_STRINGS: u64 = 5_000_000;
/// Never read by us or calamine, so not inflated either.
const MEDIA: [&str; 14] =
    ["png", "jpg", "jpeg", "gif", "bmp", "emf", "wmf", "tif", "tiff", "wdp", "ico", "mp4", "mp3", "wav"];

/// The parts of a zip archive by name.
pub(super) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Lower-case name -> position; names are compared without case, as Office does.
    parts: BTreeMap<String, usize>,
    /// The first name that stands twice.
    twice: Option<String>,
}

/// A part being inflated.
pub(super) type Part<'a, 'b> = BufReader<ZipFile<'b, Cursor<&'a [u8]>>>;

impl<'a> Package<'a> {
    /// Opens the archive's directory.
    pub(super) fn open(bytes: &'a [u8]) -> Result<Self, Problem> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            damaged(format!("the content is a zip archive, cut short or damaged ({})", visible(&error.to_string())))
        })?;
        let mut parts = BTreeMap::new();
        // The archive's own list keeps one of several equal names; only the count gives that away.
        let mut twice = zip.has_duplicate_names().then(String::new);
        for index in 0..zip.len() {
            let Some(Ok(name)) = zip.name_for_index(index) else { continue };
            if parts.insert(key(&name), index).is_some() {
                twice = Some(name.into_owned());
            }
        }
        Ok(Self { zip, parts, twice })
    }

    /// Whether there is a part of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.parts.contains_key(&key(name))
    }

    /// Whether a part's name begins so.
    pub(super) fn has_prefix(&self, prefix: &str) -> bool {
        self.parts.keys().any(|name| name.starts_with(prefix))
    }

    /// A part to be read; `None` where there is none or it cannot be opened.
    pub(super) fn part(&mut self, name: &str) -> Option<Part<'a, '_>> {
        let index = *self.parts.get(&key(name))?;
        self.zip.by_index(index).ok().map(BufReader::new)
    }

    /// Refuses an archive that is built to exhaust or to deceive: counts, doubled names, and every part that may be
    /// read inflated once to nowhere, whatever size it claims.
    pub(super) fn check(&mut self) -> Result<(), Problem> {
        if self.zip.len() > MAX_ENTRIES {
            return Err(too_large(format!("the file has {} parts, the limit is {MAX_ENTRIES}", self.zip.len())));
        }
        if let Some(name) = &self.twice {
            return Err(damaged(match name.as_str() {
                "" => "a part of the file stands in it twice".to_owned(),
                name => format!("the part `{}` stands in the file twice", visible(name)),
            }));
        }
        let mut total = 0;
        for (name, index) in self.parts.clone() {
            if is_media(&name) {
                continue;
            }
            total += self.inflate(&name, index, MAX_INFLATED - total)?;
        }
        Ok(())
    }

    fn inflate(&mut self, name: &str, index: usize, left: u64) -> Result<u64, Problem> {
        let shown = visible(name);
        let broken = |error: &dyn std::fmt::Display| {
            damaged(format!("the part `{shown}` cannot be unpacked ({})", visible(&error.to_string())))
        };
        let part = self.zip.by_index(index).map_err(|error| broken(&error))?;
        if part.encrypted() {
            return Err(super::encrypted());
        }
        let packed = part.compressed_size().max(1);
        let allowed = left.min(packed.saturating_mul(MAX_RATIO).max(RATIO_GRACE));
        let size =
            std::io::copy(&mut part.take(allowed + 1), &mut std::io::sink()).map_err(|error| broken(&error))?;
        if size > allowed {
            return Err(too_large(if allowed == left {
                format!("the parts of the file unpack to more than {} MiB", MAX_INFLATED >> 20)
            } else {
                format!("the part `{shown}` unpacks to more than {MAX_RATIO} times its size ({packed} bytes)")
            }));
        }
        if name.ends_with("sharedstrings.xml") {
            let claimed = self.part(name).map_or(0, claimed_strings);
            if claimed > MAX_SHARED_STRINGS || claimed > size / 4 {
                return Err(damaged(format!(
                    "the part `{shown}` claims {claimed} texts, more than its {size} bytes can hold"
                )));
            }
        }
        Ok(size)
    }
}

/// Whether a part holds a picture or sound by its name.
pub(super) fn is_media(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| MEDIA.contains(&ending.to_ascii_lowercase().as_str()))
}

fn key(name: &str) -> String {
    name.replace('\\', "/").trim_start_matches('/').to_ascii_lowercase()
}

/// The number of texts that the shared strings claim to hold; 0 where they claim none.
fn claimed_strings(part: impl BufRead) -> u64 {
    let mut reader = xml::reader(part);
    let mut buffer = Vec::new();
    loop {
        buffer.clear();
        match reader.read_event_into(&mut buffer) {
            Ok(Event::Start(element)) if element.local_name().as_ref() == "sst" => {
                let mut attributes = element.attributes();
                let claims = attributes.with_checks(false).filter_map(Result::ok);
                let claims = claims.filter(|claim| claim.key.local_name().as_ref() == "uniqueCount");
                return claims.map(|claim| claim.value.trim().parse().unwrap_or(u64::MAX)).max().unwrap_or(0);
            }
            Ok(Event::Eof) | Err(_) => return 0,
            Ok(_) => {}
        }
    }
}
