//! Does one trivial OPERATION N times, and prints the sum of 1, 2, …, 7, 0, 1, … that it makes.
//!
//! - attribute: go to the next of eight structs in a ring, and read its number
//! - call: call a function that returns the next number
//! - lookup: look the next number up in a hash map, by one of eight names
//! - object: make a small struct with the next number, and keep it in an array of eight
//! - logic: make an event, hand it to a function that looks up the counter for the event's name,
//!   decides what to add to it and keeps the event
//!
//! The functions that are called are not inlined, so that there is a call. What is kept is boxed,
//! as it is on the heap in the other languages, and freed when the next one takes its place.

use std::collections::HashMap;
use std::env;
use std::num::NonZeroU64;
use std::process::ExitCode;
use std::time::Instant;

const NAMES: [&str; 8] = [
    "eth0", "eth1", "eth2", "eth3", "eth4", "eth5", "eth6", "eth7",
];

struct Node {
    position: u64,
    next: usize,
}

struct Event {
    name: &'static str,
    position: u64,
}

#[derive(Default)]
struct Counter {
    total: u64,
    rounds: u64,
    last: Option<Box<Event>>,
}

fn access_attributes(n: u64) -> u64 {
    let nodes: Vec<Node> = (0..8)
        .map(|position| Node {
            position: position as u64,
            next: (position + 1) % 8,
        })
        .collect();
    let mut node = &nodes[0];
    let mut total = 0;
    for _ in 0..n {
        node = &nodes[node.next];
        total += node.position;
    }
    total
}

#[inline(never)]
fn step(position: u64) -> u64 {
    (position + 1) % 8
}

fn call_function(n: u64) -> u64 {
    let mut position = 0;
    let mut total = 0;
    for _ in 0..n {
        position = step(position);
        total += position;
    }
    total
}

fn look_up(n: u64) -> u64 {
    let following: HashMap<&str, usize> = NAMES
        .into_iter()
        .enumerate()
        .map(|(position, name)| (name, (position + 1) % 8))
        .collect();
    let mut position = 0;
    let mut total = 0;
    for _ in 0..n {
        position = following[NAMES[position]];
        total += position as u64;
    }
    total
}

fn make_objects(n: u64) -> u64 {
    let mut nodes: [Option<Box<Node>>; 8] = Default::default();
    let mut position = 0;
    let mut total = 0;
    for _ in 0..n {
        let node = Box::new(Node {
            position: (position + 1) % 8,
            next: 0,
        });
        position = node.position;
        total += position;
        nodes[position as usize] = Some(node);
    }
    total
}

#[inline(never)]
fn handle(counters: &mut HashMap<&str, Counter>, event: Box<Event>) {
    let counter = counters
        .get_mut(event.name)
        .expect("every name has a counter");
    if event.position == 0 {
        counter.rounds += 1;
    } else {
        counter.total += event.position;
    }
    counter.last = Some(event);
}

fn handle_events(n: u64) -> u64 {
    let mut counters: HashMap<&str, Counter> = NAMES
        .into_iter()
        .map(|name| (name, Counter::default()))
        .collect();
    let mut position = 0;
    for _ in 0..n {
        position = (position + 1) % 8;
        let event = Event {
            name: NAMES[position],
            position: position as u64,
        };
        handle(&mut counters, Box::new(event));
    }
    counters.values().map(|counter| counter.total).sum()
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok((operation, n)) => {
            let start = Instant::now();
            let total = operation(n);
            let elapsed = start.elapsed();
            println!("{total}");
            println!("operationUs={:.6}", elapsed.as_secs_f64() / n as f64 * 1e6);
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("trivial: {problem}\nusage: trivial OPERATION N");
            ExitCode::from(2)
        }
    }
}

type Operation = fn(u64) -> u64;

fn parse_args(args: &[String]) -> Result<(Operation, u64), String> {
    match args {
        [operation, n] => Ok((
            parse_operation(operation)?,
            n.parse()
                .map(NonZeroU64::get)
                .map_err(|e| format!("N is '{n}': {e}"))?,
        )),
        _ => Err(format!("expected 2 arguments, found {}", args.len())),
    }
}

fn parse_operation(name: &str) -> Result<Operation, String> {
    match name {
        "attribute" => Ok(access_attributes),
        "call" => Ok(call_function),
        "lookup" => Ok(look_up),
        "object" => Ok(make_objects),
        "logic" => Ok(handle_events),
        _ => Err("OPERATION is none of attribute, call, lookup, object, logic".into()),
    }
}
