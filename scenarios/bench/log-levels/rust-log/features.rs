//! What log and env_logger can do, each told from what came out when it was tried.

use env_logger::{Builder, Logger, Target};
use log::{debug, info, LevelFilter};
use std::io::{self, Write};
use std::sync::{Arc, Mutex};

/// An output that is kept, with clones that share it.
#[derive(Clone, Default)]
struct Memory(Arc<Mutex<Vec<u8>>>);

impl Memory {
    fn text(&self) -> String {
        String::from_utf8_lossy(&self.0.lock().unwrap()).into_owned()
    }

    /// Tells whether a call leaves its message in the output.
    fn gets(&self, log: impl Fn(&str)) -> bool {
        self.0.lock().unwrap().clear();
        log("a message");
        self.text().contains("a message")
    }

    fn logger(&self, builder: &mut Builder) -> Logger {
        builder.target(Target::Pipe(Box::new(self.clone()))).build()
    }
}

impl Write for Memory {
    fn write(&mut self, text: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(text)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A level silences calls below it, and no others.
fn has_levels() -> bool {
    let memory = Memory::default();
    let logger = memory.logger(Builder::new().filter_level(LevelFilter::Info));
    memory.gets(|text| info!(logger: logger, "{text}"))
        && !memory.gets(|text| debug!(logger: logger, "{text}"))
}

/// The level can be changed while the program runs.
fn has_change() -> bool {
    let memory = Memory::default();
    let logger = memory.logger(Builder::new().filter_level(LevelFilter::Debug));
    log::set_max_level(LevelFilter::Info);
    let before = memory.gets(|text| debug!(logger: logger, "{text}"));
    log::set_max_level(LevelFilter::Debug);
    !before && memory.gets(|text| debug!(logger: logger, "{text}"))
}

/// A level holds for the names below its name, but for those with one of their own.
fn has_hierarchy() -> bool {
    let memory = Memory::default();
    let logger = memory.logger(
        Builder::new()
            .filter_module("network", LevelFilter::Info)
            .filter_module("network::bgp", LevelFilter::Debug),
    );
    memory.gets(|text| debug!(logger: logger, target: "network::bgp", "{text}"))
        && memory.gets(|text| info!(logger: logger, target: "network::ospf", "{text}"))
        && !memory.gets(|text| debug!(logger: logger, target: "network::ospf", "{text}"))
}

/// Two outputs get the same calls, each from a level of its own. A program has one logger, and
/// env_logger's has one output, so that the second is turned down.
fn has_handlers() -> bool {
    let (brief, full) = (Memory::default(), Memory::default());
    let first = brief.logger(Builder::new().filter_level(LevelFilter::Info));
    let second = full.logger(Builder::new().filter_level(LevelFilter::Debug));
    let accepted = log::set_boxed_logger(Box::new(second)).is_ok();
    info!(logger: first, "first");
    debug!(logger: first, "second");
    accepted && !brief.text().contains("second") && full.text().contains("second")
}

/// Fields are printed with their names by what comes with the library.
fn has_fields() -> bool {
    let memory = Memory::default();
    let logger = memory.logger(Builder::new().filter_level(LevelFilter::Info));
    info!(logger: logger, peer = "192.0.2.1"; "session up");
    ["peer=192.0.2.1", "peer=\"192.0.2.1\"", "peer: 192.0.2.1"]
        .iter()
        .any(|field| memory.text().contains(field))
}

/// Records are printed as JSON, whatever is in them.
fn has_json() -> bool {
    let memory = Memory::default();
    let logger = memory.logger(Builder::new().filter_level(LevelFilter::Info));
    info!(logger: logger, "\"quoted\"");
    memory.text().trim_end().starts_with('{') && memory.text().contains(r#"\"quoted\""#)
}

/// Prints all answers to standard error.
pub fn print() {
    log::set_max_level(LevelFilter::Debug);
    let features = [
        ("levels", has_levels as fn() -> bool),
        ("change", has_change),
        ("hierarchy", has_hierarchy),
        ("handlers", has_handlers),
        ("fields", has_fields),
        ("json", has_json),
    ];
    for (name, has) in features {
        eprintln!("{name}: {}", if has() { "yes" } else { "no" });
    }
}
