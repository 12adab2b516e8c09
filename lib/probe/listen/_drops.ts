/** What the kernel dropped since a socket's buffer was full. */

/**
 * Reads the count of a UDP socket from `/proc/net/udp` (proc(5); the last column is `drops`).
 *
 * @param address Where it listens, as the kernel was told.
 * @param port Its port.
 * @returns The count since the socket was made; nothing where the system has no such file.
 */
export function kernelDrops(address: string, port: number): number | undefined {
  const file = address.includes(":") ? "/proc/net/udp6" : "/proc/net/udp";
  let text: string;
  try {
    text = Deno.readTextFileSync(file);
  } catch {
    // No Linux, or no /proc.
    return undefined;
  }
  return dropsIn(text, port);
}

/** Finds the drops of a port in the text of the file. */
export function dropsIn(text: string, port: number): number | undefined {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  let found: number | undefined;
  for (const line of text.split("\n").slice(1)) {
    const columns = line.trim().split(/\s+/);
    if (columns[1]?.endsWith(wanted)) found = (found ?? 0) + Number(columns.at(-1));
  }
  return found;
}
