import { dirname, isAbsolute, join } from "node:path";
import { failed, type ProbeResult, type ToolchainKind } from "./kind.ts";
import { firstExecutable } from "./_lookup.ts";
import { ask, notUnderstood, type QueryContext } from "./_query.ts";

/** Java: a JDK, `java` with the `javac` of the same home among its tools. */
export const java: ToolchainKind = {
  name: "java",
  title: "Java",
  language: "java",
  commands: ["java"],
  elsewhere: ({ JAVA_HOME: home }) =>
    home !== undefined && isAbsolute(home) ? executables(home, "java") : [],
  probe: probeJava,
};

/** Variables from which a JVM takes further options; they must not change what it says of itself. */
const NO_OPTIONS = {
  JDK_JAVA_OPTIONS: undefined,
  JAVA_TOOL_OPTIONS: undefined,
  _JAVA_OPTIONS: undefined,
};

async function probeJava(path: string, context: QueryContext): Promise<ProbeResult> {
  const question = ["-XshowSettings:properties", "-version"];
  const answer = await ask([path, ...question], context, { env: { ...NO_OPTIONS, LC_ALL: "C" } });
  if (!answer.ok) return failed(answer.reason);
  const text = `${answer.stderr}\n${answer.stdout}`;
  const version = property(text, "java.version");
  const home = property(text, "java.home");
  const machine = property(text, "java.vm.name");
  if (version === undefined || home === undefined) {
    return failed(notUnderstood(path, answer, "Java's properties"));
  }
  // Up to Java 8 java.home is the runtime inside of the kit.
  const homes = [home, dirname(home)];
  const realPath = await firstExecutable(...homes.flatMap((each) => executables(each, "java")));
  const javac = await firstExecutable(...homes.flatMap((each) => executables(each, "javac")));
  if (javac === undefined) {
    return failed(`${path} is Java ${version} without javac: a runtime, not a development kit`);
  }
  const legacy = /^1\.(\d+)\.(\d+)(?:_(\d+))?/.exec(version);
  return {
    ok: true,
    toolchain: {
      name: "java",
      version,
      ...(legacy === null
        ? {}
        : { languageVersion: `${legacy[1]}.${legacy[2]}.${legacy[3] ?? "0"}` }),
      ...(machine === undefined ? {} : { implementation: machine }),
      path,
      realPath: realPath ?? path,
      tools: { javac },
      env: {},
    },
  };
}

function property(text: string, name: string): string | undefined {
  const start = `    ${name} = `;
  const line = text.split(/\r?\n/).find((each) => each.startsWith(start));
  return line?.slice(start.length).trim() || undefined;
}

function executables(home: string, name: string): string[] {
  return [join(home, "bin", name), join(home, "bin", `${name}.exe`)];
}
