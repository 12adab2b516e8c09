/** The entry of what `deno compile` makes: it writes the data out, where other programs can read it. */
import { main } from "../cli/main.ts";
import { cacheFolder, makeFolder, privateFolder } from "../lib/record/home.ts";
import { dataPath, setDataRoot } from "../lib/runtime/mod.ts";
import { writeOut } from "./_write_out.ts";

/** Writes to the cache, or where that is full or may only be read to a private folder. */
function dataRoot(): string {
  const scenarios = dataPath("scenarios");
  const folder = cacheFolder();
  try {
    makeFolder(folder, "keep the scenarios");
    return writeOut(scenarios, `${folder}/data`, "scenarios");
  } catch (error) {
    if (Deno.build.os === "windows") throw error;
    const own = privateFolder((name) => Deno.env.get(name));
    return writeOut(scenarios, `${own}/data`, "scenarios");
  }
}

setDataRoot(dataRoot());
Deno.exit(await main(Deno.args));
