/**
 * A subtree of 10,000 objects beside net-snmp's snmpbulkwalk, against the same snmpd in one run.
 *
 * Of versus the probe's own total counts, cold, in a process of its own; of snmpbulkwalk its wall time
 * less that of `snmpget -V`, which loads the same libraries and asks nobody. Both ask for the same
 * number of objects at a time, then each for what it chooses itself: a packet full, and 10. The agent gets the objects from a C program
 * by pass_persist, and is what takes most of the time of both.
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openLauncher } from "../../lib/process/mod.ts";
import { snmpd } from "../../lib/probe/lab/snmpd.ts";
import { startServer } from "../../lib/probe/lab/start.ts";
import type { LabServer } from "../../lib/probe/lab/types.ts";
import { blockOrder, comparePaired, summarise } from "../../lib/stats/mod.ts";
import { packagesInUse } from "../../lib/version.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SUBTREE = "1.3.6.1.4.1.8072.9999.1";
const OBJECTS = 10_000;
const LIMIT = 1.2;

/** The lab's agent with 10,000 objects more. */
function agentWith(program: string): LabServer {
  return {
    ...snmpd,
    async prepare(setup) {
      const plan = await snmpd.prepare(setup);
      const file = join(setup.folder, "snmpd.conf");
      await Deno.writeTextFile(file, `pass_persist .${SUBTREE} ${program}\n`, { append: true });
      return plan;
    },
  };
}

/** Asks by a process of versus and takes the probe's own time, in milliseconds. */
async function byVersus(target: string, options: readonly string[]): Promise<number> {
  const config = join(ROOT, packagesInUse() === "airgap" ? "deno.airgap.json" : "deno.json");
  const { stdout, stderr, success } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-A", "--config", config, join(ROOT, "cli/main.ts"), "probe", "snmp", target],
      ...["--subtree", SUBTREE, "--json", "--timeout", "30s", ...options],
    ],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const [found] = JSON.parse(new TextDecoder().decode(stdout)).targets;
  if (found.result?.objects?.length !== OBJECTS) throw new Error(`Not ${OBJECTS} objects`);
  return found.samples[0].totalMs;
}

/** Measures and prints. */
export async function benchProbeSnmp(blocks = 20): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    const program = join(folder, "objects");
    const source = join(ROOT, "tasks/bench/snmp/objects.c");
    const { success } = await new Deno.Command("cc", { args: ["-O2", "-o", program, source] })
      .output();
    if (!success) throw new Error("cc could not compile objects.c");
    await using agent = await startServer(agentWith(program));
    await measure(agent.endpoints[0]!.target, blocks);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function measure(target: string, blocks: number): Promise<void> {
  await using launcher = await openLauncher();
  const wallMs = async (argv: readonly string[]) => {
    const { wallS, exitCode } = await launcher.run({ argv });
    if (exitCode !== 0) throw new Error(`${argv.join(" ")} ended with ${exitCode}`);
    return wallS * 1000;
  };
  const bulkwalk = async (options: readonly string[]) => {
    const walk = ["snmpbulkwalk", "-v2c", "-c", "public", "-m", "", "-On", "-t", "30"];
    return await wallMs([...walk, ...options, target, SUBTREE]) - await wallMs(["snmpget", "-V"]);
  };
  console.log(`snmp subtree of ${OBJECTS} objects beside snmpbulkwalk (limit: ${LIMIT})`);
  for (
    const [title, ours, theirs] of [
      ["10 objects in an answer", ["--repetitions", "10"], ["-Cr10"]],
      ["25 objects in an answer", ["--repetitions", "25"], ["-Cr25"]],
      ["each as it is (a packet, 10)", [], []],
    ] as const
  ) {
    const times: [number[], number[]] = [[], []];
    for (let block = -1; block < blocks; block++) {
      for (const who of blockOrder(2, Math.max(0, block), 1)) {
        const time = who === 0 ? await byVersus(target, ours) : await bulkwalk(theirs);
        if (block >= 0) times[who]!.push(time);
      }
    }
    const [mine, other] = times;
    const { ratio, low, high } = comparePaired(mine, other)!;
    console.log(
      `  ${title.padEnd(32)} ${summarise(mine).median.toFixed(1).padStart(7)} ms  ` +
        `snmpbulkwalk ${summarise(other).median.toFixed(1).padStart(7)} ms   × ${
          ratio.toFixed(3)
        }` +
        `  [${low.toFixed(3)}, ${high.toFixed(3)}]`,
    );
  }
}

if (import.meta.main) await benchProbeSnmp();
