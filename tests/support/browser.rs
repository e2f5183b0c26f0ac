//! A browser without script: it keeps the cookie, opens pages, fills in the forms it finds on them and sends them.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use regex::Regex;

use super::json;

/// What everybody chooses as a password.
pub const PASSWORD: &str = "inyoni itatu ku giti";
/// Every page is asked for as on this day.
const TODAY: &str = "2026-10-20";

pub struct Browser {
    pub server: Child,
    /// What the program printed. Kept open: a program whose reader has gone cannot print.
    pub output: std::io::Lines<BufReader<std::process::ChildStdout>>,
    pub host: String,
    pub cookie: String,
    pub language: &'static str,
}

/// What came back: status, head and body.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    pub head: String,
    pub text: String,
}

/// A form of a page with the values it came with.
#[derive(Clone, Debug)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl Form {
    /// The form with these fields filled in; a field that the form does not have is a mistake of the test.
    pub fn with(mut self, given: &[(&str, &str)]) -> Form {
        for (name, value) in given {
            let field = self.fields.iter_mut().find(|(known, _)| known == name);
            let field = field.unwrap_or_else(|| panic!("{} has no field {name}", self.action));
            (*value).clone_into(&mut field.1);
        }
        self
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

impl Browser {
    /// A served book, with its administrator signed in.
    pub fn signed_in(folder: &Path, database: &str) -> Browser {
        Browser::signed_in_as(folder, database, "admin")
    }

    /// The same, with this person signed in; where there is no password yet, [`PASSWORD`] is chosen by a link.
    pub fn signed_in_as(folder: &Path, database: &str, user: &str) -> Browser {
        let mut browser = Browser::serving(folder, database);
        let book = |args: &[&str]| json(folder, &[&["--database", database], args].concat());
        let people = book(&["user", "list"]);
        let known = people["rows"].as_array().expect("rows").iter().find(|u| u["user"] == user).expect("that person");
        let entered = if known["password_set"].is_null() {
            let made = book(&["user", "link", user]);
            let link =
                made["rows"][0]["link"].as_str().expect("a link").split_once("7878").expect("a path").1.to_owned();
            browser.submit(&link, &link, &[("password", PASSWORD), ("again", PASSWORD)])
        } else {
            browser.sign_in(user, PASSWORD, "")
        };
        assert_eq!(entered.status, 303, "{}", entered.text);
        browser.keep_cookie(&entered);
        browser
    }

    /// Sends the form of the sign-in page.
    pub fn sign_in(&self, name: &str, password: &str, code: &str) -> Answer {
        self.submit("/sign-in", "/sign-in", &[("name", name), ("password", password), ("code", code)])
    }

    /// A served book that nobody has signed in to.
    pub fn serving(folder: &Path, database: &str) -> Browser {
        Browser::listening(folder, database, "http://").0
    }

    /// A server, and the path in the first line it prints that holds `mark`.
    pub fn listening(folder: &Path, database: &str, mark: &str) -> (Browser, String) {
        let mut server = Command::new(env!("CARGO_BIN_EXE_ideni"))
            .current_dir(folder)
            .env_remove("IDENI_DATABASE_URL")
            .env_remove("IDENI_LANGUAGE")
            .args(["--database", database, "--today", TODAY, "serve", "--listen", "127.0.0.1:0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("serves");
        let mut output = BufReader::new(server.stdout.take().expect("its output")).lines();
        let line = output.by_ref().map(|line| line.expect("a line")).find(|line| line.contains(mark)).expect("a link");
        let rest = line.split("http://").nth(1).expect("an address");
        let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ':')).unwrap_or(rest.len());
        let (host, path) = (rest[..end].trim_end_matches('.').to_owned(), rest[end..].trim().to_owned());
        (Browser { server, output, host, cookie: String::new(), language: "en" }, path)
    }

    pub fn keep_cookie(&mut self, answer: &Answer) {
        let cookie = answer.header("set-cookie").expect("a cookie");
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
        self.cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    }

    pub fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "", b"")
    }

    /// The form of a page that is sent to `action`.
    #[track_caller]
    pub fn form(&self, page: &str, action: &str) -> Form {
        let answer = self.get(page);
        assert_eq!(answer.status, 200, "{page}: {}", answer.text);
        answer.form(action)
    }

    /// Sends a form from our own pages.
    pub fn send(&self, form: &Form) -> Answer {
        let body: Vec<String> = form.fields.iter().map(|(n, v)| format!("{}={}", encoded(n), encoded(v))).collect();
        self.post(&form.action, OURS, &body.join("&"))
    }

    /// Opens a page, fills in its form to `action` and sends it.
    #[track_caller]
    pub fn submit(&self, page: &str, action: &str, given: &[(&str, &str)]) -> Answer {
        self.send(&self.form(page, action).with(given))
    }

    /// Sends text as a form, with these further lines in the head.
    pub fn post(&self, path: &str, head: &str, body: &str) -> Answer {
        let head = format!("{head}Content-Type: application/x-www-form-urlencoded\r\n");
        self.ask("POST", path, &head, body.as_bytes())
    }

    /// Sends a form with a file in its field `file`.
    pub fn upload(&self, form: &Form, name: &str, bytes: &[u8]) -> Answer {
        let mut body = Vec::new();
        for (field, value) in form.fields.iter().filter(|(field, _)| field != "file") {
            body.extend(format!("--x\r\nContent-Disposition: form-data; name=\"{field}\"\r\n\r\n{value}\r\n").bytes());
        }
        let file = format!(
            "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
        );
        body.extend(file.bytes());
        body.extend(bytes);
        body.extend(b"\r\n--x--\r\n");
        let head = format!("{OURS}Content-Type: multipart/form-data; boundary=x\r\n");
        self.ask("POST", &form.action, &head, &body)
    }

    pub fn ask(&self, method: &str, path: &str, head: &str, body: &[u8]) -> Answer {
        let mut stream = TcpStream::connect(&self.host).expect("connects");
        let (host, cookie, language, length) = (&self.host, &self.cookie, self.language, body.len());
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nAccept-Language: {language}\r\n{head}Content-Length: {length}\r\nConnection: close\r\n\r\n"
        )
        .expect("asks");
        // A server that has read enough may answer and close before all is sent.
        let _ = stream.write_all(body);
        let mut bytes = Vec::new();
        let _ = stream.read_to_end(&mut bytes);
        Answer::read(&String::from_utf8_lossy(&bytes))
    }
}

/// In the head of what a browser sends from a page of ours.
pub const OURS: &str = "Sec-Fetch-Site: same-origin\r\n";

impl Answer {
    fn read(all: &str) -> Answer {
        let (head, text) = all.split_once("\r\n\r\n").unwrap_or((all, ""));
        let status = head.split_whitespace().nth(1).and_then(|s| s.parse().ok()).unwrap_or_default();
        let chunked = head.lines().any(|l| l.eq_ignore_ascii_case("transfer-encoding: chunked"));
        Answer { status, head: head.to_owned(), text: if chunked { joined(text) } else { text.to_owned() } }
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.head.lines().find_map(|line| {
            let (known, value) = line.split_once(": ")?;
            known.eq_ignore_ascii_case(name).then_some(value)
        })
    }

    /// The form that is sent to `action`, with the values its fields have.
    #[track_caller]
    pub fn form(&self, action: &str) -> Form {
        let head = Regex::new(&format!(r#"<form[^>]*action="{}"[^>]*>"#, regex::escape(action))).expect("a pattern");
        let begin = head.find(&self.text).unwrap_or_else(|| panic!("no form to {action}: {}", self.text)).end();
        let inner = &self.text[begin..];
        let inner = &inner[..inner.find("</form>").unwrap_or(inner.len())];
        Form { action: action.to_owned(), fields: fields(inner) }
    }

    /// Where the first form is sent whose address begins so.
    #[track_caller]
    pub fn action(&self, begins: &str) -> String {
        let rest = self.text.split(&format!("action=\"{begins}")).nth(1);
        let rest = rest.unwrap_or_else(|| panic!("no form to {begins}: {}", self.text));
        format!("{begins}{}", rest.split('"').next().unwrap_or_default())
    }
}

/// Inputs, choices and long texts in their order; a box that is not ticked is not sent.
fn fields(html: &str) -> Vec<(String, String)> {
    let tag = Regex::new(r"(?s)<(input|select|textarea)\b([^>]*)>").expect("a pattern");
    let value = |attributes: &str, name: &str| {
        let pattern = Regex::new(&format!(r#"\b{name}="([^"]*)""#)).expect("a pattern");
        pattern.captures(attributes).map(|found| plain(&found[1]))
    };
    let mut found = Vec::new();
    let option = Regex::new(r"<option([^>]*)>([^<]*)").expect("a pattern");
    for tag in tag.captures_iter(html) {
        let (kind, attributes) = (&tag[1], &tag[2]);
        let Some(name) = value(attributes, "name") else { continue };
        let rest = &html[tag.get(0).map_or(0, |m| m.end())..];
        let shown = match kind {
            "select" => {
                let options = &rest[..rest.find("</select>").unwrap_or(rest.len())];
                let all: Vec<_> = option.captures_iter(options).collect();
                let chosen = all.iter().find(|o| o[1].contains("selected")).or(all.first());
                chosen.map(|o| value(&o[1], "value").unwrap_or_else(|| plain(&o[2]))).unwrap_or_default()
            }
            "textarea" => plain(&rest[..rest.find("</textarea>").unwrap_or(rest.len())]),
            _ => value(attributes, "value").unwrap_or_default(),
        };
        let ticked = attributes.contains("checked")
            || !attributes.contains(r#"type="checkbox""#) && !attributes.contains(r#"type="radio""#);
        if kind != "input" || ticked {
            found.push((name, shown));
        }
    }
    found
}

fn plain(html: &str) -> String {
    [
        ("&#34;", "\""),
        ("&quot;", "\""),
        ("&#39;", "'"),
        ("&#60;", "<"),
        ("&lt;", "<"),
        ("&#62;", ">"),
        ("&gt;", ">"),
        ("&#38;", "&"),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(html.to_owned(), |text, (mark, character)| text.replace(mark, character))
}

fn encoded(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// A body that came in chunks.
fn joined(mut text: &str) -> String {
    let mut whole = String::new();
    while let Some((size, rest)) = text.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or(0);
        if size == 0 {
            break;
        }
        whole.push_str(rest.get(..size).unwrap_or(rest));
        text = rest.get(size..).unwrap_or_default().trim_start_matches("\r\n");
    }
    whole
}
