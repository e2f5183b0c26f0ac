//! An authority of our own for an office network. Its computers and telephones trust it once, for ten years; it signs the
//! certificate that browsers see, and a new one each year or when the machine gets another address. By its own constraints
//! it can speak for nothing but this machine and private addresses, so that a stolen key opens no other site.

use std::fs::{DirBuilder, OpenOptions};
use std::io::Write;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::path::{Path, PathBuf};

use rcgen::{
    BasicConstraints, CertificateParams, CidrSubnet, DistinguishedName, DnType, ExtendedKeyUsagePurpose,
    GeneralSubtree, IsCa, Issuer, KeyPair, KeyUsagePurpose, NameConstraints, date_time_ymd,
};
use receivables::Date;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject;

use super::tls::Failure;

/// Browsers refuse certificates of more than 398 days, but not authorities.
const AUTHORITY_DAYS: i32 = 3_650;
const CERTIFICATE_DAYS: i32 = 365;
/// A certificate is made anew so long before its end.
const AHEAD_DAYS: i32 = 30;
/// Names of offices and homes that no public authority signs for.
const PRIVATE_NAMES: [&str; 5] = ["localhost", "local", "lan", "home.arpa", "internal"];

/// A certificate with its key, as kept beside the book.
#[derive(Serialize, Deserialize, Clone)]
pub struct Kept {
    made_on: String,
    /// What it is called, or of a certificate: who signed it.
    called: String,
    names: Vec<String>,
    pub certificate: String,
    pub key: String,
}

impl Kept {
    fn lasts(&self, days: i32, today: Date) -> bool {
        self.made_on.parse().is_ok_and(|made_on: Date| today < made_on.plus_days(days - AHEAD_DAYS))
    }
}

/// Who signs for this machine.
pub struct Authority {
    folder: PathBuf,
    kept: Kept,
}

impl Authority {
    /// The authority kept in a folder; a new one where there is none, or it ends within the year.
    pub fn open(folder: &Path, host: &str, today: Date) -> Result<Authority, Failure> {
        let file = folder.join("authority.json");
        let known = read(&file)?.filter(|kept| kept.lasts(AUTHORITY_DAYS - CERTIFICATE_DAYS, today));
        let kept = match known {
            Some(kept) => kept,
            None => {
                let kept = made(host, today)?;
                write(&file, &kept)?;
                kept
            }
        };
        let authority = Authority { folder: folder.to_owned(), kept };
        let public = authority.public_file();
        std::fs::write(&public, &authority.kept.certificate).map_err(|e| Failure::at(&public, e))?;
        Ok(authority)
    }

    /// What the computers of the office are to trust.
    pub fn public_file(&self) -> PathBuf {
        self.folder.join("authority.crt")
    }

    /// SHA-256 of the authority, as browsers and systems show it.
    pub fn fingerprint(&self) -> Result<String, Failure> {
        let der = CertificateDer::from_pem_slice(self.kept.certificate.as_bytes());
        let digest = Sha256::digest(der.map_err(|e| Failure::at(&self.public_file(), e))?);
        Ok(digest.iter().map(|byte| format!("{byte:02X}")).collect::<Vec<_>>().join(":"))
    }

    /// The certificate for these names and addresses: the one kept, or a new one.
    pub fn certificate(&self, host: &str, addresses: &[IpAddr], today: Date) -> Result<Kept, Failure> {
        let file = self.folder.join("certificate.json");
        let names = self.names(host, addresses);
        let fits = |kept: &Kept| kept.called == self.kept.called && kept.names == names;
        if let Some(kept) = read(&file)?.filter(|kept| fits(kept) && kept.lasts(CERTIFICATE_DAYS, today)) {
            return Ok(kept);
        }
        let key = KeyPair::generate()?;
        let mut wanted = CertificateParams::new(names.clone())?;
        wanted.distinguished_name = common_name(&names[0]);
        wanted.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        wanted.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        wanted.use_authority_key_identifier_extension = true;
        span(&mut wanted, today, CERTIFICATE_DAYS);
        let signer = Issuer::new(self.params(), KeyPair::from_pem(&self.kept.key)?);
        let signed = wanted.signed_by(&key, &signer)?;
        let kept = Kept {
            made_on: today.to_string(),
            called: self.kept.called.clone(),
            names,
            certificate: signed.pem() + self.kept.certificate.as_str(),
            key: key.serialize_pem(),
        };
        write(&file, &kept)?;
        Ok(kept)
    }

    /// What browsers may call this machine, as far as the authority may say.
    fn names(&self, host: &str, addresses: &[IpAddr]) -> Vec<String> {
        let local = format!("{host}.local");
        let may = |name: &&str| {
            let below = |of: &String| name.strip_suffix(of.as_str()).is_some_and(|n| n.is_empty() || n.ends_with('.'));
            self.kept.names.iter().any(below)
        };
        let mut names: Vec<String> = Vec::new();
        for name in [host, &local, "localhost"].into_iter().filter(may) {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names.extend(addresses.iter().filter(|address| is_private(address)).map(IpAddr::to_string));
        names
    }

    fn params(&self) -> CertificateParams {
        params(&self.kept.called, &self.kept.names)
    }
}

/// Addresses of this machine and of networks that the internet does not reach.
pub fn is_private(address: &IpAddr) -> bool {
    match address {
        IpAddr::V4(v4) => v4.is_private() || v4.is_loopback() || v4.is_link_local(),
        IpAddr::V6(v6) => v6.is_unique_local() || v6.is_loopback() || v6.is_unicast_link_local(),
    }
}

fn made(host: &str, today: Date) -> Result<Kept, Failure> {
    let mut names = vec![host.to_owned()];
    names.extend(PRIVATE_NAMES.iter().filter(|name| **name != host).map(|name| (*name).to_owned()));
    let called = format!("Ideni on {host}, {today}");
    let (key, mut params) = (KeyPair::generate()?, params(&called, &names));
    span(&mut params, today, AUTHORITY_DAYS);
    let certificate = params.self_signed(&key)?.pem();
    Ok(Kept { made_on: today.to_string(), called, names, certificate, key: key.serialize_pem() })
}

fn params(called: &str, names: &[String]) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name = common_name(called);
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    let permitted = names.iter().cloned().map(GeneralSubtree::DnsName).chain(private_networks());
    params.name_constraints =
        Some(NameConstraints { permitted_subtrees: permitted.collect(), excluded_subtrees: Vec::new() });
    params
}

/// As [`is_private`] knows them.
fn private_networks() -> impl Iterator<Item = GeneralSubtree> {
    let v4 = [
        ([10, 0, 0, 0], 8),
        ([172, 16, 0, 0], 12),
        ([192, 168, 0, 0], 16),
        ([127, 0, 0, 0], 8),
        ([169, 254, 0, 0], 16),
    ];
    let v6 = [(Ipv6Addr::new(0xfc00, 0, 0, 0, 0, 0, 0, 0), 7), (Ipv6Addr::new(0xfe80, 0, 0, 0, 0, 0, 0, 0), 10)];
    let v4 = v4.map(|(address, bits)| (IpAddr::V4(Ipv4Addr::from(address)), bits));
    let v6 = v6.into_iter().chain([(Ipv6Addr::LOCALHOST, 128)]).map(|(address, bits)| (IpAddr::V6(address), bits));
    v4.into_iter()
        .chain(v6)
        .map(|(address, bits)| GeneralSubtree::IpAddress(CidrSubnet::from_addr_prefix(address, bits)))
}

fn common_name(name: &str) -> DistinguishedName {
    let mut called = DistinguishedName::new();
    called.push(DnType::CommonName, name);
    called
}

/// From yesterday, for clocks that are behind.
fn span(params: &mut CertificateParams, today: Date, days: i32) {
    let midnight = |day: Date| {
        let part = |part: i8| u8::try_from(part).unwrap_or(1);
        date_time_ymd(i32::from(day.year()), part(day.month()), part(day.day()))
    };
    (params.not_before, params.not_after) = (midnight(today.plus_days(-1)), midnight(today.plus_days(days)));
}

fn read(file: &Path) -> Result<Option<Kept>, Failure> {
    match std::fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|e| Failure::at(file, e)),
        Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(e) => Err(Failure::at(file, e)),
    }
}

/// For the owner of the program alone, and never half.
fn write(file: &Path, kept: &Kept) -> Result<(), Failure> {
    let at = |e: std::io::Error| Failure::at(file, e);
    let (mut folder, mut new) = (DirBuilder::new(), OpenOptions::new());
    folder.recursive(true);
    new.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
        folder.mode(0o700);
        new.mode(0o600);
    }
    folder.create(file.parent().unwrap_or(Path::new("."))).map_err(at)?;
    let unfinished = file.with_extension("unfinished");
    let _ = std::fs::remove_file(&unfinished);
    let bytes = serde_json::to_vec_pretty(kept).map_err(|e| Failure::at(file, e))?;
    let mut out = new.open(&unfinished).map_err(at)?;
    out.write_all(&bytes).and_then(|()| out.sync_all()).map_err(at)?;
    std::fs::rename(&unfinished, file).map_err(at)
}
