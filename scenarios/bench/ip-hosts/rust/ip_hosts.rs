//! Walks every host of each NETWORK and prints the sum of the octets of their addresses.

use std::env;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::process::ExitCode;

/// A network: its first address, its last one, and whether it has some that are no host's.
enum Network {
    V4(u32, u32, bool),
    V6(u128, u128, bool),
}

impl Network {
    fn parse(text: &str) -> Result<Self, String> {
        let (address, length) = text
            .split_once('/')
            .ok_or_else(|| format!("'{text}' has no prefix length"))?;
        let address = address.parse().map_err(|e| format!("'{text}': {e}"))?;
        let length: u32 = length.parse().map_err(|e| format!("'{text}': {e}"))?;
        let (network, base) = match address {
            IpAddr::V4(address) if length <= 32 => {
                let host_bits = u32::MAX.checked_shr(length).unwrap_or(0);
                let base = u32::from(address) & !host_bits;
                let network = Self::V4(base, base | host_bits, length < 31);
                (network, IpAddr::from(Ipv4Addr::from(base)))
            }
            IpAddr::V6(address) if length <= 128 => {
                let host_bits = u128::MAX.checked_shr(length).unwrap_or(0);
                let base = u128::from(address) & !host_bits;
                let network = Self::V6(base, base | host_bits, length < 127);
                (network, IpAddr::from(Ipv6Addr::from(base)))
            }
            _ => return Err(format!("'{text}' has too long a prefix")),
        };
        if base == address {
            Ok(network)
        } else {
            Err(format!("'{text}' has host bits set"))
        }
    }

    /// Sums the octets of all hosts: all but the network's own address and IPv4's broadcast.
    fn octet_sum(&self) -> u64 {
        match *self {
            Self::V4(first, last, reserved) => {
                let others = u32::from(reserved);
                (first + others..=last - others)
                    .map(|host| sum(&Ipv4Addr::from(host).octets()))
                    .sum()
            }
            Self::V6(first, last, reserved) => (first + u128::from(reserved)..=last)
                .map(|host| sum(&Ipv6Addr::from(host).octets()))
                .sum(),
        }
    }
}

fn sum(octets: &[u8]) -> u64 {
    octets.iter().map(|&octet| u64::from(octet)).sum()
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    match parse_args(&args) {
        Ok(networks) => {
            let total: u64 = networks.iter().map(Network::octet_sum).sum();
            println!("{total}");
            ExitCode::SUCCESS
        }
        Err(problem) => {
            eprintln!("ip_hosts: {problem}\nusage: ip_hosts NETWORK...");
            ExitCode::from(2)
        }
    }
}

fn parse_args(args: &[String]) -> Result<Vec<Network>, String> {
    if args.is_empty() {
        return Err("expected at least one network".to_string());
    }
    args.iter().map(|text| Network::parse(text)).collect()
}
