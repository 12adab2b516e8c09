/** `versus probe gnmi` */
import { VersusError } from "../../lib/error.ts";
import { parsePath } from "../../lib/probe/gnmi/path.ts";
import type {
  GnmiNotification,
  GnmiOperation,
  GnmiOptions,
  GnmiResult,
  GnmiWrite,
} from "../../lib/probe/gnmi/types.ts";
import { ENCODINGS, type GnmiEncoding } from "../../lib/probe/gnmi/value.ts";
import { gnmi } from "../../lib/probe/protocols/gnmi.ts";
import type { Expectation } from "../../lib/probe/types.ts";
import { oneOf, parseCount, parseSeconds } from "../values.ts";
import {
  type GrpcAccessFlags,
  grpcAccessOptions,
  grpcLines,
  readGrpcAccess,
} from "./_grpc_access.ts";
import { parsePattern } from "./_pattern.ts";
import { daysGate } from "./_tls_options.ts";
import type { ProbeCommand } from "./types.ts";

interface GnmiFlags extends GrpcAccessFlags {
  get?: string[];
  type?: string;
  update?: string[];
  replace?: string[];
  delete?: string[];
  allowWrite?: boolean;
  subscribe?: string[];
  mode?: string;
  trigger?: string;
  sampleInterval?: string;
  heartbeat?: string;
  updatesOnly?: boolean;
  maxUpdates?: string;
  for?: string;
  encoding?: string;
  prefix?: string;
  target?: string;
  expectData?: string;
}

/** Lines of one answer that are shown to people; documents hold all. */
const SHOWN = 40;

/** gNMI's part of the command line. */
export const gnmiCommand: ProbeCommand<GnmiFlags, GnmiOptions, GnmiResult> = {
  protocol: gnmi,
  define: (command) =>
    grpcAccessOptions(command)
      .option("--get <path:string>", "Read this path; may be repeated.", { collect: true })
      .option(
        "--type <name:string>",
        "Of --get: all, config, state or operational (default: all).",
        {
          depends: ["get"],
        },
      )
      .option("--subscribe <path:string>", "Subscribe to this path; may be repeated.", {
        collect: true,
      })
      .option("--mode <name:string>", "Of --subscribe: once, poll or stream (default: once).", {
        depends: ["subscribe"],
      })
      .option(
        "--trigger <name:string>",
        "Of a stream: sample, on-change or target-defined (default: target-defined).",
        { depends: ["subscribe"] },
      )
      .option("--sample-interval <time:string>", "Of samples (default: as the target likes).", {
        depends: ["subscribe"],
      })
      .option("--heartbeat <time:string>", "Have values sent again after so long.", {
        depends: ["subscribe"],
      })
      .option("--updates-only", "Leave out what there is; only what changes.", {
        depends: ["subscribe"],
      })
      .option(
        "--max-updates <count:string>",
        "End after so many notifications, or polls (default: once no end, poll 1, stream 10).",
        { depends: ["subscribe"] },
      )
      .option("--for <time:string>", "End a subscription after so long, which is no failure.", {
        depends: ["subscribe"],
      })
      .option("--update <assignment:string>", "Set PATH=JSON; with --allow-write.", {
        collect: true,
      })
      .option("--replace <assignment:string>", "Replace PATH=JSON; with --allow-write.", {
        collect: true,
      })
      .option("--delete <path:string>", "Delete a path; with --allow-write.", { collect: true })
      .option("--allow-write", "Allow what changes the target.")
      .option(
        "--encoding <name:string>",
        `${Object.keys(ENCODINGS).join(", ")} (default: json_ietf).`,
      )
      .option("--prefix <path:string>", "Stands before all paths.")
      .option("--target <name:string>", "Which device is meant, behind a gateway.")
      .option("--expect-data <text:string>", "Fail unless the answer, as JSON, has this text.")
      .example("capabilities", "versus probe gnmi r1 --user admin --password-env PW")
      .example(
        "an interface",
        "versus probe gnmi r1 --get '/interfaces/interface[name=eth0]/state'",
      )
      .example(
        "counters every second, ten times",
        "versus probe gnmi r1 --subscribe /interfaces --mode stream --trigger sample " +
          "--sample-interval 1s --timeout 20s",
      ),
  options(flags) {
    const encoding = oneOf(
      "encoding",
      (flags.encoding ?? "json_ietf").toLowerCase().replace("-", "_"),
      Object.keys(ENCODINGS) as GnmiEncoding[],
    );
    return {
      ...readGrpcAccess(flags),
      operation: operationOf(flags),
      encoding,
      ...(flags.prefix === undefined ? {} : { prefix: parsePath(flags.prefix) }),
      ...(flags.target === undefined ? {} : { target: flags.target }),
    };
  },
  expectations({ expectData }) {
    if (expectData === undefined) return [];
    const matches = parsePattern("--expect-data", expectData);
    const expectation: Expectation<GnmiResult> = {
      option: "--expect-data",
      check: ({ capabilities, notifications, set }) =>
        matches(JSON.stringify(capabilities ?? notifications ?? set))
          ? undefined
          : `expected ${expectData} in the answer`,
    };
    return [expectation];
  },
  gates: (flags) => daysGate(flags, ({ tls }) => tls),
  describe: ({ capabilities, notifications, set, subscription, operation: _, ...connection }) => [
    ...(capabilities === undefined ? [] : capabilityLines(capabilities)),
    ...shortened((notifications ?? []).flatMap(notificationLines)),
    ...(set ?? []).map(({ path, operation }) => `${operation} ${path}`),
    ...(subscription === undefined ? [] : [
      `${subscription.mode}: ${
        notifications!.length
      } notifications, ended by ${subscription.ended}` +
      (subscription.synced ? ", synced" : ", not synced"),
    ]),
    ...grpcLines(connection),
  ],
};

function capabilityLines(
  { version, encodings, models }: NonNullable<GnmiResult["capabilities"]>,
): string[] {
  return [
    `gNMI ${version}, ${encodings.join(", ")}`,
    ...shortened(models.map(({ name, version }) => `${name} ${version}`)),
  ];
}

function notificationLines({ updates, deletes = [] }: GnmiNotification): string[] {
  return [
    ...updates.map(({ path, value }) => `${path} = ${JSON.stringify(value)}`),
    ...deletes.map((path) => `${path} deleted`),
  ];
}

function shortened(lines: readonly string[]): string[] {
  const more = lines.length > SHOWN ? [`… and ${lines.length - SHOWN} more`] : [];
  return [...lines.slice(0, SHOWN), ...more];
}

function operationOf(flags: GnmiFlags): GnmiOperation {
  const writes = writesOf(flags);
  const given = [
    ...(flags.get === undefined ? [] : ["--get"]),
    ...(flags.subscribe === undefined ? [] : ["--subscribe"]),
    ...(writes.length === 0 ? [] : ["--update, --replace or --delete"]),
  ];
  if (given.length > 1) throw new VersusError(`Found ${given.join(" and ")}, expected one of them`);
  if (writes.length > 0) {
    if (flags.allowWrite !== true) {
      throw new VersusError("Found what would change the target, and probes only read", {
        hint: "If that is meant, add --allow-write",
      });
    }
    return { kind: "set", writes };
  }
  if (flags.get !== undefined) {
    const type = oneOf("type", flags.type ?? "all", ["all", "config", "state", "operational"]);
    return { kind: "get", paths: flags.get.map(parsePath), type };
  }
  return flags.subscribe === undefined ? { kind: "capabilities" } : subscriptionOf(flags);
}

function subscriptionOf(flags: GnmiFlags): GnmiOperation {
  const mode = oneOf("mode", flags.mode ?? "once", ["once", "poll", "stream"]);
  const trigger = oneOf("trigger", flags.trigger ?? "target-defined", [
    ...["target-defined", "on-change", "sample"] as const,
  ]);
  if (flags.trigger !== undefined && mode !== "stream") {
    throw new VersusError(`--trigger is for --mode stream, found it with ${mode}`);
  }
  if (flags.sampleInterval !== undefined && trigger !== "sample") {
    throw new VersusError(`--sample-interval is for --trigger sample, found it with ${trigger}`);
  }
  const time = (option: string, text: string | undefined) =>
    text === undefined ? undefined : parseSeconds(option, text) * 1000;
  const sampleMs = time("--sample-interval", flags.sampleInterval);
  const heartbeatMs = time("--heartbeat", flags.heartbeat);
  const forMs = time("--for", flags.for);
  return {
    kind: "subscribe",
    paths: flags.subscribe!.map(parsePath),
    mode,
    trigger,
    ...(sampleMs === undefined ? {} : { sampleMs }),
    ...(heartbeatMs === undefined ? {} : { heartbeatMs }),
    ...(forMs === undefined ? {} : { forMs }),
    updatesOnly: flags.updatesOnly === true,
    maxUpdates: flags.maxUpdates === undefined
      ? { once: Infinity, poll: 1, stream: 10 }[mode]
      : parseCount("--max-updates", flags.maxUpdates, 1),
  };
}

function writesOf({ update = [], replace = [], delete: deleted = [] }: GnmiFlags): GnmiWrite[] {
  const assigned = (operation: "update" | "replace") => (text: string): GnmiWrite => {
    // The first equals sign outside of brackets: keys have their own.
    const match = /^((?:\\.|\[(?:\\.|[^\]])*\]|[^=[\\])+)=(.*)$/s.exec(text);
    if (match === null) {
      throw new VersusError(`Found ${text} for --${operation}, expected PATH=JSON`);
    }
    const [, path = "", json = ""] = match;
    try {
      JSON.parse(json);
    } catch (cause) {
      throw new VersusError(`Found ${json} for --${operation}, expected JSON`, {
        hint: `A text needs quotes: --${operation} '${path}="${json}"'`,
        cause,
      });
    }
    return { path: parsePath(path), json, operation };
  };
  return [
    ...deleted.map((path): GnmiWrite => ({ path: parsePath(path), operation: "delete" })),
    ...replace.map(assigned("replace")),
    ...update.map(assigned("update")),
  ];
}
