//! The program serving a book, somebody signed in, and answers as they come over the line.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use crate::TODAY;

pub const PASSWORD: &str = "inyoni itatu ku giti";

/// A server of the book, and the cookie of who founded it.
pub struct Serving {
    server: Child,
    pub host: String,
    cookie: String,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// What came over the line.
pub struct Answer {
    pub status: u16,
    pub bytes: usize,
    pub head: String,
}

impl Serving {
    pub fn start(url: &str) -> Serving {
        let mut server = Command::new(env!("CARGO_BIN_EXE_ideni"))
            .args(["--database", url, "--today", TODAY, "serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .spawn()
            .expect("serves");
        let mut out = BufReader::new(server.stdout.take().expect("its output")).lines();
        let address = out.find_map(|l| Some(l.expect("a line").split("http://").nth(1)?.trim().to_owned()));
        let address = address.expect("an address");
        let (host, path) = address.split_once('/').unwrap_or((&address, ""));
        let (host, mut serving) = (host.to_owned(), Serving { server, host: host.to_owned(), cookie: String::new() });
        // The first time there is a one-time link, and the password is chosen; then it is known.
        let password = PASSWORD.replace(' ', "+");
        let (path, body) = if path.starts_with("link/") {
            (path, format!("password={password}&again={password}"))
        } else {
            ("sign-in", format!("name=admin&password={password}"))
        };
        let entered = asked(
            &host,
            &format!(
                "POST /{path} HTTP/1.1\r\nHost: {host}\r\nSec-Fetch-Site: same-origin\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
                body.len()
            ),
        );
        let cookie = entered.head.lines().find_map(|l| l.strip_prefix("set-cookie: ")?.split(';').next());
        serving.cookie = cookie.unwrap_or_else(|| panic!("no cookie: {}", entered.head)).to_owned();
        serving
    }

    /// What a browser gets, compressed.
    pub fn get(&self, path: &str) -> Answer {
        let (host, cookie) = (&self.host, &self.cookie);
        asked(
            host,
            &format!(
                "GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n"
            ),
        )
    }
}

fn asked(host: &str, request: &str) -> Answer {
    let mut stream = TcpStream::connect(host).expect("connects");
    stream.write_all(request.as_bytes()).expect("asks");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("answers");
    let end = answer.windows(4).position(|at| at == b"\r\n\r\n").unwrap_or(answer.len());
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("a status");
    Answer { status, bytes: answer.len(), head }
}
