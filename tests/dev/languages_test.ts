/** The steps of `./dev ok` that look at the scenarios' programs in other languages. */
import { join } from "node:path";
import { expect } from "@std/expect";
import { afterAll, beforeAll, describe, it } from "@std/testing/bdd";
import { languageSteps } from "../../tasks/_languages.ts";

let folder: string;

beforeAll(() => {
  folder = Deno.makeTempDirSync({ prefix: "versus-languages-" });
});

afterAll(() => {
  Deno.removeSync(folder, { recursive: true });
});

/** Runs the step of a language on one file; what it printed is kept from the terminal. */
async function check(
  language: string,
  name: string,
  text: string,
  ci = false,
): Promise<{ ok: boolean; told: string }> {
  const own = Deno.makeTempDirSync({ dir: folder });
  Deno.writeTextFileSync(join(own, name), text);
  if (language === "Go") Deno.writeTextFileSync(join(own, "go.mod"), "module x\n\ngo 1.19\n");
  const step = languageSteps({ folder: own, ci }).find((one) =>
    one.name.includes(` ${language} (`)
  )!;
  const log = console.log;
  const told: string[] = [];
  console.log = (line: string) => told.push(line);
  try {
    return { ok: await step.run(), told: told.join("\n") };
  } finally {
    console.log = log;
  }
}

function has(program: string): boolean {
  return (Deno.env.get("PATH") ?? "").split(":").some((path) => {
    try {
      return Deno.statSync(join(path, program)).isFile;
    } catch {
      return false;
    }
  });
}

const FORMATTED: Record<string, readonly [tool: string, file: string, good: string, bad: string]> =
  {
    Go: [
      "gofmt",
      "main.go",
      "package main\n\nfunc main() {}\n",
      "package main\nfunc  main() { }\n",
    ],
    Rust: ["rustfmt", "main.rs", "fn main() {}\n", "fn  main( ) { }\n"],
    C: [
      "clang-format",
      "main.c",
      "int main(void) { return 0; }\n",
      "int main( void ) {return 0;}\n",
    ],
  };

describe("the steps of other languages", () => {
  for (const [language, [tool, file, good, bad]] of Object.entries(FORMATTED)) {
    it(`tell badly formatted ${language} from good`, { ignore: !has(tool) }, async () => {
      expect(await check(language, file, good)).toEqual({ ok: true, told: "" });
      const { ok, told } = await check(language, file, bad);
      expect(ok).toBe(false);
      expect(told).toContain(tool);
    });
  }

  it("tell what go vet finds", { ignore: !has("go") }, async () => {
    const text = 'package main\n\nimport "fmt"\n\nfunc main() { fmt.Printf("%d\\n", "x") }\n';
    const { ok, told } = await check("Go", "main.go", text);
    expect([ok, told.includes("Printf")]).toEqual([false, true]);
  });

  it("tell what clippy finds", { ignore: !has("clippy-driver") }, async () => {
    const text =
      'fn main() {\n    let x = vec![1];\n    if x.len() == 0 {\n        println!("none");\n    }\n}\n';
    const { ok, told } = await check("Rust", "main.rs", text);
    expect([ok, told.includes("is_empty")]).toEqual([false, true]);
  });

  it("skip a missing tool, but not in CI", async () => {
    const path = Deno.env.get("PATH")!;
    Deno.env.set("PATH", folder);
    try {
      expect(await check("Go", "main.go", FORMATTED["Go"]![3])).toMatchObject({ ok: true });
      const { ok, told } = await check("Go", "main.go", FORMATTED["Go"]![2], true);
      expect(ok).toBe(false);
      expect(told).toContain("gofmt is not installed: it has to be in CI");
      expect(await check("C", "main.c", "", true)).toMatchObject({ ok: true });
    } finally {
      Deno.env.set("PATH", path);
    }
  });
});
