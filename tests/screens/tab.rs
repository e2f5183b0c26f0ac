//! One tab of a real Chromium, driven through ChromeDriver. Without the two, a story says "skipped".

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use crate::support::PASSWORD;
use serde_json::{Value, json};
use thirtyfour::prelude::*;
use thirtyfour::{ChromeCapabilities, Key};

/// How somebody looks at the pages.
#[derive(Clone, Copy, Debug)]
pub struct Look {
    pub width: u32,
    pub height: u32,
    pub telephone: bool,
    pub dark: bool,
    pub script: bool,
    pub language: &'static str,
    /// 400 ms there and back, 400 kbit/s.
    pub slow: bool,
}

/// A desk with a large screen, in English.
pub const DESK: Look =
    Look { width: 1280, height: 900, telephone: false, dark: false, script: true, language: "en", slow: false };
pub const TELEPHONE: Look = Look { width: 360, height: 740, telephone: true, ..DESK };

pub struct Tab {
    runtime: tokio::runtime::Runtime,
    driver: Option<WebDriver>,
    service: Child,
    /// Where Chromium keeps what it knows; gone with the tab.
    _profile: tempfile::TempDir,
    host: String,
}

impl Drop for Tab {
    fn drop(&mut self) {
        if let Some(driver) = self.driver.take() {
            let _ = self.runtime.block_on(driver.quit());
        }
        let _ = self.service.kill();
        let _ = self.service.wait();
    }
}

const ARGUMENTS: &[&str] = &[
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
];

/// Starts chromedriver on a free port; `None` where it did not get one.
fn listening(driver: &str) -> std::io::Result<Option<(Child, String)>> {
    let mut service = Command::new(driver).arg("--port=0").stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
    let told = BufReader::new(service.stdout.take().expect("its output")).lines().map_while(Result::ok);
    let port = told
        .into_iter()
        .find_map(|line| Some(line.split("successfully on port ").nth(1)?.trim_end_matches('.').to_owned()));
    if port.is_none() {
        service.kill().ok();
        service.wait().ok();
    }
    Ok(port.map(|port| (service, port)))
}

impl Tab {
    /// A tab on the pages of `host`; `None` where there is no Chromium.
    pub fn open(host: &str, look: Look) -> Option<Tab> {
        let driver = std::env::var("IDENI_TEST_CHROMEDRIVER").unwrap_or_else(|_| "chromedriver".into());
        // Now and then it finds its port taken on one of the two families of addresses, and stops.
        let started = (0..5).find_map(|_| match listening(&driver) {
            Ok(None) => None,
            other => Some(other),
        });
        let (service, port) = match started {
            Some(Ok(Some(started))) => started,
            Some(_) => {
                eprintln!("skipped: there is no chromedriver (Debian's chromium and chromium-driver)");
                return None;
            }
            None => panic!("chromedriver found no port"),
        };
        let profile = tempfile::tempdir().expect("a folder");
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        let capabilities = capabilities(&look, profile.path());
        let driver = runtime.block_on(WebDriver::new(format!("http://127.0.0.1:{port}"), capabilities));
        let driver = Some(driver.expect("a session of Chromium"));
        let tab = Tab { runtime, driver, service, _profile: profile, host: host.to_owned() };
        tab.look(&look);
        Some(tab)
    }

    fn look(&self, look: &Look) {
        let Look { width, height, telephone, dark, .. } = look;
        self.command(
            "Emulation.setDeviceMetricsOverride",
            json!({"width": width, "height": height, "deviceScaleFactor": 1, "mobile": telephone}),
        );
        if *telephone {
            self.command("Emulation.setTouchEmulationEnabled", json!({"enabled": true}));
        }
        let scheme = if *dark { "dark" } else { "light" };
        self.command(
            "Emulation.setEmulatedMedia",
            json!({"features": [{"name": "prefers-color-scheme", "value": scheme}]}),
        );
        if look.slow {
            self.command("Network.enable", json!({}));
            self.command(
                "Network.emulateNetworkConditions",
                json!({"offline": false, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}),
            );
        }
    }

    /// The line is cut, or whole again.
    pub fn offline(&self, offline: bool) {
        self.command("Network.enable", json!({}));
        self.command(
            "Network.emulateNetworkConditions",
            json!({"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": -1}),
        );
    }

    fn driver(&self) -> &WebDriver {
        self.driver.as_ref().expect("an open tab")
    }

    pub fn command(&self, method: &str, parameters: Value) -> Value {
        let answer = self.runtime.block_on(self.driver().cdp().send_raw(method, parameters));
        answer.unwrap_or_else(|e| panic!("{method}: {e}"))
    }

    /// Opens a page of the program.
    pub fn go(&self, path: &str) {
        let url = format!("http://{}{path}", self.host);
        self.runtime.block_on(self.driver().goto(url)).expect("a page");
    }

    /// Signs somebody in whose password is chosen already.
    pub fn sign_in(&self, user: &str) {
        self.go("/sign-in");
        self.fill("[name=name]", user);
        self.fill("[name=password]", PASSWORD);
        self.click("main button");
        self.wait_to_see("#main");
    }

    /// The path and question of the page that is shown.
    pub fn at(&self) -> String {
        let url = self.runtime.block_on(self.driver().current_url()).expect("an address");
        url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path()))
    }

    /// What a person reads on the page.
    pub fn text(&self) -> String {
        // The page may be swapped between finding it and reading it.
        let read = (0..5).find_map(|_| self.runtime.block_on(self.find("body").text()).ok());
        read.expect("text")
    }

    #[track_caller]
    pub fn find(&self, css: &str) -> WebElement {
        let found = self.runtime.block_on(self.driver().find(By::Css(css)));
        found.unwrap_or_else(|_| panic!("nothing matches {css} at {}:\n{}", self.at(), self.text()))
    }

    pub fn count(&self, css: &str) -> usize {
        self.runtime.block_on(self.driver().find_all(By::Css(css))).map_or(0, |found| found.len())
    }

    #[track_caller]
    pub fn click(&self, css: &str) {
        let element = self.find(css);
        self.runtime.block_on(element.click()).unwrap_or_else(|e| panic!("clicking {css}: {e}"));
    }

    /// Types into a field that is emptied first.
    #[track_caller]
    pub fn fill(&self, css: &str, text: &str) {
        let element = self.find(css);
        let typed = async {
            // A date is typed differently in every language; its value is not.
            if element.attr("type").await?.as_deref() == Some("date") {
                let script = "arguments[0].value = arguments[1]; arguments[0].dispatchEvent(new Event('input', {bubbles: true}));";
                self.driver().execute(script, vec![element.to_json()?, json!(text)]).await?;
                return Ok(());
            }
            element.clear().await?;
            element.send_keys(text).await
        };
        self.runtime.block_on(typed).unwrap_or_else(|e: WebDriverError| panic!("filling {css}: {e}"));
    }

    /// Chooses a file in a field.
    #[track_caller]
    pub fn choose(&self, css: &str, file: &std::path::Path) {
        let element = self.find(css);
        self.runtime.block_on(element.send_keys(file.display().to_string())).expect("a file is chosen");
    }

    /// Lets go of a file over something.
    pub fn drop_file(&self, css: &str, name: &str, text: &str) {
        let onto = self.find(css);
        let script = "const held = new DataTransfer(); held.items.add(new File([arguments[2]], arguments[1]));
            const drop = new DragEvent('drop', {dataTransfer: held, bubbles: true, cancelable: true});
            arguments[0].dispatchEvent(drop); return drop.defaultPrevented;";
        let taken = self
            .runtime
            .block_on(async { self.driver().execute(script, vec![onto.to_json()?, json!(name), json!(text)]).await });
        assert_eq!(taken.expect("a drop").json(), true, "the file would replace the page");
    }

    /// What a field holds.
    #[track_caller]
    pub fn value(&self, css: &str) -> String {
        let element = self.find(css);
        self.runtime.block_on(element.value()).expect("a value").unwrap_or_default()
    }

    /// Whether closing the tab would be asked about.
    pub fn asks_before_leaving(&self) -> bool {
        self.eval("return !dispatchEvent(new Event('beforeunload', {cancelable: true}))") == true
    }

    /// Answers a question of the page, which is returned.
    #[track_caller]
    pub fn answer(&self, yes: bool) -> String {
        let question = || self.runtime.block_on(self.driver().get_alert_text()).ok();
        assert!(Self::comes(|| question().is_some()), "the page asks nothing");
        let asked = question().expect("a question");
        let answered =
            async { if yes { self.driver().accept_alert().await } else { self.driver().dismiss_alert().await } };
        self.runtime.block_on(answered).expect("an answer");
        asked
    }

    pub fn reload(&self) {
        self.runtime.block_on(self.driver().refresh()).expect("the page again");
    }

    pub fn back(&self) {
        self.runtime.block_on(self.driver().back()).expect("the page before");
    }

    /// Presses keys, wherever the focus is.
    pub fn press(&self, keys: &str) {
        // The page may be swapped between looking for the focus and pressing.
        let pressed = (0..5).any(|_| {
            self.runtime.block_on(async { self.driver().active_element().await?.send_keys(keys).await }).is_ok()
        });
        assert!(pressed, "{keys} cannot be pressed at {}", self.at());
    }

    pub fn press_enter(&self) {
        self.press(Key::Enter.value().encode_utf8(&mut [0; 4]));
    }

    /// Waits until something matches.
    #[track_caller]
    pub fn wait_to_see(&self, css: &str) {
        self.wait(css, || self.count(css) > 0);
    }

    /// Waits until somebody can read this; what comes into a page may fade in.
    #[track_caller]
    pub fn wait_to_read(&self, words: &str) {
        self.wait(words, || self.text().contains(words));
    }

    #[track_caller]
    pub fn wait(&self, what: &str, is_there: impl Fn() -> bool) {
        if !Self::comes(is_there) {
            panic!("{what} did not come at {}:\n{}", self.at(), self.text());
        }
    }

    /// Whether it comes before long.
    fn comes(is_there: impl Fn() -> bool) -> bool {
        (0..400).any(|_| {
            is_there() || {
                std::thread::sleep(Duration::from_millis(50));
                false
            }
        })
    }

    /// What a script returns.
    pub fn eval(&self, script: &str) -> Value {
        let answer = self.runtime.block_on(self.driver().execute(script, Vec::new()));
        answer.unwrap_or_else(|e| panic!("{script}: {e}")).json().clone()
    }

    /// What a script hands to its last argument.
    pub fn eval_later(&self, script: &str) -> Value {
        let answer = self.runtime.block_on(self.driver().execute_async(script, Vec::new()));
        answer.unwrap_or_else(|e| panic!("{script}: {e}")).json().clone()
    }

    /// Writes the screen into `target/screens`.
    pub fn picture(&self, name: &str) {
        let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../target/screens");
        std::fs::create_dir_all(&folder).expect("a folder");
        let file = folder.join(format!("{name}.png"));
        // A page that fades in cannot be pictured at that moment.
        let taken = (0..5).any(|_| self.runtime.block_on(self.driver().screenshot(&file)).is_ok());
        assert!(taken, "no picture of {}", self.at());
    }

    /// How far the page can be scrolled sideways, in pixels.
    pub fn sideways(&self) -> i64 {
        let script = "return document.documentElement.scrollWidth - document.documentElement.clientWidth";
        self.eval(script).as_i64().expect("pixels")
    }

    /// What axe-core finds that is serious or critical: rule, and the first place; `None` without axe-core.
    pub fn inaccessible(&self) -> Option<Vec<String>> {
        let file = std::env::var("IDENI_TEST_AXE").ok()?;
        let axe = std::fs::read_to_string(file).expect("axe-core");
        let run = "const done = arguments[arguments.length - 1]; axe.run(document, {resultTypes: ['violations']}).then(r => done(r.violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => v.id + ': ' + v.nodes[0].html)), e => done(['' + e]));";
        self.eval(&axe);
        Some(serde_json::from_value(self.eval_later(run)).expect("a list"))
    }
}

fn capabilities(look: &Look, profile: &std::path::Path) -> ChromeCapabilities {
    let mut capabilities = DesiredCapabilities::chrome();
    let own = [
        format!("--user-data-dir={}", profile.display()),
        format!("--window-size={},{}", look.width, look.height),
        format!("--lang={}", look.language),
    ];
    for argument in ARGUMENTS.iter().map(|a| (*a).to_owned()).chain(own) {
        capabilities.add_arg(&argument).expect("an argument");
    }
    let script = if look.script { 1 } else { 2 };
    let preferences = json!({
        "intl.accept_languages": look.language,
        "profile.managed_default_content_settings.javascript": script,
    });
    capabilities.add_experimental_option("prefs", preferences).expect("preferences");
    capabilities
}
