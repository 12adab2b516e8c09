/** dnsmasq: the small name server of routers. */
import type { LabServer } from "./types.ts";

/** The small name server. */
export const dnsmasq: LabServer = {
  name: "dnsmasq",
  title: "Small name server, UDP and TCP",
  needs: { dnsmasq: "dnsmasq-base" },
  ports: { dns: 5355 },
  prepare({ ports, programs }) {
    return Promise.resolve({
      argv: [
        programs.dnsmasq!,
        ...["-k", "-C", "/dev/null", "--listen-address=127.0.0.1"],
        ...["--bind-interfaces", `--port=${ports.dns}`, "--no-resolv", "--no-hosts"],
        ...["--user=root", "--address=/r1.lab.test/192.0.2.1", "--log-facility=-"],
      ],
      ready: { kind: "tcp", port: ports.dns! },
      endpoints: [{
        protocol: "dns",
        target: `127.0.0.1:${ports.dns}`,
        note: "--name r1.lab.test",
      }],
    });
  },
};
