/** Certificates of an authority of its own, made by openssl. */
import { join } from "node:path";

/** What a certificate says. */
export interface CertificateRequest {
  /** `DNS:localhost`, `IP:127.0.0.1`. */
  readonly names: readonly string[];
  /** As openssl writes times: `20200101000000Z`. Today by default. */
  readonly from?: string;
  /** In 30 days by default. */
  readonly to?: string;
  /** Issued by this certificate of the same folder; by the authority by default. */
  readonly issuer?: string;
  /** Whether it may issue others. */
  readonly authority?: boolean;
}

/** An authority whose files are in a folder: `ca.pem`, and `NAME.pem` with `NAME.key`. */
export interface Pki {
  /** Makes a key and has it signed. */
  issue(name: string, request: CertificateRequest): Promise<void>;
  /** Makes a certificate that is signed by itself. */
  selfSign(name: string, names: readonly string[]): Promise<void>;
}

const CONFIGURATION = `[ca]
default_ca=own
[own]
database=index
serial=serial
new_certs_dir=.
default_md=sha256
policy=any
default_days=30
copy_extensions=copy
unique_subject=no
[any]
commonName=supplied
[authority]
basicConstraints=critical,CA:true
keyUsage=critical,keyCertSign,cRLSign
[leaf]
basicConstraints=critical,CA:false
`;

const KEY = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"];

/**
 * Makes an authority.
 *
 * @param openssl The program's path.
 * @param folder Where its files go.
 * @returns The authority.
 */
export async function makePki(openssl: string, folder: string): Promise<Pki> {
  async function run(...args: string[]): Promise<void> {
    const { success, stderr } = await new Deno.Command(openssl, {
      args,
      cwd: folder,
      stdin: "null",
      stdout: "null",
      stderr: "piped",
    }).output();
    if (!success) throw new Error(`openssl ${args[0]}: ${new TextDecoder().decode(stderr)}`);
  }
  await Deno.writeTextFile(join(folder, "pki.cnf"), CONFIGURATION);
  await Deno.writeTextFile(join(folder, "index"), "");
  await Deno.writeTextFile(join(folder, "serial"), "1000\n");
  await run(
    ...["req", "-x509", ...KEY, "-keyout", "ca.key", "-out", "ca.pem", "-days", "60"],
    ...["-subj", "/CN=versus lab authority", "-addext", "keyUsage=critical,keyCertSign,cRLSign"],
  );
  return {
    async issue(name, { names, from, to, issuer = "ca", authority = false }) {
      await run(
        ...["req", ...KEY, "-keyout", `${name}.key`, "-out", `${name}.csr`, "-subj", `/CN=${name}`],
        ...(names.length === 0 ? [] : ["-addext", `subjectAltName=${names.join(",")}`]),
      );
      await run(
        ...["ca", "-batch", "-notext", "-config", "pki.cnf", "-in", `${name}.csr`],
        ...["-cert", `${issuer}.pem`, "-keyfile", `${issuer}.key`, "-out", `${name}.pem`],
        ...["-extensions", authority ? "authority" : "leaf"],
        ...(from === undefined ? [] : ["-startdate", from]),
        ...(to === undefined ? [] : ["-enddate", to]),
      );
    },
    async selfSign(name, names) {
      await run(
        ...["req", "-x509", ...KEY, "-keyout", `${name}.key`, "-out", `${name}.pem`],
        ...["-days", "30", "-subj", `/CN=${name}`, "-addext", `subjectAltName=${names.join(",")}`],
      );
    },
  };
}
