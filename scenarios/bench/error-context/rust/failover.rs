//! Connects to the PRIMARY router or else to the BACKUP; errors go up by `?` as they are.

use std::env;
use std::error::Error;
use std::io;
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;

fn dial(address: SocketAddr) -> io::Result<TcpStream> {
    TcpStream::connect_timeout(&address, Duration::from_secs(5))
}

fn connect(primary: SocketAddr, backup: SocketAddr) -> io::Result<TcpStream> {
    dial(primary).or_else(|_| dial(backup))
}

fn main() -> Result<ExitCode, Box<dyn Error>> {
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
