//! Looks addresses up among prefixes, and collapses and subtracts prefixes, with ipnet, iprange
//! and prefix-trie.
//!
//! Prints how many of LOOKUPS addresses are in one of PREFIXES prefixes with the sum of what the
//! longest ones stand for, then the number of prefixes after collapsing them and after taking
//! others away, each with the sum of their addresses and lengths.

use ipnet::Ipv4Net;
use iprange::IpRange;
use prefix_trie::PrefixMap;
use std::env;
use std::net::Ipv4Addr;
use std::process::ExitCode;
use std::time::Instant;

/// Keeps the leading bits of a number.
fn prefix(number: u32, length: u8) -> Ipv4Net {
    Ipv4Net::new_assert(Ipv4Addr::from(number), length).trunc()
}

fn network(prefix: Ipv4Net) -> u32 {
    u32::from(prefix.network())
}

fn table(prefixes: &[Ipv4Net]) -> PrefixMap<Ipv4Net, u64> {
    prefixes.iter().copied().zip(1..).collect()
}

/// Returns what the longest prefix stands for that an address is in.
fn find(table: &PrefixMap<Ipv4Net, u64>, address: u32) -> Option<u64> {
    let host = Ipv4Net::from(Ipv4Addr::from(address));
    table.get_lpm(&host).map(|(_, &value)| value)
}

/// Returns what is left of prefixes without holes.
fn subtract(prefixes: &[Ipv4Net], holes: &[Ipv4Net]) -> Vec<Ipv4Net> {
    let set: IpRange<Ipv4Net> = prefixes.iter().copied().collect();
    let holes: IpRange<Ipv4Net> = holes.iter().copied().collect();
    set.exclude(&holes).iter().collect()
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
    prefixes: Vec<Ipv4Net>,
    holes: Vec<Ipv4Net>,
    addresses: Vec<u32>,
}

impl Input {
    /// Makes prefixes of 14 to 24 bits, holes in them, and addresses in and near them.
    fn new(lookups: usize, count: usize) -> Self {
        let mut numbers = Generator(2_463_534_242);
        let prefixes: Vec<_> = (0..count)
            .map(|_| {
                let length = 14 + (numbers.next() % 11) as u8;
                prefix(numbers.next(), length)
            })
            .collect();
        let holes = (0..count)
            .map(|_| {
                let around = numbers.pick(&prefixes);
                let length = around.prefix_len();
                let hole_length = length + 1 + (numbers.next() % 4) as u8;
                prefix(network(around) | numbers.next() >> length, hole_length)
            })
            .collect();
        let addresses = (0..lookups)
            .map(|_| {
                let near = numbers.pick(&prefixes);
                network(near) ^ numbers.next() >> (near.prefix_len() - 2)
            })
            .collect();
        Self {
            prefixes,
            holes,
            addresses,
        }
    }
}

fn describe(name: &str, prefixes: &[Ipv4Net]) {
    let sum: u64 = prefixes
        .iter()
        .map(|&prefix| u64::from(network(prefix)) + u64::from(prefix.prefix_len()))
        .sum();
    println!("{name} {} sum {sum}", prefixes.len());
}

fn run(lookups: usize, count: usize) {
    let input = Input::new(lookups, count);

    let start = Instant::now();
    let table = table(&input.prefixes);
    let built = Instant::now();
    let (mut found, mut sum) = (0, 0);
    for &address in &input.addresses {
        if let Some(value) = find(&table, address) {
            found += 1;
            sum += value;
        }
    }
    let looked_up = Instant::now();
    let collapsed = Ipv4Net::aggregate(&input.prefixes);
    let merged = Instant::now();
    let left = subtract(&collapsed, &input.holes);
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
