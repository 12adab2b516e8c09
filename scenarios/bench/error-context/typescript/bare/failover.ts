/**
 * Connects to the PRIMARY router or else to the BACKUP; errors are thrown as they are.
 *
 * @module
 */

interface Address {
  hostname: string;
  port: number;
}

async function dial(address: Address): Promise<Deno.TcpConn> {
  return await Deno.connect({ ...address, signal: AbortSignal.timeout(5000) });
}

async function connect(primary: Address, backup: Address): Promise<Deno.TcpConn> {
  try {
    return await dial(primary);
  } catch {
    return await dial(backup);
  }
}

function parseAddress(text = ""): Address | undefined {
  const [, hostname = "", digits = ""] = /^([\w.-]+):(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  return port > 0 && port < 65536 ? { hostname, port } : undefined;
}

const [primary, backup] = [parseAddress(Deno.args[0]), parseAddress(Deno.args[1])];
if (primary === undefined || backup === undefined || Deno.args.length !== 2) {
  console.error("usage: failover.ts PRIMARY BACKUP (each HOST:PORT)");
  Deno.exit(2);
}
using connection = await connect(primary, backup);
const { hostname, port } = connection.remoteAddr;
console.log(`connected to ${hostname}:${port}`);
