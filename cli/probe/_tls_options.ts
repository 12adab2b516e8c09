/** The options of protocols that run over TLS. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import type { Command } from "@cliffy/command";
import { printable, VersusError } from "../../lib/error.ts";
import { readSecret, type Secret, secret } from "../../lib/probe/secret.ts";
import type { TlsResult } from "../../lib/probe/results.ts";
import type { Expectation } from "../../lib/probe/types.ts";
import type { TlsOptions, TlsVersion } from "../../lib/probe/tls/types.ts";
import { askSecret } from "./_ask_secret.ts";
import { oneOf, parseCount } from "../values.ts";

/** The options as the parser gives them. */
export interface TlsFlags {
  ca?: string;
  cert?: string;
  key?: string;
  keyPassphraseEnv?: string;
  keyPassphraseFile?: string;
  insecure?: boolean;
  serverName?: string;
  tlsMin?: string;
  tlsMax?: string;
  minDays?: string;
}

/** Adds the options to a command. */
// deno-lint-ignore no-explicit-any -- cliffy's type of any command has eight parameters
export function withTlsOptions(command: Command<any>): Command<any> {
  return command
    .option("--ca <file:string>", "Trust these certificates (PEM) in the place of the system's.")
    .option("--cert <file:string>", "Show this certificate (PEM) to the peer.", {
      depends: ["key"],
    })
    .option("--key <file:string>", "The key (PEM) of --cert.", { depends: ["cert"] })
    .option("--key-passphrase-env <variable:string>", "The variable that holds its passphrase.")
    .option("--key-passphrase-file <file:string>", "The file that holds its passphrase.")
    .option("--server-name <name:string>", "Ask for this name and check it, not the target's.")
    .option("--tls-min <version:string>", "Take no version below: 1.2 or 1.3.")
    .option("--tls-max <version:string>", "Take no version above: 1.2 or 1.3.")
    .option("--min-days <count:string>", "Exit with 3 if a certificate expires sooner.")
    .option("--insecure", "Take any certificate; what is wrong with it is shown.");
}

/**
 * Reads the options.
 *
 * @param flags As they were typed.
 * @returns How to talk to the peer.
 * @throws {VersusError} If a file can't be read or does not hold what it should.
 */
export function readTlsOptions(flags: TlsFlags): TlsOptions {
  const { ca, cert, serverName, tlsMin, tlsMax, insecure } = flags;
  const key = readKey(flags);
  return {
    verify: insecure !== true,
    ...(ca === undefined ? {} : { ca: readCertificates("--ca", ca) }),
    ...(cert === undefined ? {} : { cert: readCertificates("--cert", cert) }),
    ...(key === undefined ? {} : { key }),
    ...(serverName === undefined ? {} : { serverName }),
    ...(tlsMin === undefined ? {} : { minVersion: readVersion("--tls-min", tlsMin) }),
    ...(tlsMax === undefined ? {} : { maxVersion: readVersion("--tls-max", tlsMax) }),
  };
}

function readVersion(option: string, text: string): TlsVersion {
  return `TLSv${oneOf(`version of ${option}`, text, ["1.2", "1.3"])}` as TlsVersion;
}

function readText(option: string, path: string): string {
  try {
    return Deno.readTextFileSync(path);
  } catch (cause) {
    throw new VersusError(
      `Cannot read ${printable(path)} of ${option}: ${printable((cause as Error).message)}`,
      { cause },
    );
  }
}

/** The runtime takes a file without a certificate for an empty one, so each is looked at here. */
function readCertificates(option: string, path: string): string {
  const text = readText(option, path);
  const found = text.match(/-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g) ?? [];
  if (found.length === 0) {
    throw new VersusError(`Found no certificate in ${printable(path)}, expected PEM`, {
      hint:
        "It begins with -----BEGIN CERTIFICATE-----; convert DER with: openssl x509 -inform der",
    });
  }
  for (const [i, pem] of found.entries()) {
    try {
      new X509Certificate(pem);
    } catch (cause) {
      throw new VersusError(`Certificate ${i + 1} in ${printable(path)} can't be read`, { cause });
    }
  }
  return text;
}

function readKey(flags: TlsFlags): Secret | undefined {
  const { key: path, keyPassphraseEnv: env, keyPassphraseFile: file } = flags;
  if (path === undefined) return undefined;
  const key = readText("--key", path);
  const given = readSecret({
    name: "key's passphrase",
    ...(env === undefined ? {} : { env }),
    ...(file === undefined ? {} : { file }),
  });
  const encrypted = key.includes("ENCRYPTED");
  const passphrase = given ??
    (encrypted ? askSecret(`passphrase of ${printable(path)}`) : undefined);
  try {
    const plain = createPrivateKey({
      key,
      ...(passphrase === undefined ? {} : { passphrase: passphrase.reveal() }),
    });
    return secret(String(plain.export({ type: "pkcs8", format: "pem" })));
  } catch (cause) {
    throw new VersusError(`The key in ${printable(path)} can't be read`, {
      hint: encrypted
        ? "It is encrypted: see whether its passphrase is the right one; a key encrypted with DES has " +
          "to be converted: openssl pkcs8 -topk8 -v2 aes-256-cbc"
        : "Expected a private key in PEM",
      cause,
    });
  }
}

/**
 * Reads the limit of days.
 *
 * @param flags As they were typed.
 * @param tlsOf Finds what TLS said in an answer.
 * @returns The limit, if it was given: it holds for each certificate that the peer sent but a root's.
 * @throws {VersusError} If it is no number.
 */
export function daysGate<Result>(
  { minDays }: TlsFlags,
  tlsOf: (result: Result) => TlsResult | undefined,
): readonly Expectation<Result>[] {
  if (minDays === undefined) return [];
  const limit = parseCount("--min-days", minDays);
  return [{
    option: "--min-days",
    check(result) {
      const tls = tlsOf(result);
      if (tls === undefined) return "there is no certificate without TLS";
      const soon = tls.chain.filter(({ subject, issuer }, i) => i === 0 || subject !== issuer)
        .find(({ validTo }) => new Date(validTo).getTime() - Date.now() < limit * 86_400_000);
      return soon === undefined
        ? undefined
        : `${soon.subject} expires on ${soon.validTo}, in less than ${limit} days`;
    },
  }];
}

/**
 * Describes what was agreed on, in lines.
 *
 * @param tls What TLS said.
 * @returns Lines for people.
 */
export function tlsLines(tls: TlsResult): string[] {
  const { version, cipher, alpn, verified, problem, chain, daysLeft, versions = [] } = tls;
  const trust = verified ? "verified" : `NOT verified, taken because of --insecure: ${problem}`;
  const taken = versions.filter(({ accepted }) => accepted)
    .map(({ version, weak }) => weak ? `${version} (weak)` : version);
  return [
    `${version} ${cipher}${alpn === undefined ? "" : `, ALPN ${alpn}`}, ${trust}`,
    ...(versions.length === 0 ? [] : [`takes ${taken.join(", ") || "none of the versions"}`]),
    ...chain.map(({ subject, validTo, key }, i) =>
      `${i === 0 ? "certificate" : "issued by"} ${subject}, ${key ?? "unknown key"}, until ${
        validTo.slice(0, 10)
      }${i === 0 ? ` (${daysLeft} days)` : ""}`
    ),
  ];
}
