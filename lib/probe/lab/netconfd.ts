/** yuma123's NETCONF server with the model ietf-interfaces, behind OpenSSH's server. */
import { join } from "node:path";
import { labUser, prepareSshd, SSHD_NEEDS } from "./_sshd.ts";
import type { LabServer } from "./types.ts";

/** A NETCONF server. */
export const netconfd: LabServer = {
  name: "netconfd",
  title: "yuma123's NETCONF server with ietf-interfaces",
  needs: { ...SSHD_NEEDS, netconfd: "netconfd", "netconf-subsystem": "netconfd" },
  ports: { netconf: 2830 },
  async prepare(setup) {
    const { folder, ports, programs } = setup;
    const port = ports["netconf"]!;
    const socket = join(folder, "ncx.sock");
    const plan = await prepareSshd(setup, port, {
      hostKeys: ["ed25519"],
      userKey: "ed25519",
      protocol: "netconf",
      config: [
        "UsePAM no",
        `Subsystem netconf "${
          programs["netconf-subsystem"]
        } --ncxserver-sockname=${port}@${socket}"`,
      ],
    });
    const server = [
      programs["netconfd"]!,
      "--module=ietf-interfaces",
      "--no-startup",
      `--superuser=${labUser()}`,
      `--port=${port}`,
      `--ncxserver-sockname=${socket}`,
    ];
    // Both are ended together; SSH is offered once there is something behind it.
    const start = [
      `${server.join(" ")} & netconf=$!`,
      "ssh=",
      "trap 'kill $netconf $ssh; wait' TERM INT",
      `until [ -S "${socket}" ]; do kill -0 $netconf || exit 1; sleep 0.05; done`,
      '"$@" & ssh=$!',
      "wait",
    ].join("\n");
    return { ...plan, argv: ["/bin/sh", "-c", start, "netconfd", ...plan.argv] };
  },
};
