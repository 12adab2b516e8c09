/** What the SSH servers of the lab share: keys, configuration, start. */
import { join } from "node:path";
import type { LabServer, ServerPlan, ServerSetup } from "./types.ts";

/** Programs, and the packages that have them. */
export const SSHD_NEEDS = { "sshd": "openssh-server", "ssh-keygen": "openssh-client" };
/** Where sshd locks itself in before login; it must be there. */
const PRIVILEGE_SEPARATION = "/run/sshd";

/** How one SSH server differs from another. */
export interface SshdShape {
  /** The kinds of its host keys, as `ssh-keygen -t` takes them. */
  readonly hostKeys: readonly ("ed25519" | "ecdsa" | "rsa")[];
  /** The kind of the user's key. */
  readonly userKey: "ed25519" | "rsa";
  /** More lines of its configuration. */
  readonly config: readonly string[];
  /** What else must be known to use it. */
  readonly note?: string;
  /** The protocol of its endpoint: `ssh` by default. */
  readonly protocol?: string;
}

/** The user that may log in: the one who started the server. */
export function labUser(): string {
  const { success, stdout } = new Deno.Command("id", { args: ["-un"] }).outputSync();
  if (!success) throw new TypeError("id -un failed");
  return new TextDecoder().decode(stdout).trim();
}

/**
 * Makes keys and configuration: the folder then holds `id` (a user's key that may log in),
 * `known_hosts` and `sshd_config`.
 *
 * @param setup Where.
 * @param port The port to listen on.
 * @param shape What is special about the server.
 * @returns How it is started.
 */
export async function prepareSshd(
  setup: ServerSetup,
  port: number,
  shape: SshdShape,
): Promise<ServerPlan> {
  const { folder, programs } = setup;
  await makePrivilegeSeparation();
  const make = (type: string, file: string) =>
    makeKey(programs["ssh-keygen"]!, type, join(folder, file));
  const [, ...hostKeys] = await Promise.all([
    make(shape.userKey, "id"),
    ...shape.hostKeys.map((type) => make(type, `host_${type}`)),
  ]);
  const lines = hostKeys.map((key) => `[127.0.0.1]:${port} ${key.split(" ", 2).join(" ")}\n`);
  await Deno.writeTextFile(join(folder, "known_hosts"), lines.join(""));
  await Deno.copyFile(join(folder, "id.pub"), join(folder, "authorized_keys"));
  const config = [
    `Port ${port}`,
    "ListenAddress 127.0.0.1",
    ...shape.hostKeys.map((type) => `HostKey ${join(folder, `host_${type}`)}`),
    `PidFile ${join(folder, "sshd.pid")}`,
    `AuthorizedKeysFile ${join(folder, "authorized_keys")}`,
    "StrictModes no",
    "PermitRootLogin yes",
    "PrintMotd no",
    // Of a shell on the second level bash does not read what the user has in .bashrc.
    "SetEnv SHLVL=1",
    // A hundred clients at once are part of the scenarios.
    "MaxStartups 200",
    ...shape.config,
  ];
  const file = join(folder, "sshd_config");
  await Deno.writeTextFile(file, config.join("\n") + "\n");
  const access = `--user ${labUser()} --key ${join(folder, "id")} ` +
    `--known-hosts ${join(folder, "known_hosts")}`;
  return {
    argv: [programs["sshd"]!, "-D", "-e", "-f", file],
    ready: { kind: "tcp", port },
    endpoints: [{
      protocol: shape.protocol ?? "ssh",
      target: `127.0.0.1:${port}`,
      note: shape.note === undefined ? access : `${access} ${shape.note}`,
    }],
  };
}

async function makePrivilegeSeparation(): Promise<void> {
  try {
    await Deno.mkdir(PRIVILEGE_SEPARATION, { recursive: true, mode: 0o755 });
  } catch (error) {
    // Without root it may be there already, or sshd says what is missing.
    if (!(error instanceof Deno.errors.PermissionDenied)) throw error;
  }
}

async function makeKey(program: string, type: string, file: string): Promise<string> {
  const { success, stderr } = await new Deno.Command(program, {
    args: ["-q", "-t", type, "-N", "", "-C", "versus-lab", "-f", file],
    stdin: "null",
  }).output();
  if (!success) throw new TypeError(`ssh-keygen: ${new TextDecoder().decode(stderr).trim()}`);
  return await Deno.readTextFile(`${file}.pub`);
}

/**
 * Makes an SSH server of the lab.
 *
 * @param name Names it.
 * @param title One line about it.
 * @param port The port that `versus lab up` uses.
 * @param shape What is special about it.
 */
export function sshServer(
  name: string,
  title: string,
  port: number,
  shape: SshdShape,
): LabServer {
  return {
    name,
    title,
    needs: SSHD_NEEDS,
    ports: { ssh: port },
    prepare: (setup) => prepareSshd(setup, setup.ports["ssh"]!, shape),
  };
}
