/** GoBGP: the API of a BGP daemon over gRPC, without BGP's own port. */
import { join } from "node:path";
import type { LabServer } from "./types.ts";

const CONFIGURATION = `[global.config]
  as = 64512
  router-id = "192.0.2.1"
  port = -1
`;

/** The BGP daemon. */
export const gobgpd: LabServer = {
  name: "gobgpd",
  title: "BGP daemon: its API over gRPC",
  needs: { gobgpd: "gobgpd" },
  ports: { grpc: 50051 },
  async prepare({ folder, ports, programs }) {
    const file = join(folder, "gobgpd.conf");
    await Deno.writeTextFile(file, CONFIGURATION);
    const port = ports["grpc"]!;
    return {
      argv: [
        programs["gobgpd"]!,
        ...["-f", file, "--api-hosts", `127.0.0.1:${port}`, "--pprof-disable"],
      ],
      ready: { kind: "tcp", port },
      endpoints: [{ protocol: "grpc", target: `127.0.0.1:${port}`, note: "--plaintext" }],
    };
  },
};
