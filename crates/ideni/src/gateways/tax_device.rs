//! The tax device (EBM): one request, and whether it left, was answered, or nobody knows.

use std::net::IpAddr;
use std::time::Duration;

use ureq::{Agent, Timeout};

/// Until a connection stands.
const CONNECT: Duration = Duration::from_secs(10);
/// Until the answer is there in full. A device may first ask the authority.
pub const ANSWER: Duration = Duration::from_secs(60);

/// A request to a device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Call {
    pub url: String,
    pub headers: Vec<(&'static str, String)>,
    pub body: String,
}

/// What became of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Came {
    /// No connection: it never left.
    NotSent {
        cause: String,
    },
    /// It left, and no whole answer came.
    Silence {
        cause: String,
    },
    /// Nobody takes requests there: the address or a path is wrong.
    NoSuchPath {
        status: u16,
    },
    Answer(Vec<u8>),
}

/// Sends a request once. Nothing is repeated here, and nothing is redirected.
pub fn call(call: &Call, most: Duration) -> Came {
    let mut config = Agent::config_builder()
        .timeout_connect(Some(CONNECT.min(most)))
        .timeout_global(Some(most))
        .http_status_as_error(false)
        .max_redirects(0)
        .user_agent(concat!("ideni/", env!("CARGO_PKG_VERSION")));
    if is_near(&call.url) {
        config = config.proxy(None);
    }
    let agent: Agent = config.build().into();
    let mut request = agent.post(&call.url).header("content-type", "application/json; charset=utf-8");
    for (name, value) in &call.headers {
        request = request.header(*name, value);
    }
    let mut answer = match request.send(&call.body) {
        Ok(answer) => answer,
        Err(e) if never_left(&e) => return Came::NotSent { cause: e.to_string() },
        Err(e) => return Came::Silence { cause: e.to_string() },
    };
    let status = answer.status().as_u16();
    let limit = u64::try_from(formats::vsdc::BYTES_MAX).unwrap_or(u64::MAX);
    match answer.body_mut().with_config().limit(limit).read_to_vec() {
        Ok(_) if matches!(status, 404 | 405) => Came::NoSuchPath { status },
        Ok(bytes) => Came::Answer(bytes),
        Err(e) => Came::Silence { cause: e.to_string() },
    }
}

/// Whether nothing can have arrived: no name, no connection, no such address.
fn never_left(e: &ureq::Error) -> bool {
    match e {
        ureq::Error::HostNotFound
        | ureq::Error::ConnectionFailed
        | ureq::Error::BadUri(_)
        | ureq::Error::Tls(_)
        | ureq::Error::Rustls(_)
        | ureq::Error::Timeout(Timeout::Resolve | Timeout::Connect) => true,
        ureq::Error::Io(e) => e.kind() == std::io::ErrorKind::ConnectionRefused,
        _ => false,
    }
}

/// The host of an address that can be called; `None` where it is none. Only a device on this computer or in this house may
/// be spoken to plainly.
pub fn host(address: &str) -> Option<String> {
    let (scheme, rest) = address.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let name = match host.strip_prefix('[') {
        Some(six) => six.split(']').next().unwrap_or_default(),
        None => host.split(':').next().unwrap_or_default(),
    };
    let odd = host.contains('@') || rest.contains(['?', '#', ' ', '\\']) || name.is_empty();
    (!odd && (scheme == "https" || (scheme == "http" && in_house(name)))).then(|| name.to_ascii_lowercase())
}

fn in_house(name: &str) -> bool {
    match name.parse::<IpAddr>() {
        Ok(IpAddr::V4(ip)) => ip.is_loopback() || ip.is_private() || ip.is_link_local(),
        Ok(IpAddr::V6(ip)) => ip.is_loopback() || ip.is_unique_local() || ip.is_unicast_link_local(),
        Err(_) => !name.contains('.') || name.ends_with(".local") || name.ends_with(".lan"),
    }
}

/// Whether an address is of this computer or this house, where no proxy stands between.
fn is_near(url: &str) -> bool {
    host(url).is_some_and(|name| in_house(&name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_device_in_the_house_is_spoken_to_plainly() {
        for (address, there) in [
            ("http://localhost:8080/vsdc", Some("localhost")),
            ("http://127.0.0.1:8080", Some("127.0.0.1")),
            ("http://[::1]:8080/x", Some("::1")),
            ("http://192.168.1.20:8080", Some("192.168.1.20")),
            ("http://tax-pc:8080", Some("tax-pc")),
            ("https://api-ebm.rra.gov.rw", Some("api-ebm.rra.gov.rw")),
            ("http://api-ebm.rra.gov.rw", None),
            ("http://41.186.0.1", None),
            ("https://user:word@api-ebm.rra.gov.rw", None),
            ("https://api-ebm.rra.gov.rw/?a=b", None),
            ("ftp://localhost", None),
            ("localhost:8080", None),
            ("http://", None),
            ("", None),
        ] {
            assert_eq!(host(address).as_deref(), there, "{address}");
        }
    }
}
