/** What the kernel dropped since a socket's buffer was full. */
import { INODE_COLUMN, type OwnSocket, udpTable } from "./_descriptor.ts";

/**
 * Reads the count of a UDP socket from `/proc/net/udp`.
 *
 * @param address Where it listens.
 * @param socket Which one; others may listen on the same port of other addresses.
 * @returns The count since the socket was made; nothing if it is not there any more.
 */
export function kernelDrops(address: string, socket: OwnSocket): number | undefined {
  const row = udpTable(address).find((row) => row[INODE_COLUMN] === socket.inode);
  return row === undefined ? undefined : Number(row.at(-1));
}
