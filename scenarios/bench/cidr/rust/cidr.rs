//! Looks addresses up among prefixes, and collapses and subtracts prefixes, with the standard
//! library.
//!
//! Prints how many of LOOKUPS addresses are in one of PREFIXES prefixes with the sum of what the
//! longest ones stand for, then the number of prefixes after collapsing them and after taking
//! others away, each with the sum of their addresses and lengths.

use std::collections::{BTreeMap, HashMap};
use std::env;
use std::ops::Range;
use std::process::ExitCode;
use std::time::Instant;

/// An IPv4 prefix, as the standard library has none.
#[derive(Clone, Copy)]
struct Prefix {
    network: u32,
    length: u32,
}

impl Prefix {
    /// Keeps the leading bits of a number.
    fn new(number: u32, length: u32) -> Self {
        let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
        let network = number & mask;
        Self { network, length }
    }

    fn span(self) -> Range<u64> {
        let first = u64::from(self.network);
        first..first + (1 << (32 - self.length))
    }
}

/// What prefixes stand for, by the bits that are the host's and then by the other bits: the longest
/// prefixes come first.
struct Table(BTreeMap<u32, HashMap<u32, u64>>);

impl Table {
    fn new(prefixes: &[Prefix]) -> Self {
        let mut levels: BTreeMap<u32, HashMap<u32, u64>> = BTreeMap::new();
        for (value, prefix) in (1..).zip(prefixes) {
            let host_bits = 32 - prefix.length;
            let values = levels.entry(host_bits).or_default();
            values.insert(prefix.network >> host_bits, value);
        }
        Self(levels)
    }

    /// Returns what the longest prefix stands for that an address is in.
    fn find(&self, address: u32) -> Option<u64> {
        self.0
            .iter()
            .find_map(|(host_bits, values)| values.get(&(address >> host_bits)).copied())
    }
}

/// Sorts prefixes into spans that neither overlap nor touch.
fn collapse(prefixes: &[Prefix]) -> Vec<Range<u64>> {
    let mut spans: Vec<_> = prefixes.iter().map(|prefix| prefix.span()).collect();
    spans.sort_unstable_by_key(|span| span.start);
    let mut merged: Vec<Range<u64>> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

/// Returns what is left of collapsed spans without collapsed holes.
fn subtract(spans: Vec<Range<u64>>, holes: Vec<Range<u64>>) -> Vec<Range<u64>> {
    let mut left = Vec::new();
    let mut holes = holes.into_iter().peekable();
    for mut span in spans {
        while holes.next_if(|hole| hole.end <= span.start).is_some() {}
        while let Some(hole) = holes.peek().filter(|hole| hole.start < span.end) {
            if span.start < hole.start {
                left.push(span.start..hole.start);
            }
            span.start = hole.end;
            if hole.end > span.end {
                break;
            }
            holes.next();
        }
        if !span.is_empty() {
            left.push(span);
        }
    }
    left
}

/// Splits spans into the least number of prefixes.
fn prefixes_of(spans: &[Range<u64>]) -> Vec<Prefix> {
    let mut prefixes = Vec::new();
    for span in spans {
        let mut start = span.start;
        while start < span.end {
            let host_bits = start.trailing_zeros().min((span.end - start).ilog2());
            prefixes.push(Prefix::new(start as u32, 32 - host_bits));
            start += 1 << host_bits;
        }
    }
    prefixes
}

/// Marsaglia's 32-bit xorshift, the same in all languages.
struct Generator(u32);

impl Generator {
    fn next(&mut self) -> u32 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 17;
        self.0 ^= self.0 << 5;
        self.0
    }

    fn pick<T: Copy>(&mut self, items: &[T]) -> T {
        items[self.next() as usize % items.len()]
    }
}

struct Input {
    prefixes: Vec<Prefix>,
    holes: Vec<Prefix>,
    addresses: Vec<u32>,
}

impl Input {
    /// Makes prefixes of 14 to 24 bits, holes in them, and addresses in and near them.
    fn new(lookups: usize, count: usize) -> Self {
        let mut numbers = Generator(2_463_534_242);
        let prefixes: Vec<_> = (0..count)
            .map(|_| {
                let length = 14 + numbers.next() % 11;
                Prefix::new(numbers.next(), length)
            })
            .collect();
        let holes = (0..count)
            .map(|_| {
                let Prefix { network, length } = numbers.pick(&prefixes);
                let hole_length = length + 1 + numbers.next() % 4;
                Prefix::new(network | numbers.next() >> length, hole_length)
            })
            .collect();
        let addresses = (0..lookups)
            .map(|_| {
                let Prefix { network, length } = numbers.pick(&prefixes);
                network ^ numbers.next() >> (length - 2)
            })
            .collect();
        Self {
            prefixes,
            holes,
            addresses,
        }
    }
}

fn describe(name: &str, prefixes: &[Prefix]) {
    let sum: u64 = prefixes
        .iter()
        .map(|prefix| u64::from(prefix.network) + u64::from(prefix.length))
        .sum();
    println!("{name} {} sum {sum}", prefixes.len());
}

fn run(lookups: usize, count: usize) {
    let input = Input::new(lookups, count);

    let start = Instant::now();
    let table = Table::new(&input.prefixes);
    let built = Instant::now();
    let (mut found, mut sum) = (0, 0);
    for &address in &input.addresses {
        if let Some(value) = table.find(address) {
            found += 1;
            sum += value;
        }
    }
    let looked_up = Instant::now();
    let spans = collapse(&input.prefixes);
    let collapsed = prefixes_of(&spans);
    let merged = Instant::now();
    let left = prefixes_of(&subtract(spans, collapse(&input.holes)));
    let end = Instant::now();

    println!("found {found} sum {sum}");
    describe("collapsed", &collapsed);
    describe("left", &left);
    println!("buildMs={}", (built - start).as_secs_f64() * 1e3);
    let lookups_s = (looked_up - built).as_secs_f64();
    println!("lookupNs={}", lookups_s / lookups.max(1) as f64 * 1e9);
    println!("collapseMs={}", (merged - looked_up).as_secs_f64() * 1e3);
    println!("subtractMs={}", (end - merged).as_secs_f64() * 1e3);
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok((lookups, count)) => {
            run(lookups, count);
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("cidr: {problem}\nusage: cidr LOOKUPS PREFIXES");
            ExitCode::from(2)
        }
    }
}

fn parse_args(args: &[String]) -> Result<(usize, usize), String> {
    let [lookups, prefixes] = args else {
        return Err(format!("expected 2 arguments, found {}", args.len()));
    };
    let parse = |text: &String| text.parse().map_err(|e| format!("'{text}': {e}"));
    match (parse(lookups)?, parse(prefixes)?) {
        (_, 0) => Err("PREFIXES is 0, expected at least 1".to_string()),
        sizes => Ok(sizes),
    }
}
