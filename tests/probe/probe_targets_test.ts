import { expect } from "@std/expect";
import { describe, it } from "@std/testing/bdd";
import * as v from "valibot";
import { parseTarget, probeTargets, tcp } from "../../lib/probe/mod.ts";
import { ProbeSchema } from "../../lib/probe/schema.ts";
import { closedPort, serveTcp } from "./_servers.ts";

describe("probeTargets", () => {
  it("takes texts and targets, and gives the document", async () => {
    await using server = await serveTcp(() => {});
    const closed = `127.0.0.1:${await closedPort()}`;
    const document = await probeTargets({
      protocol: tcp,
      options: { banner: false },
      targets: [server.target, parseTarget(closed)],
      settings: { count: 2, intervalMs: 0 },
    });
    v.assert(ProbeSchema, document);
    expect(document.targets.map(({ state, summary }) => [state, summary.sent])).toEqual([
      ...[["open", 2], ["refused", 2]],
    ]);
  });

  it("refuses what is no target", async () => {
    await expect(probeTargets({ protocol: tcp, options: { banner: false }, targets: ["a b"] }))
      .rejects.toThrow("Invalid target a b");
  });
});
