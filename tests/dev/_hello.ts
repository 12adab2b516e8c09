/** A small program for trying out bundles and packed files. */
import { dataPath, workerUrl } from "../../lib/runtime/mod.ts";
import { versionLine } from "../../lib/version.ts";

/** Does what the first argument says, and answers with the exit code. */
export async function main(args: readonly string[]): Promise<number> {
  const [what = "hello", ...rest] = args;
  switch (what) {
    case "worker":
      console.log(await askWorker(rest[0] ?? ""));
      return 0;
    case "data":
      console.log(dataPath("tests/dev/_hello.ts"));
      return 0;
    case "table": {
      const { Table } = await import("@cliffy/table");
      console.log(Table.from([["a", 1]]).toString());
      return 0;
    }
    case "environment":
      console.log(JSON.stringify(Deno.env.toObject()));
      return 0;
    case "version":
      console.log(versionLine());
      return 0;
    case "exit":
      return Number(rest[0]);
    default:
      console.log([what, ...rest].join(" "));
      return 0;
  }
}

async function askWorker(text: string): Promise<string> {
  const worker = new Worker(workerUrl("hello"), { type: "module" });
  try {
    const { promise, resolve, reject } = Promise.withResolvers<string>();
    worker.onmessage = (event: MessageEvent<string>) => resolve(event.data);
    worker.onerror = (event) => reject(new Error(event.message));
    worker.postMessage(text);
    return await promise;
  } finally {
    worker.terminate();
  }
}

if (import.meta.main) Deno.exit(await main(Deno.args));
