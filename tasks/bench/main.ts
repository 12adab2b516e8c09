/** Measures versus itself beside its peers, in one run, and prints ratios: `./dev bench [PART...]`. */

/** A part of the bench. */
interface Part {
  /** What it measures, and how long that takes. */
  readonly title: string;
  /** Measures and prints. */
  run(): Promise<void>;
  /** Runs only when it is named. */
  readonly long?: true;
}

/** Each part is loaded when it runs. */
const PARTS: Readonly<Record<string, Part>> = {
  start: {
    title: "starts beside a Deno hello",
    run: async () => await (await import("./start.ts")).benchStart(),
  },
  journal: {
    title: "what a sample costs in the journal and the progress line",
    run: async () => await (await import("./journal.ts")).benchJournal(),
  },
  launch: {
    title: "wall time and peak memory beside C, hyperfine and GNU time, 2 minutes",
    run: async () => await (await import("./launch/launch.ts")).benchLaunch(),
  },
  judgement: {
    title: "identical programs called different, + 3 % found, 3 minutes",
    run: async () => await (await import("./judgement/show.ts")).benchJudgement(20, 2000),
  },
  live: {
    title: "the same with 200 comparisons made live, 17 minutes",
    run: async () => await (await import("./judgement/show.ts")).benchJudgement(200, 2000),
    long: true,
  },
  history: {
    title: "a history of a million samples: list, compare, insert, rebuild, a minute",
    run: async () => await (await import("./history.ts")).benchHistory(),
  },
  probe: {
    title: "10,000 TCP targets beside nmap and blackbox_exporter, DNS beside C, 9 minutes",
    run: async () => await (await import("./probe.ts")).benchProbe(),
    long: true,
  },
  ssh: {
    title: "the SSH probe beside OpenSSH's client, half a minute",
    run: async () => await (await import("./probe_ssh.ts")).benchProbeSsh(),
  },
  snmp: {
    title: "a subtree of 10,000 objects beside snmpbulkwalk, a minute",
    run: async () => await (await import("./probe_snmp.ts")).benchProbeSnmp(),
  },
  listen: {
    title: "NetFlow and syslog, paced, to a file, half a minute",
    run: async () => await (await import("./listen.ts")).benchListen(),
  },
  tui: {
    title:
      "the terminal UI: first frame, keys, live view, memory, the Lab beside the shell, 3 minutes",
    run: async () => await (await import("./tui.ts")).benchTui(),
  },
  packed: {
    title: "the packed file beside a packed hello: starts and size, half a minute",
    run: async () => await (await import("./packed.ts")).benchPacked(),
  },
  trace: {
    title: "traced time beside bare strace, a log of a million lines, 3 minutes",
    run: async () => await (await import("./trace.ts")).benchTrace(),
  },
};

function usage(): string {
  const width = Math.max(...Object.keys(PARTS).map((name) => name.length));
  const lines = Object.entries(PARTS).map(([name, { title, long }]) =>
    `  ${name.padEnd(width)}  ${title}${long ? "; only when it is named" : ""}`
  );
  return ["./dev bench [PART...], on a machine that does nothing else", ...lines].join("\n");
}

async function main(names: readonly string[]): Promise<number> {
  if (names.includes("--help") || names.includes("-h")) {
    console.log(usage());
    return 0;
  }
  const unknown = names.find((name) => PARTS[name] === undefined);
  if (unknown !== undefined) {
    console.error(`Unknown part ${unknown}\n${usage()}`);
    return 2;
  }
  const wanted = names.length > 0 ? names : Object.keys(PARTS).filter((name) => !PARTS[name]!.long);
  for (const name of wanted) {
    await PARTS[name]!.run();
    console.log("");
  }
  return 0;
}

if (import.meta.main) Deno.exit(await main(Deno.args));
