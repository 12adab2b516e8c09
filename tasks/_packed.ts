import { createHash } from "node:crypto";
import { createGzip, gzipSync } from "node:zlib";
import { createReadStream, createWriteStream } from "node:fs";
import { pipeline } from "node:stream/promises";
import { sha256File, SUMS_FILE } from "../lib/runtime/integrity.ts";
import { bundle, type Program } from "./_bundle.ts";
import { PERMISSIONS, ROOT } from "./_deno.ts";

/** What a packed file is made of. */
export interface PackOptions {
  /** The name that its own messages begin with. */
  name: string;
  program: Program;
  /** The file to write. */
  target: string;
}

/**
 * Packs a program into one file for this machine: a shell script that unpacks and starts it, then the
 * Deno that runs this, then the bundled program and its data.
 *
 * @param options The program and the file to write.
 */
export async function pack({ name, program, target }: PackOptions): Promise<void> {
  const work = await Deno.makeTempDir({ prefix: "versus-pack-" });
  try {
    const folder = `${work}/program`;
    await bundle(program, folder);
    await writeSums(folder);
    const runtime = await compressedRuntime();
    const rest = gzipSync(await archive(folder), { level: 6 });
    const start = await startScript({
      NAME: name,
      HASH: await contentHash(folder),
      PERMISSIONS: PERMISSIONS.join(" "),
      DENO_BYTES: String((await Deno.stat(Deno.execPath())).size),
      DENO_PACKED: String((await Deno.stat(runtime)).size),
    });
    await write(`${target}.${Deno.pid}`, [start, createReadStream(runtime), rest]);
    await Deno.chmod(`${target}.${Deno.pid}`, 0o755);
    await Deno.rename(`${target}.${Deno.pid}`, target);
  } finally {
    await Deno.remove(work, { recursive: true });
  }
}

/** Lists what is packed, the runtime too, for `versus doctor`. */
async function writeSums(folder: string): Promise<void> {
  const sums: Record<string, string> = { deno: await sha256File(Deno.execPath()) };
  for (const path of (await files(folder)).sort()) {
    sums[path] = await sha256File(`${folder}/${path}`);
  }
  await Deno.writeTextFile(`${folder}/${SUMS_FILE}`, JSON.stringify(sums, null, 1) + "\n");
}

/** Compresses this Deno once; it is the same for every program. */
async function compressedRuntime(): Promise<string> {
  const { size, mtime } = await Deno.stat(Deno.execPath());
  const kept = `${ROOT}/.dev/deno-${Deno.version.deno}-${size}-${mtime?.getTime() ?? 0}.gz`;
  if (await exists(kept)) return kept;
  await Deno.mkdir(`${ROOT}/.dev`, { recursive: true });
  const part = `${kept}.${Deno.pid}`;
  await pipeline(
    createReadStream(Deno.execPath()),
    createGzip({ level: 6 }),
    createWriteStream(part),
  );
  await Deno.rename(part, kept);
  return kept;
}

async function exists(path: string): Promise<boolean> {
  return await Deno.stat(path).then(() => true, () => false);
}

/** A folder as a tar archive. */
async function archive(folder: string): Promise<Uint8Array> {
  const { code, stdout, stderr } = await new Deno.Command("tar", {
    args: ["-cf", "-", "-C", folder, "."],
    stdout: "piped",
    stderr: "piped",
  }).output();
  if (code !== 0) throw new Error(`tar failed: ${new TextDecoder().decode(stderr)}`);
  return stdout;
}

/** The name of the folder that this is unpacked to: what is in it, and the Deno that runs it. */
async function contentHash(folder: string): Promise<string> {
  const { size } = await Deno.stat(Deno.execPath());
  const hash = createHash("sha256")
    .update(`deno ${Deno.version.deno} ${Deno.build.target} ${size}\n`);
  for (const path of (await files(folder)).sort()) {
    const { mode } = await Deno.stat(`${folder}/${path}`);
    hash.update(`${path} ${mode} ${await sha256File(`${folder}/${path}`)}\n`);
  }
  return hash.digest("hex").slice(0, 32);
}

async function files(folder: string, below = ""): Promise<string[]> {
  const found: string[] = [];
  for await (const entry of Deno.readDir(`${folder}/${below}`)) {
    const path = below + entry.name;
    if (entry.isDirectory) found.push(...await files(folder, `${path}/`));
    else found.push(path);
  }
  return found;
}

/** Fills the script in; it says how long it is itself, counted from 1 as `tail -c +N` does. */
async function startScript(values: Record<string, string>): Promise<Uint8Array> {
  const template = await Deno.readTextFile(`${ROOT}/tasks/packed_start.sh`);
  const encoder = new TextEncoder();
  let script = new Uint8Array();
  for (let size = -1; size !== script.length;) {
    size = script.length;
    const all: Record<string, string> = {
      ...values,
      DENO_FROM: String(size + 1),
      REST_FROM: String(size + 1 + Number(values.DENO_PACKED)),
    };
    script = encoder.encode(template.replace(/@([A-Z_]+)@/g, (_, key: string) => all[key] ?? ""));
  }
  return script;
}

async function write(
  path: string,
  parts: (Uint8Array | AsyncIterable<Uint8Array>)[],
): Promise<void> {
  await pipeline(async function* () {
    for (const part of parts) {
      if (part instanceof Uint8Array) yield part;
      else yield* part;
    }
  }, createWriteStream(path));
}
