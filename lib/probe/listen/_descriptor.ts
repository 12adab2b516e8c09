/** Finds a UDP socket of this process in the kernel, for what Node's sockets can't do. */

/** A socket as the kernel knows it. */
export interface OwnSocket {
  /** Its number in this process. */
  readonly descriptor: number;
  /** Its number in /proc/net/udp. */
  readonly inode: string;
}

/** The table of sockets; the tenth column is the inode, the last one the drops (proc(5)). */
export function udpTable(address: string): string[][] {
  const text = Deno.readTextFileSync(address.includes(":") ? "/proc/net/udp6" : "/proc/net/udp");
  return text.split("\n").slice(1).map((line) => line.trim().split(/\s+/));
}

/** The column of the inode in {@linkcode udpTable}. */
export const INODE_COLUMN = 9;

/**
 * Finds the socket of this process that listens on a port: /proc/net/udp has its inode, /proc/self/fd
 * the number.
 *
 * @param address Where the socket listens.
 * @param port Its port.
 * @returns Nothing where the system has no /proc.
 */
export function ownSocket(address: string, port: number): OwnSocket | undefined {
  try {
    const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
    const rows = udpTable(address).filter((row) => row[1]?.endsWith(wanted));
    const inodes = new Map(
      rows.map((row) => [`socket:[${row[INODE_COLUMN]}]`, row[INODE_COLUMN]!]),
    );
    for (const { name } of Deno.readDirSync("/proc/self/fd")) {
      const inode = inodes.get(linkOf(name));
      if (inode !== undefined) return { descriptor: Number(name), inode };
    }
  } catch {
    // No /proc.
  }
  return undefined;
}

/** The descriptor of the listing itself is gone when it is looked at. */
function linkOf(name: string): string {
  try {
    return Deno.readLinkSync(`/proc/self/fd/${name}`);
  } catch {
    return "";
  }
}
