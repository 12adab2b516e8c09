//! Does what a client of SSH and SNMP does before it connects to a device.
//!
//! Looks the key of HOST up in KNOWN_HOSTS and prints its type and fingerprint. Then builds an SNMP
//! request for the device's description and uptime, and prints the variables in it as they would be
//! sent: the end of the packet, after the request ID, which differs in every run.

use std::env;
use std::error::Error;
use std::process::{self, ExitCode};

use rasn::types::{Integer, ObjectIdentifier, OctetString};
use rasn_snmp::v2::{GetRequest, Pdu, VarBind, VarBindValue};
use rasn_snmp::v2c::Message;
use russh::keys::known_hosts::known_host_keys_path;
use russh::keys::{HashAlg, PublicKey};

const SSH_PORT: u16 = 22;
const SYS_DESCR: &[u32] = &[1, 3, 6, 1, 2, 1, 1, 1, 0];
const SYS_UP_TIME: &[u32] = &[1, 3, 6, 1, 2, 1, 1, 3, 0];
/// Object identifier and value of a variable.
const VARIABLE_BYTES: usize = 14;
/// What is before all variables.
const SEQUENCE_BYTES: usize = 2;

fn host_key(known_hosts: &str, host: &str) -> Result<PublicKey, Box<dyn Error>> {
    let keys = known_host_keys_path(host, SSH_PORT, known_hosts)?;
    match keys.into_iter().next() {
        Some((_line, key)) => Ok(key),
        None => Err(format!("{known_hosts} has no key of {host}").into()),
    }
}

fn get_request(community: &str, names: &[&[u32]]) -> Result<Vec<u8>, Box<dyn Error>> {
    let variable_bindings = names
        .iter()
        .map(|name| {
            let name = ObjectIdentifier::new(name.to_vec()).ok_or("no object identifier")?;
            let value = VarBindValue::Unspecified;
            Ok(VarBind { name, value })
        })
        .collect::<Result<_, Box<dyn Error>>>()?;
    let message = Message {
        version: Integer::from(Message::<GetRequest>::VERSION),
        community: OctetString::from(community.as_bytes().to_vec()),
        data: GetRequest(Pdu {
            request_id: process::id() as i32,
            error_status: Pdu::ERROR_STATUS_NO_ERROR,
            error_index: 0,
            variable_bindings,
        }),
    };
    rasn::ber::encode(&message).map_err(|error| error.to_string().into())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn run(known_hosts: &str, host: &str) -> Result<(), Box<dyn Error>> {
    let key = host_key(known_hosts, host)?;
    let names = [SYS_DESCR, SYS_UP_TIME];
    let packet = get_request("public", &names)?;
    let start = packet.len() - (SEQUENCE_BYTES + VARIABLE_BYTES * names.len());
    println!("key: {}", key.algorithm());
    println!("fingerprint: {}", key.fingerprint(HashAlg::Sha256));
    println!("variables: {}", hex(&packet[start..]));
    Ok(())
}

fn main() -> ExitCode {
    let args: Vec<String> = env::args().skip(1).collect();
    let [known_hosts, host] = args.as_slice() else {
        eprintln!("usage: network-client KNOWN_HOSTS HOST");
        return ExitCode::from(2);
    };
    match run(known_hosts, host) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("network-client: {error}");
            ExitCode::FAILURE
        }
    }
}
