//! Connects to the PRIMARY router or else to the BACKUP; errors get context.

use anyhow::{Context, Result};
use std::env;
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

fn dial(role: &str, address: SocketAddr) -> Result<TcpStream> {
    TcpStream::connect_timeout(&address, Duration::from_secs(5))
        .with_context(|| format!("dial {role} router {address}"))
}

fn connect(primary: SocketAddr, backup: SocketAddr) -> Result<TcpStream> {
    dial("primary", primary).or_else(|error| {
        dial("backup", backup).with_context(|| format!("no router answers: {error:#}"))
    })
}

fn main() -> Result<ExitCode> {
    let args: Vec<String> = env::args().skip(1).collect();
    let Some((primary, backup)) = parse_args(&args) else {
        eprintln!("usage: failover PRIMARY BACKUP (each ADDRESS:PORT)");
        return Ok(ExitCode::from(2));
    };
    let connection = connect(primary, backup)?;
    println!("connected to {}", connection.peer_addr()?);
    Ok(ExitCode::SUCCESS)
}

fn parse_args(args: &[String]) -> Option<(SocketAddr, SocketAddr)> {
    match args {
        [primary, backup] => Some((primary.parse().ok()?, backup.parse().ok()?)),
        _ => None,
    }
}
