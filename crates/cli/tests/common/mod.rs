//! The real binary, against a sandbox that it serves itself.

#![allow(dead_code, unreachable_pub, reason = "each test program uses a part of it")]

use serde_json::Value;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

/// The binary, without whatever the environment of the test run says.
pub fn trunkline() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_trunkline"));
    command.env_clear().env("NO_COLOR", "1").stdin(Stdio::null());
    command.env("TRUNKLINE_JOURNAL", concat!(env!("CARGO_TARGET_TMPDIR"), "/journal"));
    command
}

/// A sandbox that ends with the test.
pub struct Sandbox {
    child: Child,
    /// Where the binary keeps what it keeps.
    folder: PathBuf,
    /// What `trunkline sandbox --json` printed.
    pub printed: Value,
}

impl Sandbox {
    pub fn start() -> Self {
        let mut child = trunkline().args(["sandbox", "--json"]).stdout(Stdio::piped()).spawn().expect("it starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("piped")).read_line(&mut line).expect("it prints");
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("sandbox-{}", child.id()));
        Self { child, folder, printed: serde_json::from_str(&line).expect("one JSON object on one line") }
    }

    /// A command whose environment is what the sandbox printed.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = trunkline();
        let environment = self.printed["environment"].as_object().expect("an object");
        command.envs(environment.iter().map(|(name, value)| (name, value.as_str().expect("text"))));
        command.env("XDG_CACHE_HOME", self.folder.join("cache")).env("TRUNKLINE_JOURNAL", self.folder.join("journal"));
        command.args(arguments);
        command
    }

    /// A call to the sandbox itself.
    pub fn control(&self, method: &str, path: &str, body: &Value) -> Value {
        let url = self.printed["url"].as_str().expect("its address");
        let address = url.trim_start_matches("http://").split('/').next().expect("an address");
        let body = body.to_string();
        let mut stream = TcpStream::connect(address).expect("it listens");
        let head = format!("{method} /_sandbox/{path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n");
        write!(stream, "{head}content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}", body.len())
            .expect("sent");
        let mut reply = String::new();
        stream.read_to_string(&mut reply).expect("an answer");
        assert!(reply.starts_with("HTTP/1.1 200"), "{reply}");
        serde_json::from_str(reply.split("\r\n\r\n").nth(1).expect("a body")).expect("JSON")
    }

    /// How many purchases that provider has taken money for.
    pub fn purchases(&self, provider: &str) -> u64 {
        self.control("GET", "state", &Value::Null)["providers"][provider]["purchases"].as_u64().expect("counted")
    }

    pub fn run(&self, arguments: &[&str]) -> Ran {
        Ran::of(self.command(arguments).output().expect("it runs"))
    }

    /// Asks it to end, as Ctrl-C and init systems do.
    pub fn terminate(mut self) -> Option<i32> {
        let id = self.child.id().to_string();
        assert!(Command::new("kill").arg(id).status().expect("kill runs").success());
        self.child.wait().expect("it ends").code()
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

/// What a run of the binary came to.
#[derive(Debug)]
pub struct Ran {
    pub code: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Ran {
    pub fn of(output: Output) -> Self {
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
        Self { code: output.status.code(), out: text(output.stdout), err: text(output.stderr) }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

pub fn run(arguments: &[&str]) -> Ran {
    Ran::of(trunkline().args(arguments).output().expect("it runs"))
}
