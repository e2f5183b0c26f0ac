//! PostgreSQL's own server killed, its power cut, its disk full: a server of the test's own, beside the `pg_ctl` that is
//! named.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::time::Duration;

use store::{Db, Source};

use super::child::{Log, post, prepare, start};
use crate::support::{Book, Place, draw, scaled, seed};

struct Server {
    bin: PathBuf,
    folder: tempfile::TempDir,
    port: u16,
    user: Option<String>,
    /// The folder is a file system of its own, of a size.
    mounted: bool,
}

/// Megabytes of a small disk.
const DISK_MB: u32 = 256;
/// Megabytes of a file of the write-ahead log: on the small disk one that has its room from the beginning, else as little
/// as there may be, so that many are begun.
const LOG_MB: [&str; 2] = ["1", "64"];

impl Server {
    /// A new server of our own, on a disk of `DISK_MB` if asked; `None`, with the reason said, where PostgreSQL is not
    /// named or no disk can be mounted.
    fn begin(small_disk: bool) -> Option<Server> {
        let Some(pg_ctl) = std::env::var_os("IDENI_TEST_PG_CTL") else {
            eprintln!("skipped: the killed PostgreSQL server (IDENI_TEST_PG_CTL names no pg_ctl)");
            return None;
        };
        let bin = Path::new(&pg_ctl).parent().expect("pg_ctl lies in a folder").to_owned();
        let folder = tempfile::tempdir().expect("a folder");
        let port = std::net::TcpListener::bind("127.0.0.1:0").and_then(|l| l.local_addr()).expect("a free port").port();
        // PostgreSQL does not run as root; the user who runs the tests' server runs this one.
        let root =
            std::fs::metadata("/proc/self").map(|m| std::os::unix::fs::MetadataExt::uid(&m)).is_ok_and(|uid| uid == 0);
        let user = root.then(|| std::env::var("IDENI_TEST_PG_USER").unwrap_or_else(|_| "postgres".into()));
        let size = format!("size={DISK_MB}m");
        let mounted =
            small_disk && done(Command::new("mount").args(["-t", "tmpfs", "-o", &size, "tmpfs"]).arg(folder.path()));
        if small_disk && !mounted {
            eprintln!("skipped: PostgreSQL on a full disk (no file system may be mounted here; root may)");
            return None;
        }
        let server = Server { bin, folder, port, user, mounted };
        if let Some(user) = &server.user {
            let told = Command::new("chown").arg(user).arg(server.folder.path()).status().expect("chown");
            assert!(told.success());
        }
        let data = server.data();
        server.run(
            "initdb",
            &[
                &["-D", &data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync"][..],
                &["--wal-segsize", LOG_MB[usize::from(small_disk)]],
            ]
            .concat(),
        );
        server.start();
        Some(server)
    }

    fn data(&self) -> String {
        self.folder.path().join("data").display().to_string()
    }

    fn run(&self, program: &str, args: &[&str]) -> bool {
        self.run_in(&[], program, args)
    }

    fn run_in(&self, environment: &[(&str, String)], program: &str, args: &[&str]) -> bool {
        let program = self.bin.join(program);
        let mut command = match &self.user {
            Some(user) => {
                let mut command = Command::new("runuser");
                command.args(["-u", user, "--"]).arg(program);
                command
            }
            None => Command::new(program),
        };
        let log = std::fs::File::create(self.folder.path().join("said")).expect("a file");
        command.envs(environment.iter().map(|(name, value)| (*name, value.as_str())));
        command.args(args).current_dir("/").stdout(log.try_clone().expect("a file")).stderr(log);
        command.status().expect("it runs").success()
    }

    fn start(&self) {
        self.start_in(&[]);
    }

    /// No checkpoint comes by itself, and the server would answer before a sync: our connections must insist on it.
    fn start_in(&self, environment: &[(&str, String)]) {
        let (data, log) = (self.data(), self.folder.path().join("log"));
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=on -c synchronous_commit=off \
             -c checkpoint_timeout=1h -c max_wal_size=4GB -c autovacuum=off",
            self.port
        );
        for _ in 0..50 {
            // After a kill its children need a moment to go.
            let log = log.display().to_string();
            let args = ["start", "-D", &data, "-o", &options, "-l", &log, "-w", "-t", "60"];
            if self.run_in(environment, "pg_ctl", &args) {
                return;
            }
            std::thread::sleep(Duration::from_millis(200));
        }
        panic!("the server does not start: {}", std::fs::read_to_string(log).unwrap_or_default());
    }

    fn kill(&self) {
        let file = Path::new(&self.data()).join("postmaster.pid");
        let text = std::fs::read_to_string(file).expect("the server's process id");
        let pid = text.lines().next().expect("a line").trim().to_owned();
        assert!(Command::new("kill").args(["-9", &pid]).status().expect("kill").success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.data();
        self.run("pg_ctl", &["stop", "-D", &data, "-m", "immediate", "-w"]);
        if self.mounted {
            done(Command::new("umount").arg("--lazy").arg(self.folder.path()));
        }
    }
}

/// Puts a copy of a folder where nothing is, or over what is there.
fn copy(from: &Path, to: &Path) {
    assert!(done(Command::new("cp").arg("-a").arg(from.join(".")).arg(to)), "{} to {}", from.display(), to.display());
}

fn done(command: &mut Command) -> bool {
    command.stderr(std::process::Stdio::null()).status().is_ok_and(|status| status.success())
}

#[test]
fn the_server_killed_loses_nothing_acknowledged() {
    let Some(server) = Server::begin(false) else { return };
    let mut random = seed("server kills") | 1;
    let place = Place::at(format!("postgres://postgres@127.0.0.1:{}/postgres", server.port));
    prepare(&place);
    let log = Mutex::new(Log::default());
    let db = Db::open(&place.url, Source::system()).expect("the book opens");
    for _ in 0..scaled(20).max(2) {
        let done = std::sync::atomic::AtomicBool::new(false);
        let begun = log.lock().expect("the log").next;
        std::thread::scope(|scope| {
            for (thread, first) in begun.into_iter().enumerate() {
                let (db, log, done) = (&db, &log, &done);
                scope.spawn(move || {
                    for n in first.. {
                        let key = format!("k-{thread}-{n}");
                        // The same program, the same key, until the server is back and answers.
                        let number = loop {
                            match post(db, &key) {
                                Ok(number) => break number,
                                Err(_) => std::thread::sleep(Duration::from_millis(20)),
                            }
                        };
                        log.lock().expect("the log").take([&format!("ACK {key} {number}")]);
                        if done.load(std::sync::atomic::Ordering::Relaxed) {
                            return;
                        }
                    }
                });
            }
            draw(&mut random);
            std::thread::sleep(Duration::from_micros(50_000 + random % 400_000));
            server.kill();
            server.start();
            std::thread::sleep(Duration::from_millis(200));
            done.store(true, std::sync::atomic::Ordering::Relaxed);
        });
        log.lock().expect("the log").check(&place);
    }
    eprintln!("server kills: {} acknowledgements, none lost", log.lock().expect("the log").acknowledged.len());
}

/// Leaves so many bytes free on the disk.
fn fill(server: &Server, room: u64) -> PathBuf {
    let ballast = server.folder.path().join("ballast");
    let told = Command::new("df").args(["--output=avail", "-B1"]).arg(server.folder.path()).output().expect("df");
    let text = String::from_utf8(told.stdout).expect("text");
    let free: u64 = text.lines().nth(1).and_then(|line| line.trim().parse().ok()).expect("bytes free");
    let length = free.saturating_sub(room).to_string();
    assert!(done(Command::new("fallocate").args(["-l", &length]).arg(&ballast)), "{length} bytes of ballast");
    ballast
}

#[test]
fn a_full_disk_under_the_server_is_refused_readable_and_resumes() {
    let Some(server) = Server::begin(true) else { return };
    let mut random = seed("full disks of the server") | 1;
    let place = Place::at(format!("postgres://postgres@127.0.0.1:{}/postgres", server.port));
    prepare(&place);
    let mut log = Log::default();
    for round in 0..scaled(6).max(2) {
        draw(&mut random);
        let ballast = fill(&server, random % 1_500_000);
        let running = start(&place.url, &log.next, &[]);
        let mut lines: Vec<String> = Vec::new();
        while !lines.iter().any(|l| l.contains("NO ")) {
            lines.push(running.lines.recv_timeout(Duration::from_secs(60)).expect("the child says it is full"));
        }
        let refusal = lines.iter().find(|l| l.contains("NO ")).expect("a refusal");
        assert!(refusal.contains("the disk is full"), "round {round}: {refusal}");
        log.take(&lines);
        let there = Book::reopen_real(&place).documents().len();
        assert!(there >= log.acknowledged.len(), "{there} invoices, {} acknowledged", log.acknowledged.len());
        // Room again: the same program and the same server go on.
        std::fs::remove_file(ballast).expect("removed");
        let before = log.acknowledged.len();
        while log.acknowledged.len() < before + 20 {
            let line = running.lines.recv_timeout(Duration::from_secs(60)).expect("the child goes on");
            log.take([&line]);
        }
        log.take(&running.kill());
        log.check(&place);
    }
    eprintln!("full disks of the server: {} acknowledgements, none lost", log.acknowledged.len());
}

/// What the disk holds after the power is back: the data files as of the start, and of the write-ahead log what was synced
/// since.
#[test]
fn what_the_server_had_not_synced_is_lost_and_nothing_acknowledged_with_it() {
    let Some(server) = Server::begin(false) else { return };
    let folder = server.folder.path();
    let Some(layer) = super::disk::layer(folder) else { return };
    let mut random = seed("power cuts of the server") | 1;
    let place = Place::at(format!("postgres://postgres@127.0.0.1:{}/postgres", server.port));
    prepare(&place);
    let (data, base, shadow) = (PathBuf::from(server.data()), folder.join("base"), folder.join("shadow"));
    let log_folder = data.join("pg_wal");
    let environment = [
        ("LD_PRELOAD", layer.display().to_string()),
        ("POWER_CUT_MATCH", format!("{}/", log_folder.display())),
        ("POWER_CUT_SHADOW", shadow.display().to_string()),
    ];
    let mut log = Log::default();
    for _ in 0..scaled(20).max(2) {
        assert!(server.run("pg_ctl", &["stop", "-D", &server.data(), "-m", "fast", "-w"]));
        for old in [&base, &shadow] {
            let _ = std::fs::remove_dir_all(old);
        }
        copy(&log_folder, &shadow);
        server.start_in(&environment);
        // Started and idle: the control file says by now that a start must look into the log.
        copy(&data, &base);
        std::fs::remove_file(base.join("postmaster.pid")).expect("removed");
        let running = start(&place.url, &log.next, &[]);
        let mut lines: Vec<String> = Vec::new();
        while !lines.iter().any(|l| l.contains("ACK ")) {
            lines.push(running.lines.recv_timeout(Duration::from_secs(60)).expect("the child answers"));
        }
        draw(&mut random);
        std::thread::sleep(Duration::from_micros(random % 500_000));
        server.kill();
        lines.extend(running.kill());
        log.take(&lines);
        std::fs::remove_dir_all(&data).expect("removed");
        copy(&base, &data);
        copy(&shadow, &log_folder);
        server.start();
        log.check(&place);
    }
    assert!(!log.acknowledged.is_empty());
    eprintln!("power cuts of the server: {} acknowledgements, none lost", log.acknowledged.len());
}
