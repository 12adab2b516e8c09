/** `versus rfc8343 TARGET --snmp --netconf|--restconf|--gnmi` */
import { Command } from "@cliffy/command";
import { EXIT, printable, VersusError } from "../../lib/error.ts";
import { ProbeError } from "../../lib/probe/error.ts";
import {
  type CellState,
  compareInterfaces,
  type Rfc8343Document,
} from "../../lib/probe/rfc8343/mod.ts";
import { redact } from "../../lib/probe/secret.ts";
import { renderTable, toJson } from "../../lib/report/mod.ts";
import { endWith } from "../exit.ts";
import { listenForInterruption } from "../interrupt.ts";
import { print, styleOf } from "../output.ts";
import { readPlan, type Rfc8343Flags, rfc8343Options } from "../probe/_rfc8343_plan.ts";

/** What is said of a state. */
const WORDS: Readonly<Record<CellState, string>> = {
  equal: "equal",
  moved: "moved",
  differing: "DIFFERS",
  "missing-snmp": "not in SNMP",
  "missing-yang": "only in SNMP",
};

/** Makes the command. */
export function rfc8343Command() {
  return rfc8343Options(
    new Command()
      .description(
        "Compare the interface table of one device through SNMP (IF-MIB) and through NETCONF, RESTCONF or " +
          "gNMI (ietf-interfaces of RFC 8343, or openconfig-interfaces), row by row. Counters move " +
          "between the readings: SNMP is read before and after the other side, and a counter that lies " +
          "between the two has moved and does not differ.",
      )
      .arguments("<target:string>"),
  )
    .example(
      "SNMP and NETCONF",
      "versus rfc8343 r1 --snmp --community-env C --netconf --user admin --password-env PW",
    )
    .example(
      "other ports",
      "versus rfc8343 127.0.0.1 --snmp 127.0.0.1:1161 --netconf 127.0.0.1:2830",
    )
    .action(async (flags: unknown, target: string) => await compare(flags as Rfc8343Flags, target));
}

async function compare(flags: Rfc8343Flags, word: string): Promise<void> {
  const plan = readPlan(flags, word);
  using interruption = listenForInterruption();
  let document: Rfc8343Document;
  try {
    document = await compareInterfaces(plan, interruption.signal);
  } catch (error) {
    if (!(error instanceof ProbeError)) throw error;
    const interrupted = interruption.exitCode();
    if (interrupted !== undefined) return endWith(interrupted);
    throw new VersusError(`${error.code}: ${printable(redact(error.message))}`, {
      hint: "Try that side alone, with versus probe",
      exitCode: EXIT.failed,
      cause: error,
    });
  }
  if (document.interfaces.length === 0) {
    throw new VersusError(`${printable(word)} has no interfaces on either side`, {
      exitCode: EXIT.failed,
    });
  }
  print(flags.json ? toJson(document, 2) : describe(document, flags));
  const interrupted = interruption.exitCode();
  if (interrupted !== undefined) endWith(interrupted);
  const { differing, "missing-snmp": left, "missing-yang": right } = document.counts;
  if (differing > 0 || flags.strict && left + right > 0) endWith(EXIT.failed);
}

function describe(document: Rfc8343Document, flags: Rfc8343Flags): string {
  const { target, protocol, model, betweenMs, interfaces, counts } = document;
  const rows = interfaces.flatMap(({ name, cells }) => {
    const [first] = cells;
    // An interface that only one side has is one line.
    if (first?.state.startsWith("missing") && cells.every(({ state }) => state === first.state)) {
      return [[
        name,
        `all ${cells.length}`,
        WORDS[first.state],
        first.snmp ?? "",
        first.yang ?? "",
      ]];
    }
    const shown = flags.all ? cells : cells.filter(({ state }) => state !== "equal");
    return shown.map(({ node, state, snmp = "", yang = "", snmpAfter }, i) => [
      i === 0 ? name : "",
      node,
      WORDS[state],
      snmpAfter === undefined || snmpAfter === snmp ? snmp : `${snmp} → ${snmpAfter}`,
      yang,
    ]);
  });
  const style = styleOf(Deno.stdout, flags.color);
  const table = rows.length === 0
    ? []
    : [renderTable(["interface", "node", "state", "SNMP", protocol], rows, style).trimEnd(), ""];
  const total = Object.entries(counts).filter(([, count]) => count > 0)
    .map(([state, count]) => `${count} ${WORDS[state as CellState].toLowerCase()}`);
  return [
    `${printable(target)}: SNMP and ${protocol} (${model}-interfaces), ${betweenMs} ms apart`,
    "",
    ...table,
    `${interfaces.length} interfaces: ${total.join(", ")}`,
    ...(flags.all || counts.equal === 0 ? [] : ["What is equal is shown with --all."]),
    "",
  ].join("\n");
}
