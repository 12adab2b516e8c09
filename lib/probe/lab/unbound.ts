/** Unbound: DNS over TLS. */
import { join } from "node:path";
import { makePki } from "./_pki.ts";
import type { LabServer } from "./types.ts";

/** The resolver with a certificate of its own authority. */
export const unbound: LabServer = {
  name: "unbound",
  title: "Resolver with local data: UDP, TCP and DNS over TLS",
  needs: { unbound: "unbound", openssl: "openssl" },
  ports: { dns: 5454, tls: 8853 },
  async prepare({ folder, ports, programs }) {
    const pki = await makePki(programs.openssl!, folder);
    await pki.issue("server", { names: ["DNS:localhost", "IP:127.0.0.1"] });
    const file = join(folder, "unbound.conf");
    await Deno.writeTextFile(
      file,
      `server:
  interface: 127.0.0.1@${ports.dns}
  interface: 127.0.0.1@${ports.tls}
  tls-port: ${ports.tls}
  tls-service-key: "${join(folder, "server.key")}"
  tls-service-pem: "${join(folder, "server.pem")}"
  do-daemonize: no
  use-syslog: no
  logfile: ""
  verbosity: 1
  username: ""
  chroot: ""
  directory: "${folder}"
  pidfile: "${join(folder, "unbound.pid")}"
  auto-trust-anchor-file: ""
  trust-anchor-file: ""
  access-control: 127.0.0.0/8 allow
  local-zone: "." static
  local-data: "r1.lab.test. 300 IN A 192.0.2.1"
  local-data: "r1.lab.test. 300 IN AAAA 2001:db8::1"
remote-control:
  control-enable: no
`,
    );
    return {
      argv: [programs.unbound!, "-d", "-p", "-c", file],
      ready: { kind: "tcp", port: ports.tls! },
      endpoints: [
        {
          protocol: "dns",
          target: `localhost:${ports.tls}`,
          note: `--transport tls --ca ${join(folder, "ca.pem")} --name r1.lab.test`,
        },
        { protocol: "dns", target: `127.0.0.1:${ports.dns}`, note: "--name r1.lab.test" },
      ],
    };
  },
};
