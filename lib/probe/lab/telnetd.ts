/** A switch behind a Telnet server: login, prompts, a pager. */
import { join } from "node:path";
import { writeGear } from "./_gear.ts";
import type { LabServer } from "./types.ts";

/** Who may log in; the password is in the folder's `password`. */
export const TELNET_USER = "admin";

/** A switch that is reached by Telnet. */
export const telnetd: LabServer = {
  name: "telnetd",
  title: "A switch with login, prompts and a pager, behind inetutils' Telnet server",
  needs: { "systemd-socket-activate": "systemd", "telnetd": "inetutils-telnetd" },
  ports: { telnet: 2323 },
  async prepare({ folder, ports, programs }) {
    const password = crypto.randomUUID();
    const file = join(folder, "password");
    await Deno.writeTextFile(file, password + "\n", { mode: 0o600 });
    const gear = await writeGear(folder, { login: { user: TELNET_USER, password } });
    const port = ports["telnet"]!;
    return {
      argv: [
        programs["systemd-socket-activate"]!,
        ...["--inetd", "-a", "-l", `127.0.0.1:${port}`],
        ...[programs["telnetd"]!, "-E", gear],
      ],
      // A connection to see whether it listens would start a whole server.
      ready: { kind: "log", text: "Listening on 127.0.0.1" },
      endpoints: [{
        protocol: "telnet",
        target: `127.0.0.1:${port}`,
        note: `--user ${TELNET_USER} --password-file ${file}`,
      }],
    };
  },
};
