/**
 * Teaches ssh2 1.17.0 host certificates, which it does not know: the key exchange is told apart from
 * what is signed. Whether a certificate is trusted is judged elsewhere (host_key.ts); here only the
 * proof that the server holds the certified key is checked, by ssh2 itself.
 *
 * This reaches into ssh2's private parts, so its version is pinned and a test connects to a server
 * with certificates of every type.
 */
import type { Buffer } from "node:buffer";
import type ssh2 from "./_ssh2.ts";
import { certificateName, isCertificateType, parseCertificate, plainName } from "./certificate.ts";
import type { AlgorithmOffer } from "./algorithms.ts";

/** The parts of ssh2's key exchange that are used. */
interface KeyExchange {
  negotiated: { serverHostKey: string };
  _hostKey: Buffer | undefined;
  finish(serverToClientOnly?: boolean): boolean | undefined;
}

/** A list as it is offered. */
interface OfferedList {
  readonly array: string[];
}

interface Sides {
  readonly cipher: OfferedList;
  readonly mac: OfferedList;
  readonly compress: OfferedList;
  readonly lang: OfferedList;
}

interface Offer {
  readonly lists: {
    readonly kex: OfferedList;
    readonly serverHostKey: OfferedList;
    readonly cs: Sides;
    readonly sc: Sides;
  };
}

interface Protocol {
  _offer: Offer;
  _kex: KeyExchange | undefined;
}

/**
 * Offers certificates too; called between `connect()` and the first bytes of the server.
 *
 * @param client The client, whose `connect()` was given the other algorithms.
 * @param offer All algorithms.
 */
export function offerCertificates(client: ssh2.Client, offer: AlgorithmOffer): void {
  const protocol = (client as unknown as { _protocol: Protocol })._protocol;
  const { lists } = protocol._offer;
  const sides = ({ cipher, mac, compress, lang }: Sides) => ({
    cipher: cipher.array,
    mac: mac.array,
    compress: compress.array,
    lang: lang.array,
  });
  const Lists = protocol._offer.constructor as new (all: unknown) => Offer;
  protocol._offer = new Lists({
    kex: lists.kex.array,
    serverHostKey: [...offer.serverHostKey],
    cs: sides(lists.cs),
    sc: sides(lists.sc),
  });
  let exchange: KeyExchange | undefined;
  Object.defineProperty(protocol, "_kex", {
    get: () => exchange,
    set: (value: KeyExchange | undefined) => {
      exchange = value;
      if (value !== undefined && isCertificateType(value.negotiated.serverHostKey)) adapt(value);
    },
  });
}

/** The type of the certificate that goes with an algorithm. */
function blobType(plainAlgorithm: string): string {
  return certificateName(plainAlgorithm.startsWith("rsa-sha2-") ? "ssh-rsa" : plainAlgorithm);
}

function adapt(exchange: KeyExchange): void {
  const { negotiated } = exchange;
  const algorithm = plainName(negotiated.serverHostKey);
  // ssh2 compares this with the type of what the server shows.
  negotiated.serverHostKey = blobType(algorithm);
  const finish = exchange.finish;
  exchange.finish = function (serverToClientOnly) {
    // From here on it is compared with the type of the signature.
    negotiated.serverHostKey = algorithm;
    Reflect.deleteProperty(exchange, "finish");
    const certificate = exchange._hostKey!;
    const { key } = parseCertificate(certificate);
    let reads = 0;
    Object.defineProperty(exchange, "_hostKey", {
      configurable: true,
      // First it is hashed, as the server showed it; then its key checks the signature.
      get: () => reads++ === 0 ? certificate : key,
      set: (value) => Object.defineProperty(exchange, "_hostKey", { value, writable: true }),
    });
    return finish.call(exchange, serverToClientOnly);
  };
}
