/** A server shaped as RESTCONF is, over the interfaces of this machine as the kernel tells them. */
import { createServer } from "node:http";

const CLASS = "/sys/class/net";

function read(link: string, file: string): string {
  try {
    return Deno.readTextFileSync(`${CLASS}/${link}/${file}`).trim();
  } catch {
    // Some have no speed, and some are gone.
    return "";
  }
}

/** What ietf-interfaces says of an interface. */
export function interfaceOf(link: string) {
  const counter = (file: string) => read(link, `statistics/${file}`);
  const address = read(link, "address");
  return {
    name: link,
    // What the kernel calls Ethernet may be a bridge, a tunnel or a radio to an agent.
    ...(read(link, "type") === "772" ? { type: "iana-if-type:softwareLoopback" } : {}),
    "admin-status": Number(read(link, "flags")) & 1 ? "up" : "down",
    "if-index": Number(read(link, "ifindex")),
    ...(read(link, "type") !== "1" ? {} : { "phys-address": address.toUpperCase() }),
    statistics: {
      "in-octets": counter("rx_bytes"),
      "in-errors": Number(counter("rx_errors")),
      "out-octets": counter("tx_bytes"),
      "out-unicast-pkts": counter("tx_packets"),
      "out-errors": Number(counter("tx_errors")),
    },
  };
}

/** The names of all interfaces; the folder may hold files beside them. */
export function links(): string[] {
  return [...Deno.readDirSync(CLASS)].map(({ name }) => name)
    .filter((name) => read(name, "ifindex") !== "");
}

/** A server that runs. */
export interface InterfaceServer extends AsyncDisposable {
  readonly target: string;
}

/**
 * Serves the interfaces.
 *
 * @param change Changes what is told, for what does not agree.
 */
export async function serveInterfaces(
  change: (entries: Record<string, unknown>[]) => Record<string, unknown>[] = (entries) => entries,
): Promise<InterfaceServer> {
  const server = createServer((request, response) => {
    if (request.url !== "/restconf/data/ietf-interfaces:interfaces") {
      response.writeHead(404).end();
      return;
    }
    const body = { "ietf-interfaces:interfaces": { interface: change(links().map(interfaceOf)) } };
    response.writeHead(200, { "content-type": "application/yang-data+json" });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", () => done()));
  const { port } = server.address() as { port: number };
  return {
    target: `127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}
