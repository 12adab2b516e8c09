/** Makes the runtime load what its first handshake needs. */
import { Duplex } from "node:stream";
import { connect } from "node:tls";
import type { TlsOptions } from "./types.ts";

/** The runtime writes its first message at once; this is for one that does not. */
const LIMIT_MS = 1000;

/**
 * Begins a handshake with nobody. The first one of a process takes about 40 ms longer than the others,
 * for loading the trusted certificates, which would be counted as the first peer's.
 *
 * @param options Trusted certificates.
 * @returns When the first message would have been sent.
 */
export async function warmUpTls({ ca }: TlsOptions): Promise<void> {
  const written = Promise.withResolvers<void>();
  const nobody = new Duplex({
    read() {},
    write(_chunk, _encoding, done) {
      done();
      written.resolve();
    },
  });
  const timer = setTimeout(written.resolve, LIMIT_MS);
  const encrypted = connect({
    socket: nobody,
    rejectUnauthorized: false,
    servername: "nobody.invalid",
    ...(ca === undefined ? {} : { ca }),
  });
  encrypted.on("error", () => written.resolve());
  await written.promise;
  clearTimeout(timer);
  encrypted.destroy();
}
