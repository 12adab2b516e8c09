/**
 * Connects to the PRIMARY router or else to the BACKUP by node:net; errors are thrown as they are.
 *
 * @module
 */
import { once } from "node:events";
import { createConnection, type Socket } from "node:net";

interface Address {
  host: string;
  port: number;
}

async function dial(address: Address): Promise<Socket> {
  const socket = createConnection(address);
  await once(socket, "connect", { signal: AbortSignal.timeout(5000) });
  return socket;
}

async function connect(primary: Address, backup: Address): Promise<Socket> {
  try {
    return await dial(primary);
  } catch {
    return await dial(backup);
  }
}

function parseAddress(text = ""): Address | undefined {
  const [, host = "", digits = ""] = /^([\w.-]+):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  return port > 0 && port < 65536 ? { host, port } : undefined;
}

const [primary, backup] = [parseAddress(Deno.args[0]), parseAddress(Deno.args[1])];
if (primary === undefined || backup === undefined || Deno.args.length !== 2) {
  console.error("usage: failover.ts PRIMARY BACKUP (each HOST:PORT)");
  Deno.exit(2);
}
const connection = await connect(primary, backup);
console.log(`connected to ${connection.remoteAddress}:${connection.remotePort}`);
connection.destroy();
