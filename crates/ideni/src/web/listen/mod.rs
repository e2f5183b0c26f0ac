//! The door to the network: how many may connect, how slowly they may speak, and TLS wherever it is not this computer
//! alone. Whoever greets slowly holds up nobody else.

mod authority;
mod paced;
mod tls;

use std::collections::BTreeMap;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::{HeaderValue, Request, header};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_rustls::server::TlsStream;
use tower_service::Service;

use paced::Paced;
pub use tls::{Certificate, Tls, Trust, origin};

/// What a stranger may take of us.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Connections at a time; who comes later waits.
    pub connections: usize,
    /// Of them from one address that is not this computer; who comes later is turned away.
    pub per_address: usize,
    /// For the greeting of TLS.
    pub greeting: Duration,
    /// For the head of a request, and how long a silent connection is kept.
    pub head: Duration,
    /// For a body, beside the time that its bytes are given.
    pub body: Duration,
}

impl Limits {
    pub const OFFICE: Limits = Limits {
        connections: 1_024,
        per_address: 256,
        greeting: Duration::from_secs(10),
        head: Duration::from_secs(60),
        body: Duration::from_secs(30),
    };
}

/// How long answers that were begun may take when the program is asked to stop.
const STOPPING: Duration = Duration::from_secs(10);
/// A pause where no connection can be taken: too many open files.
const BREATH: Duration = Duration::from_millis(50);
/// The largest head of a request.
const HEAD_BYTES_MAX: usize = 64 << 10;
/// The first byte of a TLS connection.
const HANDSHAKE: u8 = 0x16;
/// A year, and names below ours too.
const HSTS: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");

/// What is served, and how.
pub struct Door {
    pub router: Router,
    pub tls: Option<Tls>,
    /// How browsers begin our addresses.
    pub origin: String,
    pub limits: Limits,
}

/// Serves until `stop`.
pub async fn serve(listener: TcpListener, door: Arc<Door>, stop: impl Future<Output = ()>) {
    let room = Arc::new(Semaphore::new(door.limits.connections));
    let (crowd, open) = (Arc::new(Crowd::default()), GracefulShutdown::new());
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async { (room.clone().acquire_owned().await, listener.accept().await) };
        let (place, accepted) = tokio::select! {
            () = &mut stop => break,
            next = next => next,
        };
        let Ok((stream, peer)) = accepted else {
            sleep(BREATH).await;
            continue;
        };
        let Some(seat) = Seat::take(&crowd, peer.ip(), door.limits.per_address) else { continue };
        let (door, watcher) = (door.clone(), open.watcher());
        tokio::spawn(async move {
            let _held = (place, seat);
            door.receive(stream, peer, watcher).await;
        });
    }
    let _ = timeout(STOPPING, open.shutdown()).await;
}

impl Door {
    async fn receive(&self, stream: TcpStream, peer: SocketAddr, watcher: Watcher) {
        let _ = stream.set_nodelay(true);
        let Some(tls) = &self.tls else { return self.converse(stream, peer, watcher).await };
        if let Ok(Some(stream)) = timeout(self.limits.greeting, self.greet(tls, stream)).await {
            self.converse(stream, peer, watcher).await;
        }
    }

    /// The greeting of TLS. Who speaks plainly is told the address that is not.
    async fn greet(&self, tls: &Tls, mut stream: TcpStream) -> Option<TlsStream<TcpStream>> {
        let mut first = [0];
        if stream.peek(&mut first).await.ok()? == 0 {
            return None;
        }
        if first[0] == HANDSHAKE {
            return tls.acceptor().accept(stream).await.ok();
        }
        let _ = stream.read(&mut [0; 4096]).await;
        let _ = stream.write_all(elsewhere(&self.origin).as_bytes()).await;
        let _ = stream.shutdown().await;
        None
    }

    async fn converse<S: AsyncRead + AsyncWrite + Unpin + Send + 'static>(
        &self,
        stream: S,
        peer: SocketAddr,
        watcher: Watcher,
    ) {
        let service = service_fn(|request: Request<Incoming>| {
            let mut request = request.map(|body| Body::new(Paced::new(body, self.limits.body)));
            request.extensions_mut().insert(ConnectInfo(peer));
            let answer = self.router.clone().call(request);
            async move {
                let mut answer = answer.await?;
                if self.tls.as_ref().is_some_and(Tls::is_given) {
                    answer.headers_mut().insert(header::STRICT_TRANSPORT_SECURITY, HSTS);
                }
                Ok::<_, std::convert::Infallible>(answer)
            }
        });
        let connection = http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(self.limits.head)
            .max_buf_size(HEAD_BYTES_MAX)
            .serve_connection(TokioIo::new(stream), service);
        let _ = watcher.watch(connection).await;
    }
}

/// The answer to a request that is not encrypted: nothing is told and nothing taken, but where to ask.
fn elsewhere(origin: &str) -> String {
    let sentence = crate::words::say(crate::words::Language::En, "page-speaks-https", &[("address", origin)]);
    format!(
        "HTTP/1.1 303 See Other\r\nLocation: {origin}/\r\nContent-Type: text/plain; charset=utf-8\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{sentence}",
        sentence.len()
    )
}

/// How many connections each address holds.
#[derive(Default)]
struct Crowd(Mutex<BTreeMap<IpAddr, usize>>);

/// A place of one address in the crowd, given back when it is dropped.
struct Seat {
    crowd: Arc<Crowd>,
    address: IpAddr,
}

impl Seat {
    /// This computer has as many as there are: it may be a proxy for everybody.
    fn take(crowd: &Arc<Crowd>, address: IpAddr, most: usize) -> Option<Seat> {
        let mut counts = crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.entry(address).or_default();
        if *count >= most && !address.is_loopback() {
            return None;
        }
        *count += 1;
        Some(Seat { crowd: crowd.clone(), address })
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut counts = self.crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = counts.get_mut(&self.address) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.address);
            }
        }
    }
}

#[cfg(test)]
mod tests;
