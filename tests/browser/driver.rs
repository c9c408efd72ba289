//! Chromium without a window, driven over a pipe as a person would: keys, clicks, paper.

use serde_json::{Value, json};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

/// How long an answer may take; the machine may be busy with other tests.
const PATIENCE: Duration = Duration::from_secs(60);

/// The names that distributions give the program.
const NAMES: [&str; 3] = ["chromium", "chromium-browser", "google-chrome"];

/// A page in a browser of its own.
pub(super) struct Page {
    browser: Child,
    commands: ChildStdin,
    answers: Receiver<Value>,
    last: u64,
    session: String,
    /// What the page did while nobody asked: messages of the browser, in order.
    pub(super) events: Vec<Value>,
    folder: PathBuf,
}

/// Switches under which the browser starts quickly and calls nobody.
const SWITCHES: [&str; 12] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--force-device-scale-factor=1",
    "--remote-debugging-pipe",
];

fn program() -> &'static str {
    let is_there = |name: &&str| {
        let found = Command::new("sh").args(["-c", "command -v \"$0\"", name]).stdout(Stdio::null()).status();
        found.is_ok_and(|status| status.success())
    };
    NAMES.into_iter().find(is_there).unwrap_or_else(|| {
        panic!("Chromium is missing, and without it nobody has looked at the HTML report: install the package `chromium` ({NAMES:?} were tried)")
    })
}

impl Page {
    /// Opens a file, in a window of a width.
    pub(super) fn open(file: &Path, width: u32) -> Self {
        let mut page = Self::start(file.file_stem().unwrap().to_str().unwrap());
        page.resize(width);
        page.visit(file);
        page
    }

    /// An empty page.
    pub(super) fn start(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("browser").join(format!("{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir_all(&folder).unwrap();
        // The browser reads commands from its third pipe and answers on the fourth: the shell lays ours there.
        let mut browser = Command::new("sh")
            .args(["-c", "exec \"$0\" \"$@\" 3<&0 4>&1 </dev/null >/dev/null 2>\"$LOG\"", program()])
            .args(SWITCHES)
            .arg(format!("--user-data-dir={}", folder.join("profile").display()))
            .arg("about:blank")
            .env("LOG", folder.join("log"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let commands = browser.stdin.take().unwrap();
        let mut out = BufReader::new(browser.stdout.take().unwrap());
        let (send, answers) = channel();
        std::thread::spawn(move || {
            let mut message = Vec::new();
            while out.read_until(0, &mut message).is_ok_and(|n| n > 0) {
                message.pop();
                if send.send(serde_json::from_slice(&message).unwrap()).is_err() {
                    return;
                }
                message.clear();
            }
        });
        let mut page = Self { browser, commands, answers, last: 0, session: String::new(), events: Vec::new(), folder };
        let target = page.call("Target.createTarget", json!({"url": "about:blank"}));
        let attached = page.call("Target.attachToTarget", json!({"targetId": target["targetId"], "flatten": true}));
        attached["sessionId"].as_str().unwrap().clone_into(&mut page.session);
        for domain in ["Page", "Runtime", "Network", "Log"] {
            page.call(&format!("{domain}.enable"), json!({}));
        }
        page
    }

    /// Sends a command and waits for its answer.
    pub(super) fn call(&mut self, method: &str, params: Value) -> Value {
        self.last += 1;
        let mut message = json!({"id": self.last, "method": method, "params": params});
        if !self.session.is_empty() {
            message["sessionId"] = json!(self.session);
        }
        let sent = self.commands.write_all(format!("{message}\0").as_bytes()).and_then(|()| self.commands.flush());
        assert!(sent.is_ok(), "the browser is gone: {}", self.log());
        loop {
            let answer = self.next();
            if answer["id"] == json!(self.last) {
                assert!(answer.get("error").is_none(), "{method}: {answer}");
                return answer["result"].clone();
            }
            self.events.push(answer);
        }
    }

    fn next(&mut self) -> Value {
        self.answers.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("the browser does not answer: {}", self.log()))
    }

    fn log(&self) -> String {
        fs::read_to_string(self.folder.join("log")).unwrap_or_default()
    }

    /// Opens a file and waits until it is there.
    pub(super) fn visit(&mut self, file: &Path) {
        let seen = self.events.len();
        self.call("Page.navigate", json!({"url": format!("file://{}", file.display())}));
        while !self.events[seen..].iter().any(|event| event["method"] == "Page.loadEventFired") {
            let event = self.next();
            self.events.push(event);
        }
    }

    /// The width of the window, a typical height.
    pub(super) fn resize(&mut self, width: u32) {
        let size = json!({"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": false});
        self.call("Emulation.setDeviceMetricsOverride", size);
    }

    /// The value of an expression.
    pub(super) fn value(&mut self, expression: &str) -> Value {
        let asked = json!({"expression": expression, "returnByValue": true, "awaitPromise": true});
        let answer = self.call("Runtime.evaluate", asked);
        assert!(answer.get("exceptionDetails").is_none(), "{expression}: {answer}");
        answer["result"]["value"].clone()
    }

    /// What a person reads in the first element that a selector picks.
    pub(super) fn text(&mut self, selector: &str) -> String {
        let text = self.value(&format!("document.querySelector({})?.innerText ?? null", json!(selector)));
        text.as_str().unwrap_or_else(|| panic!("nothing is `{selector}`")).trim().to_owned()
    }

    /// How many elements a selector picks.
    pub(super) fn count(&mut self, selector: &str) -> u64 {
        self.value(&format!("document.querySelectorAll({}).length", json!(selector))).as_u64().unwrap()
    }

    /// Waits until an expression is true.
    pub(super) fn until(&mut self, expression: &str) {
        for _ in 0..600 {
            if self.value(expression) == json!(true) {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("it does not come about that {expression}");
    }

    /// Clicks into the middle of an element, after scrolling to it.
    pub(super) fn click(&mut self, selector: &str) {
        // What comes into sight is laid out only then, and may move what is below it.
        let middle = self.value(&format!(
            "(async () => {{ const it = document.querySelector({}); for (let turn = 0; turn < 2; turn++) {{
             it.scrollIntoView({{ block: 'center', behavior: 'instant' }});
             await new Promise((next) => requestAnimationFrame(() => requestAnimationFrame(next))); }}
             const box = it.getBoundingClientRect(); return [box.x + Math.min(box.width / 2, 40), box.y + box.height / 2]; }})()",
            json!(selector)
        ));
        for kind in ["mousePressed", "mouseReleased"] {
            let event = json!({"type": kind, "x": middle[0], "y": middle[1], "button": "left", "clickCount": 1});
            self.call("Input.dispatchMouseEvent", event);
        }
    }

    /// Presses one key: `Tab`, `Enter`, `Escape`, `ArrowRight`.
    pub(super) fn press(&mut self, key: &str) {
        let code = match key {
            "Tab" => 9,
            "Enter" => 13,
            "Escape" => 27,
            "ArrowRight" => 39,
            "ArrowDown" => 40,
            _ => panic!("say which code `{key}` has"),
        };
        let down = if key == "Enter" { json!("\r") } else { Value::Null };
        let mut event = json!({"type": "keyDown", "key": key, "code": key, "windowsVirtualKeyCode": code});
        if down.is_string() {
            event["text"] = down;
        }
        self.call("Input.dispatchKeyEvent", event.clone());
        event["type"] = json!("keyUp");
        self.call("Input.dispatchKeyEvent", event);
    }

    /// Types a text where the focus is.
    pub(super) fn type_text(&mut self, text: &str) {
        self.call("Input.insertText", json!({"text": text}));
    }

    /// The page on paper.
    pub(super) fn paper(&mut self) -> Vec<u8> {
        let asked = json!({"preferCSSPageSize": true, "printBackground": true});
        self.bytes("Page.printToPDF", asked)
    }

    /// A picture of what the window shows, or of the whole page.
    pub(super) fn picture(&mut self, whole: bool) -> Vec<u8> {
        self.bytes("Page.captureScreenshot", json!({"captureBeyondViewport": whole}))
    }

    fn bytes(&mut self, method: &str, params: Value) -> Vec<u8> {
        let answer = self.call(method, params);
        data_encoding::BASE64.decode(answer["data"].as_str().unwrap().as_bytes()).unwrap()
    }

    /// What went wrong in the page and what it asked the network for; both must be nothing.
    pub(super) fn complaints(&self) -> Vec<String> {
        let complaint = |event: &Value| match event["method"].as_str().unwrap_or_default() {
            "Runtime.exceptionThrown" | "Runtime.consoleAPICalled" => Some(event["params"].to_string()),
            "Log.entryAdded" => Some(event["params"]["entry"].to_string()),
            "Network.requestWillBeSent" => {
                let url = event["params"]["request"]["url"].as_str().unwrap_or_default();
                let own = url == event["params"]["documentURL"] && url.starts_with("file://");
                (!own).then(|| format!("asks for {url}"))
            }
            _ => None,
        };
        self.events.iter().filter_map(complaint).collect()
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        let _ = self.commands.write_all(b"{\"id\":0,\"method\":\"Browser.close\"}\0");
        let _ = self.commands.flush();
        for _ in 0..100 {
            if matches!(self.browser.try_wait(), Ok(Some(_))) {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        let _ = self.browser.kill();
        let _ = self.browser.wait();
        let _ = fs::remove_dir_all(&self.folder);
    }
}
