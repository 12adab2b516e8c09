/** What readelf(1) says of a file, for comparison. */
import { run } from "../_support.ts";

/** The facts that both tell. */
export interface Facts {
  bits: number;
  interpreter: string | undefined;
  needed: string[];
  soname: string | undefined;
  rpath: string[];
  runpath: string[];
  buildId: string | undefined;
  stripped: boolean;
  debugInfo: boolean;
  sections: { name: string; bytes: number }[];
}

function sorted(sections: { name: string; bytes: number }[]) {
  return sections.sort((a, b) => b.bytes - a.bytes || (a.name < b.name ? -1 : 1));
}

/** Asks readelf. */
export async function readelf(path: string): Promise<Facts> {
  const text = await run("readelf", ["-W", "-h", "-l", "-S", "-d", "-n", path], {
    env: { LC_ALL: "C" },
  });
  const all = (pattern: RegExp) => [...text.matchAll(pattern)].map(([, value]) => value!);
  const sections = [
    ...text.matchAll(/^ {2}\[ *\d+\] (\S+) +[A-Z_0-9]+ +[0-9a-f]+ [0-9a-f]+ ([0-9a-f]+) /gm),
  ].map(([, name, size]) => ({ name: name!, bytes: parseInt(size!, 16) }));
  const named = (name: string) => sections.some((section) => section.name === name);
  const folders = (kind: string) =>
    all(new RegExp(`\\(${kind}\\).*\\[(.*)\\]`, "g")).flatMap((list) => list.split(":"));
  return {
    bits: /Class: +ELF64/.test(text) ? 64 : 32,
    interpreter: all(/Requesting program interpreter: (.*)\]/g)[0],
    needed: all(/\(NEEDED\).*\[(.*)\]/g),
    soname: all(/\(SONAME\).*\[(.*)\]/g)[0],
    rpath: folders("RPATH"),
    runpath: folders("RUNPATH"),
    buildId: all(/Build ID: ([0-9a-f]+)/g)[0],
    stripped: !named(".symtab"),
    debugInfo: named(".debug_info") || named(".zdebug_info"),
    sections: sorted(sections),
  };
}

/** The same facts of a report. */
export function factsOf(
  report: Omit<Facts, "sections" | "interpreter" | "soname" | "buildId"> & {
    interpreter?: string;
    soname?: string;
    buildId?: string;
    sections: { name: string; bytes: number }[];
  },
): Facts {
  const { bits, interpreter, needed, soname, rpath, runpath, buildId, stripped, debugInfo } =
    report;
  return {
    ...{ bits, interpreter, needed, soname, rpath, runpath, buildId, stripped, debugInfo },
    sections: sorted(report.sections.map(({ name, bytes }) => ({ name, bytes }))),
  };
}
