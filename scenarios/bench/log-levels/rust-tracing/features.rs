//! What tracing and tracing-subscriber can do, each told from what came out when it was tried.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};
use tracing::level_filters::LevelFilter;
use tracing::subscriber::with_default;
use tracing::{debug, info, Level, Subscriber};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt::{layer, MakeWriter};
use tracing_subscriber::prelude::*;
use tracing_subscriber::reload;

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

    /// A subscriber that writes here what is of the level INFO or above.
    fn subscriber(&self) -> impl Subscriber {
        tracing_subscriber::fmt()
            .with_max_level(Level::INFO)
            .with_ansi(false)
            .with_writer(self.clone())
            .finish()
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

impl MakeWriter<'_> for Memory {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}

/// A level silences calls below it, and no others.
fn has_levels() -> bool {
    let memory = Memory::default();
    with_default(memory.subscriber(), || {
        memory.gets(|text| info!("{text}")) && !memory.gets(|text| debug!("{text}"))
    })
}

/// The level can be changed while the program runs.
fn has_change() -> bool {
    let memory = Memory::default();
    let (level, handle) = reload::Layer::new(LevelFilter::INFO);
    let lines = layer().with_ansi(false).with_writer(memory.clone());
    with_default(
        tracing_subscriber::registry().with(level).with(lines),
        || {
            let before = memory.gets(|text| debug!("{text}"));
            let changed = handle.reload(LevelFilter::DEBUG).is_ok();
            !before && changed && memory.gets(|text| debug!("{text}"))
        },
    )
}

/// A level holds for the names below its name, but for those with one of their own.
fn has_hierarchy() -> bool {
    let memory = Memory::default();
    let levels = Targets::new()
        .with_target("network", Level::INFO)
        .with_target("network::bgp", Level::DEBUG);
    let lines = layer().with_ansi(false).with_writer(memory.clone());
    with_default(
        tracing_subscriber::registry().with(lines.with_filter(levels)),
        || {
            memory.gets(|text| debug!(target: "network::bgp", "{text}"))
                && memory.gets(|text| info!(target: "network::ospf", "{text}"))
                && !memory.gets(|text| debug!(target: "network::ospf", "{text}"))
        },
    )
}

/// Two outputs get the same calls, each from a level of its own.
fn has_handlers() -> bool {
    let (brief, full) = (Memory::default(), Memory::default());
    let first = layer()
        .with_writer(brief.clone())
        .with_filter(LevelFilter::INFO);
    let second = layer()
        .with_writer(full.clone())
        .with_filter(LevelFilter::DEBUG);
    with_default(
        tracing_subscriber::registry().with(first).with(second),
        || {
            info!("first");
            debug!("second");
        },
    );
    brief.text().contains("first")
        && !brief.text().contains("second")
        && full.text().contains("first")
        && full.text().contains("second")
}

/// Fields are printed with their names by what comes with the library.
fn has_fields() -> bool {
    let memory = Memory::default();
    with_default(memory.subscriber(), || {
        info!(peer = "192.0.2.1", "session up")
    });
    ["peer=192.0.2.1", "peer=\"192.0.2.1\"", "peer: 192.0.2.1"]
        .iter()
        .any(|field| memory.text().contains(field))
}

/// Records are printed as JSON, whatever is in them.
fn has_json() -> bool {
    let memory = Memory::default();
    let lines = layer().json().with_writer(memory.clone());
    with_default(tracing_subscriber::registry().with(lines), || {
        info!("\"quoted\"")
    });
    memory.text().trim_end().starts_with('{') && memory.text().contains(r#"\"quoted\""#)
}

/// Prints all answers to standard error.
pub fn print() {
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
