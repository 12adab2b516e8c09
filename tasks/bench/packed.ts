/**
 * What packing costs: versus beside a program that says hello, both packed the same way. Starts after
 * the first one, the first one itself, and the size.
 */
import { openLauncher } from "../../lib/process/mod.ts";
import { quantile } from "../../lib/stats/mod.ts";
import { type Program, VERSUS } from "../_bundle.ts";
import { ROOT } from "../_deno.ts";
import { pack } from "../_packed.ts";
import { type Contender, interleave, printStandings } from "./_interleave.ts";

const BLOCKS = 60;
const FIRST_STARTS = 5;

const HELLO = `export function main() { console.log("hello"); return 0; }\n`;

interface Packed {
  readonly name: string;
  readonly file: string;
  readonly argv: readonly string[];
}

async function packBoth(folder: string): Promise<[Packed, Packed]> {
  const entry = ".dev/bench/hello.ts";
  await Deno.mkdir(`${ROOT}/.dev/bench`, { recursive: true });
  await Deno.writeTextFile(`${ROOT}/${entry}`, HELLO);
  const hello: Program = { entry, workers: {}, data: [] };
  await pack({ name: "hello", program: hello, target: `${folder}/hello` });
  await pack({ name: "versus", program: VERSUS, target: `${folder}/versus` });
  return [
    { name: "hello", file: `${folder}/hello`, argv: [`${folder}/hello`] },
    { name: "versus --version", file: `${folder}/versus`, argv: [`${folder}/versus`, "--version"] },
  ];
}

/** Bytes of the data that versus carries and hello does not, compressed as they are packed. */
async function dataBytes(): Promise<number> {
  const tar = new Deno.Command("sh", {
    args: ["-c", 'tar -cf - "$@" | gzip -6 | wc -c', "sh", ...VERSUS.data],
    cwd: ROOT,
  });
  return Number(new TextDecoder().decode((await tar.output()).stdout));
}

/** Measures and prints. */
export async function benchPacked(): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "versus-bench-" });
  try {
    const programs = await packBoth(folder);
    await using launcher = await openLauncher();
    const contender = ({ name, argv }: Packed, home: string): Contender => (
      { name, argv, env: { PATH: "/usr/bin:/bin", HOME: `${folder}/${home}` } }
    );
    console.log("Packed file, first starts (limit: 2 s)");
    for (const program of programs) {
      const times: number[] = [];
      for (let i = 0; i < FIRST_STARTS; i++) {
        const { argv, env } = contender(program, `first${i}`);
        times.push((await launcher.run({ argv, env: env! })).wallS);
      }
      const worst = Math.max(...times).toFixed(2);
      console.log(
        `  ${program.name.padEnd(18)} median ${
          quantile(times, 0.5).toFixed(2)
        } s, worst ${worst} s`,
      );
    }
    console.log("Packed file, later starts (limit: 1.5 × hello)");
    const contenders = programs.map((program) => contender(program, "first0"));
    printStandings(await interleave(launcher, contenders, BLOCKS));
    const [small, large] = programs.map(({ file }) => Deno.statSync(file).size);
    const data = await dataBytes();
    console.log("Packed file, size (limit: 1.15 × hello plus the bundled data)");
    console.log(
      `  hello ${(small! / 1e6).toFixed(2)} MB, data ${(data / 1e6).toFixed(2)} MB, versus ` +
        `${(large! / 1e6).toFixed(2)} MB   × ${(large! / (small! + data)).toFixed(3)}`,
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
