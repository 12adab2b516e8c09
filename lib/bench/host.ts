/** Opens what a run needs on this machine: the launcher, a scratch folder, the environment. */
import { openLauncher } from "../process/mod.ts";
import { describeEnvironment } from "../record/environment.ts";
import type { Environment } from "../record/schema.ts";
import { packagesInUse } from "../version.ts";
import { freeMemory } from "./free_memory.ts";
import type { BenchHost } from "./types.ts";

/** An open host; closing it ends the launcher and removes the scratch folder. */
export interface OpenHost extends AsyncDisposable {
  /** What the runner works with. */
  readonly host: BenchHost;
  /** The machine, as the document has it. */
  readonly environment: Environment;
}

/**
 * Opens a host.
 *
 * @returns The host; dispose of it when the run is over.
 * @throws {VersusError} If programs cannot be started or no temporary folder can be made.
 */
export async function openHost(): Promise<OpenHost> {
  const launcher = await openLauncher({ counters: true });
  const scratch = await Deno.makeTempDir({ prefix: "versus-" });
  const { maxRssFloorKb, offsetS, counters } = launcher;
  const environment = describeEnvironment(packagesInUse(), {
    ...(maxRssFloorKb === undefined ? {} : { maxRssFloorKb }),
    ...(offsetS === undefined ? {} : { wallOffsetS: offsetS }),
    counters: "unavailable" in counters
      ? `not available: ${counters.unavailable}`
      : counters.names.join(", "),
  });
  return {
    host: { launcher, now: () => performance.now(), date: () => new Date(), freeMemory, scratch },
    environment,
    async [Symbol.asyncDispose]() {
      await launcher[Symbol.asyncDispose]();
      await Deno.remove(scratch, { recursive: true });
    },
  };
}
