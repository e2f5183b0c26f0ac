//! What browsers are shown: a certificate that was given, or one of the program's own authority.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

use receivables::{Date, Refusal};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::authority::{Authority, is_private};

/// Where the certificate comes from.
pub enum Certificate {
    /// Files of a certificate with its chain, and of its key.
    Given { chain: PathBuf, key: PathBuf },
    /// A folder for the program's own.
    Own { folder: PathBuf },
}

/// Greets with the newest certificate.
pub struct Tls {
    source: Source,
    acceptor: RwLock<TlsAcceptor>,
}

enum Source {
    Given { chain: PathBuf, key: PathBuf },
    Own(Authority),
}

/// What the computers of the office are to trust, and how to tell that it is ours.
pub struct Trust {
    pub file: PathBuf,
    pub fingerprint: String,
}

/// Why there is no certificate: the file, and what is wrong with it.
pub struct Failure {
    file: String,
    cause: String,
}

impl Failure {
    pub fn at(file: &Path, cause: impl std::fmt::Display) -> Failure {
        Failure { file: file.display().to_string(), cause: cause.to_string() }
    }
}

impl From<rcgen::Error> for Failure {
    fn from(error: rcgen::Error) -> Failure {
        Failure { file: "authority.json".into(), cause: error.to_string() }
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Refusal {
        Refusal::NoCertificate { file: failure.file, cause: failure.cause }
    }
}

impl Tls {
    /// For an address that is to be listened on.
    pub fn new(certificate: Certificate, listen: SocketAddr) -> Result<Tls, Refusal> {
        let source = match certificate {
            Certificate::Given { chain, key } => Source::Given { chain, key },
            Certificate::Own { folder } => {
                if !listen.ip().is_unspecified() && !is_private(&listen.ip()) {
                    return Err(Refusal::PublicAddress { address: listen.to_string() });
                }
                Source::Own(Authority::open(&folder, &host(), today())?)
            }
        };
        let acceptor = RwLock::new(source.acceptor()?);
        Ok(Tls { source, acceptor })
    }

    pub fn acceptor(&self) -> TlsAcceptor {
        self.acceptor.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Takes up a file that was renewed, or makes a certificate anew before it ends or for another address.
    pub fn renew(&self) -> Result<(), Refusal> {
        let newest = self.source.acceptor()?;
        *self.acceptor.write().unwrap_or_else(PoisonError::into_inner) = newest;
        Ok(())
    }

    /// Whether the certificate was given. One of our own must leave a browser the way past its warning.
    pub fn is_given(&self) -> bool {
        matches!(self.source, Source::Given { .. })
    }

    /// What to trust, where the certificate is our own.
    pub fn trust(&self) -> Result<Option<Trust>, Refusal> {
        match &self.source {
            Source::Given { .. } => Ok(None),
            Source::Own(authority) => {
                Ok(Some(Trust { file: authority.public_file(), fingerprint: authority.fingerprint()? }))
            }
        }
    }
}

impl Source {
    fn acceptor(&self) -> Result<TlsAcceptor, Failure> {
        let (file, chain, key) = match self {
            Source::Given { chain, key } => {
                let read = |file: &Path| std::fs::read(file).map_err(|e| Failure::at(file, e));
                (chain.clone(), read(chain)?, read(key)?)
            }
            Source::Own(authority) => {
                let kept = authority.certificate(&host(), &addresses(), today())?;
                (authority.public_file(), kept.certificate.into_bytes(), kept.key.into_bytes())
            }
        };
        config(&chain, &key)
            .map(|config| TlsAcceptor::from(Arc::new(config)))
            .map_err(|cause| Failure::at(&file, cause))
    }
}

/// TLS 1.2 and 1.3 with the ciphers that rustls holds for good.
fn config(chain: &[u8], key: &[u8]) -> Result<ServerConfig, String> {
    let chain: Vec<CertificateDer<'_>> =
        CertificateDer::pem_slice_iter(chain).collect::<Result<_, _>>().map_err(|e| e.to_string())?;
    let key = PrivateKeyDer::from_pem_slice(key).map_err(|e| e.to_string())?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|e| e.to_string())?
        .with_no_client_auth()
        .with_single_cert(chain.into_iter().map(CertificateDer::into_owned).collect(), key)
        .map_err(|e| e.to_string())?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(config)
}

/// How browsers begin our addresses: where any address of the machine will do, one that the office reaches.
pub fn origin(at: SocketAddr, secure: bool) -> String {
    let ip = if at.ip().is_unspecified() {
        let reached = addresses().into_iter().find(|ip| !ip.is_loopback() && is_private(ip) && ip.is_ipv4());
        reached.unwrap_or(IpAddr::from([127, 0, 0, 1]))
    } else {
        at.ip()
    };
    format!("{}://{}", if secure { "https" } else { "http" }, SocketAddr::new(ip, at.port()))
}

/// Every address of this machine.
fn addresses() -> Vec<IpAddr> {
    let mut all: Vec<IpAddr> =
        if_addrs::get_if_addrs().unwrap_or_default().iter().map(if_addrs::Interface::ip).collect();
    all.extend([IpAddr::from([127, 0, 0, 1]), IpAddr::V6(std::net::Ipv6Addr::LOCALHOST)]);
    all.sort();
    all.dedup();
    all
}

/// What this machine is called.
fn host() -> String {
    let name = gethostname::gethostname().to_string_lossy().to_ascii_lowercase();
    let fits = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '.';
    if name.is_empty() || !name.chars().all(fits) { "localhost".into() } else { name }
}

fn today() -> Date {
    let now = store::Clock::System.now();
    now.date_in("UTC").unwrap_or_default()
}
