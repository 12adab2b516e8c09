// Reads, writes and looks for files, in Deno.
import { existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from "node:fs";
import process from "node:process";

const folder = process.argv[2];
if (folder === undefined) throw new Error("usage: script.ts FOLDER");
process.chdir(folder);
mkdirSync("made/here", { recursive: true });
writeFileSync("made/here/file.txt", "text");
openSync("made/../made/./here//file.txt", "r");
process.chdir("made");
console.log(readFileSync("here/file.txt", "utf8"), existsSync("/no/such/file"));
