//! Connects to the PRIMARY router or else to the BACKUP; errors have types of their own.

use std::env;
use std::io;
use std::net::{SocketAddr, TcpStream};
use std::process::ExitCode;
use std::time::Duration;
use thiserror::Error;

#[derive(Debug, Error)]
#[error("dial {role} router {address}: {error}")]
struct DialError {
    role: &'static str,
    address: SocketAddr,
    error: io::Error,
}

#[derive(Debug, Error)]
enum FailoverError {
    #[error("no router answers: {primary}; {backup}")]
    NoAnswer {
        primary: DialError,
        backup: DialError,
    },
    #[error("the connection is gone: {0}")]
    Gone(#[from] io::Error),
}

fn dial(role: &'static str, address: SocketAddr) -> Result<TcpStream, DialError> {
    TcpStream::connect_timeout(&address, Duration::from_secs(5)).map_err(|error| DialError {
        role,
        address,
        error,
    })
}

fn connect(primary: SocketAddr, backup: SocketAddr) -> Result<TcpStream, FailoverError> {
    dial("primary", primary).or_else(|primary| {
        dial("backup", backup).map_err(|backup| FailoverError::NoAnswer { primary, backup })
    })
}

fn run(primary: SocketAddr, backup: SocketAddr) -> Result<(), FailoverError> {
    let connection = connect(primary, backup)?;
    println!("connected to {}", connection.peer_addr()?);
    Ok(())
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let Some((primary, backup)) = parse_args(&args) else {
        eprintln!("usage: failover PRIMARY BACKUP (each ADDRESS:PORT)");
        return ExitCode::from(2);
    };
    if let Err(error) = run(primary, backup) {
        eprintln!("failover: {error}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

fn parse_args(args: &[String]) -> Option<(SocketAddr, SocketAddr)> {
    match args {
        [primary, backup] => Some((primary.parse().ok()?, backup.parse().ok()?)),
        _ => None,
    }
}
