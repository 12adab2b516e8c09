/** How long the program takes to start, beside a Deno program that says hello. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { openLauncher } from "../../lib/process/mod.ts";
import { packagesInUse } from "../../lib/version.ts";
import { interleave, printStandings } from "./_interleave.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** Measures `--version`, `--help` and what `./dev` adds. */
export async function benchStart(blocks = 40): Promise<void> {
  const folder = await Deno.makeTempDir();
  await using launcher = await openLauncher();
  try {
    const hello = join(folder, "hello.ts");
    await Deno.writeTextFile(hello, 'console.log("hello");\n');
    const config = join(ROOT, packagesInUse() === "airgap" ? "deno.airgap.json" : "deno.json");
    const deno = Deno.execPath();
    const direct = [deno, "run", "--config", config, "-A", join(ROOT, "cli/main.ts")];
    console.log("Start, as a ratio to a Deno program that says hello (limits: 2.5 and 4)");
    printStandings(
      await interleave(launcher, [
        { name: "deno run hello.ts", argv: [deno, "run", "--no-config", hello] },
        { name: "versus --version", argv: [...direct, "--version"] },
        { name: "versus --help", argv: [...direct, "--help"] },
      ], blocks),
    );
    console.log("What ./dev adds to a second start (limit: 50 ms)");
    const standings = await interleave(launcher, [
      { name: "deno run cli/main.ts --version", argv: [...direct, "--version"] },
      { name: "./dev versus --version", argv: [join(ROOT, "dev"), "versus", "--version"] },
    ], blocks);
    printStandings(standings);
    const added = (standings[1]!.medianS - standings[0]!.medianS) * 1000;
    console.log(`  ./dev adds ${added.toFixed(1)} ms`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

if (import.meta.main) await benchStart();
