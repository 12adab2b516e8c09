/**
 * OpenSSH's server where a password logs in.
 *
 * The password is in a copy of /etc/shadow that only the server sees: it runs in a mount namespace of
 * its own, which ends with it.
 */
import { join } from "node:path";
import { labUser, prepareSshd, SSHD_NEEDS } from "../../../lib/probe/lab/_sshd.ts";
import type { LabServer } from "../../../lib/probe/lab/types.ts";

/** The password of the user. */
export const PASSWORD = "c0rrect horse/battery";

async function hash(password: string): Promise<string> {
  const child = new Deno.Command("openssl", {
    args: ["passwd", "-6", "-stdin"],
    stdin: "piped",
    stdout: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(password + "\n"));
  await writer.close();
  const { stdout } = await child.output();
  return new TextDecoder().decode(stdout).trim();
}

/** Password on one port, keyboard-interactive on another, key and password on a third. */
export const sshdPassword: LabServer = {
  name: "sshd-password",
  title: "OpenSSH's server with passwords",
  needs: { ...SSHD_NEEDS, unshare: "util-linux", mount: "mount", openssl: "openssl" },
  ports: { password: 0, keyboard: 0, both: 0 },
  async prepare(setup) {
    const { folder, ports, programs } = setup;
    const plan = await prepareSshd(setup, ports["password"]!, {
      hostKeys: ["ed25519"],
      userKey: "ed25519",
      config: [
        `Port ${ports["keyboard"]}`,
        `Port ${ports["both"]}`,
        "UsePAM yes",
        "PasswordAuthentication yes",
        "KbdInteractiveAuthentication no",
        "MaxAuthTries 3",
        `Match LocalPort ${ports["password"]}`,
        "  PubkeyAuthentication no",
        `Match LocalPort ${ports["keyboard"]}`,
        "  PubkeyAuthentication no",
        "  PasswordAuthentication no",
        "  KbdInteractiveAuthentication yes",
        `Match LocalPort ${ports["both"]}`,
        "  AuthenticationMethods publickey,password",
      ],
    });
    const known = join(folder, "known_hosts");
    const line = await Deno.readTextFile(known);
    const others = ["keyboard", "both"].map((name) =>
      line.replace(`:${ports["password"]} `, `:${ports[name]} `)
    );
    await Deno.writeTextFile(known, line + others.join(""));
    const shadow = join(folder, "shadow");
    const secret = await hash(PASSWORD);
    const lines = (await Deno.readTextFile("/etc/shadow")).split("\n")
      .filter((line) => !line.startsWith(`${labUser()}:`));
    await Deno.writeTextFile(
      shadow,
      [`${labUser()}:${secret}:19000:0:99999:7:::`, ...lines].join("\n"),
    );
    await Deno.chmod(shadow, 0o600);
    const start = 'mount --bind "$0" /etc/shadow && exec "$@"';
    return {
      ...plan,
      argv: [programs["unshare"]!, "--mount", "/bin/sh", "-c", start, shadow, ...plan.argv],
    };
  },
};

/** Whether this machine allows a mount namespace: only root has it, and not in every container. */
export function noMountNamespace(): boolean {
  try {
    return !new Deno.Command("unshare", { args: ["--mount", "true"], stderr: "null" }).outputSync()
      .success;
  } catch {
    // Without the program there is no namespace either.
    return true;
  }
}
