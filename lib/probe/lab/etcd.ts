/** etcd: gRPC with the service of health checks. */
import { join } from "node:path";
import type { LabServer } from "./types.ts";

/** The key-value store. */
export const etcd: LabServer = {
  name: "etcd",
  title: "Key-value store: gRPC with grpc.health.v1",
  needs: { etcd: "etcd-server" },
  ports: { grpc: 12379, peer: 12380 },
  prepare({ folder, ports, programs }) {
    const clients = `http://127.0.0.1:${ports["grpc"]}`;
    const peers = `http://127.0.0.1:${ports["peer"]}`;
    return Promise.resolve({
      argv: [
        programs["etcd"]!,
        ...["--data-dir", join(folder, "data")],
        ...["--listen-client-urls", clients, "--advertise-client-urls", clients],
        ...["--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers],
        ...["--initial-cluster", `default=${peers}`],
        // Nothing that is kept here has to survive a power cut.
        "--unsafe-no-fsync",
      ],
      // It listens before it has elected itself, and is not serving until then.
      ready: { kind: "log", text: "ready to serve client requests" },
      endpoints: [{
        protocol: "grpc",
        target: `127.0.0.1:${ports["grpc"]}`,
        note: "--plaintext",
      }],
    });
  },
};
