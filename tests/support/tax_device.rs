//! A tax device that is none: it answers over HTTP as the documents say, or misbehaves as it is told to. It keeps what it
//! signed, so that a test can count.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use serde_json::{Value, json};

/// What happens to one request for a receipt.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    Signs,
    /// Nothing is stored, and this code is answered.
    Code(&'static str),
    /// It signs, and answers with a code all the same.
    SignsAndSays(&'static str),
    /// The line is cut before it stores anything.
    CutBefore,
    /// It signs, and the line is cut.
    CutAfter,
    /// It signs, and half of the answer arrives.
    Half,
    /// It signs, and takes longer than anybody waits.
    Slow,
    /// Something that is no JSON, with this status.
    Page(u16),
}

/// A receipt that was signed.
#[derive(Clone, Debug)]
pub struct Signed {
    pub number: u64,
    pub request: Value,
}

#[derive(Default)]
pub struct State {
    pub fates: VecDeque<Fate>,
    pub signed: Vec<Signed>,
    /// Every path that was called, in order.
    pub called: Vec<String>,
    pub headers: Vec<Vec<(String, String)>>,
    pub items: Vec<Value>,
    /// What it was told of stock, with the path.
    pub stock: Vec<(String, Value)>,
    /// What it says to the next of that in place of done.
    pub stock_says: VecDeque<&'static str>,
    /// What it lists of codes and of item classes, and the moments since which it was asked.
    pub tables: Value,
    pub classes: Value,
    pub asked_since: Vec<String>,
    /// The taxpayers it knows.
    pub taxpayers: Vec<Value>,
    /// The customers it was told of.
    pub customers: Vec<Value>,
    /// What happens to the next requests about codes, taxpayers and customers.
    pub desk_fates: VecDeque<Fate>,
    /// Whether it stores a number that it has again, or answers 994.
    pub stores_twice: bool,
    /// Whether a second initialisation tells the counters, or answers 902.
    pub tells_counters: bool,
    /// What its own clock says when it signs, where a story cares.
    pub signs_at: Option<&'static str>,
    known: bool,
}

/// A device on a port of its own, gone with this.
pub struct TaxDevice {
    pub address: String,
    state: Arc<Mutex<State>>,
}

impl TaxDevice {
    pub fn start() -> TaxDevice {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let state = Arc::new(Mutex::new(State::default()));
        let served = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&served);
                std::thread::spawn(move || {
                    let _ = serve(stream, &state);
                });
            }
        });
        TaxDevice { address, state }
    }

    pub fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().expect("the device")
    }

    /// What happens to the next requests for a receipt; after them it works.
    pub fn will(&self, fates: &[Fate]) {
        self.state().fates = fates.iter().copied().collect();
    }

    /// The numbers it signed, in order.
    pub fn numbers(&self) -> Vec<u64> {
        self.state().signed.iter().map(|signed| signed.number).collect()
    }
}

fn serve(stream: TcpStream, state: &Mutex<State>) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let mut line = String::new();
    reader.read_line(&mut line)?;
    let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
    let (mut headers, mut length) = (Vec::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 || line.trim().is_empty() {
            break;
        }
        let (name, value) = line.trim().split_once(':').unwrap_or_default();
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().unwrap_or(0);
        }
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let request: Value = serde_json::from_slice(&body).unwrap_or(Value::Null);
    let (answer, fate) = {
        let mut state = state.lock().expect("the device");
        state.called.push(path.clone());
        state.headers.push(headers);
        answer(&mut state, &path, request)
    };
    let text = answer.to_string();
    let (status, text) = match fate {
        Fate::CutBefore | Fate::CutAfter => return Ok(()),
        Fate::Half => (200, text[..text.len() / 2].to_owned()),
        Fate::Page(status) => (status, "<html>Apache Tomcat</html>".to_owned()),
        Fate::Slow => {
            std::thread::sleep(Duration::from_millis(1500));
            (200, text)
        }
        _ => (200, text),
    };
    let mut stream = stream;
    write!(stream, "HTTP/1.1 {status} X\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{text}", text.len())
}

fn says(code: &str, data: Value) -> Value {
    json!({ "resultCd": code, "resultMsg": "said", "resultDt": "20260701120000", "data": data })
}

fn answer(state: &mut State, path: &str, request: Value) -> (Value, Fate) {
    if path.contains("nit") {
        return (initialise(state, &request), Fate::Signs);
    }
    if path.contains("aveStock") {
        let code = state.stock_says.pop_front().unwrap_or("000");
        let there =
            request["sarNo"].as_u64().is_some_and(|no| state.stock.iter().any(|(_, known)| known["sarNo"] == no));
        if code == "000" && !there {
            state.stock.push((path.to_owned(), request));
        }
        return (says(if there { "994" } else { code }, Value::Null), Fate::Signs);
    }
    if path.contains("aveItem") {
        state.items.push(request);
        return (says("000", Value::Null), Fate::Signs);
    }
    if let Some(kind) = ["odes", "Code", "temsClass", "temCls", "ustomer"].iter().find(|kind| path.contains(**kind)) {
        return desk(state, path, kind, request);
    }
    let fate = state.fates.pop_front().unwrap_or(Fate::Signs);
    let stores = !matches!(fate, Fate::Code(_) | Fate::CutBefore | Fate::Page(_));
    let number = request["invcNo"].as_u64().unwrap_or(0);
    let there = state.signed.iter().any(|signed| signed.number == number);
    if stores && there && !state.stores_twice {
        return (says("994", Value::Null), fate);
    }
    let told = match fate {
        Fate::Code(code) | Fate::SignsAndSays(code) => Some(says(code, Value::Null)),
        _ => None,
    };
    if !stores {
        return (told.unwrap_or(Value::Null), fate);
    }
    let of_label = |label: &str| state.signed.iter().filter(|s| s.request["rcptTyCd"] == label).count() + 1;
    let (no, all) = (of_label(request["rcptTyCd"].as_str().unwrap_or_default()), state.signed.len() + 1);
    let data = json!({
        "rcptNo": no, "totRcptNo": all, "intrlData": format!("INTERNALDATA{all:014}"), "rcptSign": format!("SIGN{all:012}"),
        "vsdcRcptPbctDate": state.signs_at.unwrap_or("20260701120000"), "sdcId": "SDC010000005", "mrcNo": "WIS00001010",
    });
    let answer = says("000", data);
    state.signed.push(Signed { number, request });
    (told.unwrap_or(answer), fate)
}

/// Codes, item classes, taxpayers and customers.
fn desk(state: &mut State, path: &str, kind: &str, request: Value) -> (Value, Fate) {
    let fate = state.desk_fates.pop_front().unwrap_or(Fate::Signs);
    if let Fate::Code(code) = fate {
        return (says(code, Value::Null), fate);
    }
    if fate != Fate::Signs {
        return (Value::Null, fate);
    }
    state.asked_since.extend(request["lastReqDt"].as_str().map(str::to_owned));
    let listed = |name: &str, list: Value| match list.as_array() {
        Some(list) if !list.is_empty() => says("000", json!({ name: list })),
        _ => says("001", Value::Null),
    };
    let answer = match kind {
        "ustomer" if path.contains("ave") => {
            state.customers.push(request);
            says("000", Value::Null)
        }
        "ustomer" => {
            let found = state.taxpayers.iter().filter(|one| one["tin"] == request["custmTin"]).cloned();
            listed("custList", found.collect())
        }
        "odes" | "Code" => listed("clsList", state.tables.clone()),
        _ => listed("itemClsList", state.classes.clone()),
    };
    (answer, fate)
}

fn initialise(state: &mut State, request: &Value) -> Value {
    if state.known && !state.tells_counters {
        return says("902", Value::Null);
    }
    state.known = true;
    let last = state.signed.iter().map(|signed| signed.number).max().unwrap_or(0);
    let tin = request["tin"].as_str().unwrap_or("100000001");
    let branch = request["bhfId"].as_str().unwrap_or("00");
    let info = json!({
        "tin": tin, "taxprNm": "Kigali Foods Ltd", "bhfId": branch, "bhfNm": "Head office", "dvcId": "9999",
        "sdcId": "SDC010000005", "mrcNo": "WIS00001010", "cmcKey": "VERYSECRETKEY", "lastSaleInvcNo": last, "lastInvcNo": last,
    });
    says("000", json!({ "info": info }))
}
