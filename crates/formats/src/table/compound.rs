//! The container of old Office files (MS-CFB): streams in chains of sectors. Damaged chains end where they end; one that
//! runs in a circle ends after as many sectors as the file has.

use encoding_rs::UTF_16LE;

/// The first bytes of such a file.
pub(crate) const SIGNATURE: [u8; 4] = [0xd0, 0xcf, 0x11, 0xe0];

const HEADER: usize = 512;
const ENTRY: usize = 128;
const SECTORS_IN_HEADER: usize = 109;
const LAST_ID: u32 = 0xffff_fff9;

/// An opened container.
pub(crate) struct Compound<'b> {
    bytes: &'b [u8],
    shift: u32,
    next: Vec<u32>,
    entries: Vec<Entry>,
    small: Vec<u8>,
    small_next: Vec<u32>,
    small_below: u32,
}

struct Entry {
    name: String,
    start: u32,
    length: u32,
}

impl<'b> Compound<'b> {
    /// Reads the tables of sectors and the names of the streams; `None` if it is no such container.
    pub(crate) fn open(bytes: &'b [u8]) -> Option<Compound<'b>> {
        let shift = u32::from(u16_at(bytes, 30)?);
        if !bytes.starts_with(&SIGNATURE) || !matches!(shift, 9 | 12) {
            return None;
        }
        let mut file = Compound {
            bytes,
            shift,
            next: Vec::new(),
            entries: Vec::new(),
            small: Vec::new(),
            small_next: Vec::new(),
            small_below: u32_at(bytes, 56)?,
        };
        let tables = file.tables()?;
        file.next = tables.iter().filter_map(|id| file.sector(*id)).flat_map(numbers).collect();
        let directory = file.chain(u32_at(bytes, 48)?, usize::MAX);
        file.entries = directory.chunks_exact(ENTRY).filter_map(entry).collect();
        if let Some(root) = file.entries.first() {
            file.small = file.chain(root.start, root.length as usize);
            file.small_next = numbers(&file.chain(u32_at(bytes, 60)?, usize::MAX)).collect();
        }
        Some(file)
    }

    /// The sectors that hold the table of sectors: the first of them stand in the header, the rest in a chain.
    fn tables(&self) -> Option<Vec<u32>> {
        let head = self.bytes.get(76..HEADER)?;
        let mut tables: Vec<u32> = numbers(head).take(SECTORS_IN_HEADER).filter(|id| *id <= LAST_ID).collect();
        let mut more = u32_at(self.bytes, 68)?;
        let sectors = self.bytes.len() >> self.shift;
        while more <= LAST_ID && tables.len() <= sectors {
            let Some(sector) = self.sector(more) else { break };
            let mut ids: Vec<u32> = numbers(sector).collect();
            more = ids.pop().unwrap_or(u32::MAX);
            tables.extend(ids.into_iter().filter(|id| *id <= LAST_ID));
        }
        tables.truncate(sectors);
        Some(tables)
    }

    fn sector(&self, id: u32) -> Option<&'b [u8]> {
        let start = (id as usize).checked_add(1)?.checked_shl(self.shift)?;
        let rest = self.bytes.get(start..)?;
        // The last sector of a file may be short.
        Some(rest.get(..1 << self.shift).unwrap_or(rest)).filter(|sector| !sector.is_empty())
    }

    fn chain(&self, start: u32, length: usize) -> Vec<u8> {
        let sectors = (self.bytes.len() >> self.shift) + 1;
        let mut out = Vec::new();
        let mut id = start;
        for _ in 0..sectors {
            let Some(sector) = self.sector(id).filter(|_| out.len() < length) else { break };
            out.extend_from_slice(sector);
            id = self.next.get(id as usize).copied().unwrap_or(u32::MAX);
        }
        out.truncate(length);
        out
    }

    fn small_chain(&self, start: u32, length: usize) -> Vec<u8> {
        const SMALL: usize = 64;
        let mut out = Vec::new();
        let mut id = start;
        for _ in 0..=self.small.len() / SMALL {
            let sector = (id as usize).checked_mul(SMALL).and_then(|at| self.small.get(at..));
            let Some(sector) = sector.filter(|s| !s.is_empty() && out.len() < length) else { break };
            out.extend_from_slice(sector.get(..SMALL).unwrap_or(sector));
            id = self.small_next.get(id as usize).copied().unwrap_or(u32::MAX);
        }
        out.truncate(length);
        out
    }

    /// Whether there is a stream or folder of a name.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.name.eq_ignore_ascii_case(name))
    }

    /// The bytes of a stream.
    pub(crate) fn stream(&self, name: &str) -> Option<Vec<u8>> {
        let entry = self.entries.iter().find(|entry| entry.name.eq_ignore_ascii_case(name))?;
        let length = entry.length as usize;
        Some(match entry.length < self.small_below {
            true => self.small_chain(entry.start, length),
            false => self.chain(entry.start, length),
        })
    }
}

fn entry(bytes: &[u8]) -> Option<Entry> {
    let (name, _) = UTF_16LE.decode_without_bom_handling(bytes.get(..64)?);
    let name = name.split('\0').next().unwrap_or_default().to_owned();
    Some(Entry { name, start: u32_at(bytes, 116)?, length: u32_at(bytes, 120)? })
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = u32> {
    bytes.chunks_exact(4).filter_map(|four| u32_at(four, 0))
}

/// A number of two bytes, the lower one first.
pub(crate) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

/// A number of four bytes, the lowest one first.
pub(crate) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}
