/**
 * Does what a client of SSH and SNMP does before it connects to a device.
 *
 * Looks the key of HOST up in KNOWN_HOSTS and prints its type and fingerprint. Then builds an SNMP request
 * for the device's description and uptime, and prints the variables in it as they would be sent: the end
 * of the packet, after the request ID, which differs in every run.
 *
 * @module
 */
import { createHash } from "node:crypto";
import { EventEmitter } from "node:events";
import { readFile } from "node:fs/promises";
import process from "node:process";
import snmp from "net-snmp";
import ssh2 from "ssh2";

const SYS_DESCR = "1.3.6.1.2.1.1.1.0";
const SYS_UP_TIME = "1.3.6.1.2.1.1.3.0";
/** Object identifier and value of a variable. */
const VARIABLE_BYTES = 14;
/** What is before all variables. */
const SEQUENCE_BYTES = 2;

/** Finds the key of a host in a file such as OpenSSH keeps. */
async function hostKey(knownHosts, host) {
  const lines = (await readFile(knownHosts, "utf8")).split("\n");
  for (const line of lines) {
    const [hosts = "", ...words] = line.trim().split(/\s+/);
    if (!hosts.split(",").includes(host)) continue;
    const key = ssh2.utils.parseKey(words.join(" "));
    if (key instanceof Error) throw key;
    return key;
  }
  throw new Error(`${knownHosts} has no key of ${host}`);
}

/** SHA-256 in OpenSSH's way of writing it. */
function fingerprint(key) {
  const digest = createHash("sha256").update(key.getPublicSSH()).digest("base64");
  return `SHA256:${digest.replace(/=+$/, "")}`;
}

/** Sockets that hand over what would be sent. */
function captureTo(receive) {
  return {
    createSocket() {
      return Object.assign(new EventEmitter(), {
        send: (buffer, start, length) => receive(buffer.subarray(start, start + length)),
        unref() {},
      });
    },
  };
}

/** Builds the packet; without an answer to wait for, nothing keeps the program running. */
function getRequest(oids) {
  return new Promise((resolve, reject) => {
    const session = snmp.createSession("127.0.0.1", "public", {
      version: snmp.Version2c,
      dgramModule: captureTo(resolve),
    });
    session.get(oids, (error) => reject(error));
  });
}

const [knownHosts, host, ...more] = process.argv.slice(2);
if (host === undefined || more.length > 0) {
  console.error("usage: network_client.js KNOWN_HOSTS HOST");
  process.exit(2);
}
try {
  const key = await hostKey(knownHosts, host);
  const oids = [SYS_DESCR, SYS_UP_TIME];
  const packet = await getRequest(oids);
  const variables = packet.subarray(-(SEQUENCE_BYTES + VARIABLE_BYTES * oids.length));
  console.log(`key: ${key.type}`);
  console.log(`fingerprint: ${fingerprint(key)}`);
  console.log(`variables: ${variables.toString("hex")}`);
} catch (error) {
  console.error(`network_client.js: ${error.message}`);
  process.exitCode = 1;
}
