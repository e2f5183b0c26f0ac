//! The outside data, and how long the long tests run.

use std::io::Read;
use std::path::{Path, PathBuf};

/// A file or folder of the outside data; `None`, and a line that says so, where it is absent.
pub fn reference(path: &str) -> Option<PathBuf> {
    let root = std::env::var_os("IDENI_REFERENCE")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared"), PathBuf::from);
    let wanted = root.join(path);
    if wanted.exists() {
        return Some(wanted);
    }
    eprintln!("skipped: {} is absent", wanted.display());
    None
}

/// The bytes of a file, unpacked when its name ends in `.gz` or `.zst`.
pub fn unpack(path: &Path) -> Vec<u8> {
    let read = std::fs::read(path).expect("a readable file");
    match path.extension().and_then(|e| e.to_str()) {
        Some("gz") => {
            let mut out = Vec::new();
            flate2::read::MultiGzDecoder::new(read.as_slice()).read_to_end(&mut out).expect("a gzip file");
            out
        }
        Some("zst") => {
            let done = std::process::Command::new("zstd").args(["-dcq"]).arg(path).output().expect("zstd is installed");
            assert!(done.status.success(), "zstd: {}", String::from_utf8_lossy(&done.stderr));
            done.stdout
        }
        _ => read,
    }
}

/// The rows of a CSV by header name.
pub fn rows_of_csv(bytes: &[u8]) -> Vec<std::collections::BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().expect("a header").clone();
    let row =
        |record: csv::StringRecord| header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect();
    reader.records().map(|r| row(r.expect("a row"))).collect()
}

/// A stated count at the scale of this run: a twentieth unless `IDENI_SCALE` says otherwise.
pub fn scaled(full: u32) -> u32 {
    let scale: u32 = std::env::var("IDENI_SCALE").ok().and_then(|s| s.parse().ok()).unwrap_or(20);
    full.div_ceil(scale.max(1))
}

/// The seed of this run, printed so that a failure can be repeated with `IDENI_SEED`.
pub fn seed(test: &str) -> u64 {
    let named = std::env::var("IDENI_SEED").ok().and_then(|s| s.parse().ok());
    let seed = named.unwrap_or_else(|| store::Source::system().random());
    eprintln!("{test}: IDENI_SEED={seed}");
    seed
}

/// The next of the random numbers that begin with an odd seed (xorshift).
pub fn draw(random: &mut u64) {
    *random ^= *random << 13;
    *random ^= *random >> 7;
    *random ^= *random << 17;
}
