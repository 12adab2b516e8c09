/** The entry of what `deno compile` makes: it writes the data out, where other programs can read it. */
import { main } from "../cli/main.ts";
import { cacheFolder, makeFolder } from "../lib/record/home.ts";
import { dataPath, setDataRoot } from "../lib/runtime/mod.ts";
import { writeOut } from "./_write_out.ts";

const folder = cacheFolder();
makeFolder(folder, "keep the scenarios");
setDataRoot(writeOut(dataPath("scenarios"), `${folder}/data`, "scenarios"));
Deno.exit(await main(Deno.args));
