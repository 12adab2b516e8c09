/** `versus probe snmp` */
import { VersusError } from "../../lib/error.ts";
import { snmp } from "../../lib/probe/protocols/snmp.ts";
import { resolveObject } from "../../lib/probe/snmp/mib/names.ts";
import type { SnmpOperation, SnmpOptions } from "../../lib/probe/snmp/options.ts";
import type { SnmpObject } from "../../lib/probe/snmp/present.ts";
import type { SnmpResult } from "../../lib/probe/snmp/schema.ts";
import { parseCount, parseList, parseSeconds } from "../values.ts";
import { readSnmpAccess, type SnmpAccessFlags, snmpAccessOptions } from "./_snmp_access.ts";
import type { ProbeCommand } from "./types.ts";

interface SnmpFlags extends SnmpAccessFlags {
  get?: string[];
  getnext?: string[];
  bulk?: string[];
  subtree?: string[];
  table?: string[];
  repetitions?: string;
  nonRepeaters?: string;
  maxObjects?: string;
  resend?: string;
  resendAfter?: string;
  expectValue?: string[];
}

const OPERATIONS = ["get", "getnext", "bulk", "subtree", "table"] as const;
/** Objects that are shown to people; documents hold all. */
const SHOWN = 40;

/** SNMP's part of the command line. */
export const snmpCommand: ProbeCommand<SnmpFlags, SnmpOptions, SnmpResult> = {
  protocol: snmp,
  define: (command) =>
    snmpAccessOptions(command)
      .option("--get <objects:string>", "Read objects: sysDescr, ifDescr.3, 1.3.6.1.2.1.1.3.0.", {
        collect: true,
      })
      .option("--getnext <objects:string>", "Read the objects behind these.", { collect: true })
      .option("--bulk <objects:string>", "Read many objects behind these.", { collect: true })
      .option("--subtree <objects:string>", "Read all objects below these.", { collect: true })
      .option("--table <objects:string>", "Read a table, or columns of one, by rows.", {
        collect: true,
      })
      .option(
        "--repetitions <count:string>",
        "Objects in one answer (default: 25, for a subtree as many as fit into a packet).",
      )
      .option("--non-repeaters <count:string>", "Of --bulk: objects that are asked for once.")
      .option("--max-objects <count:string>", "Fail past so many objects (default: 1e6).")
      .option("--resend <count:string>", "Send a question again, so often (default: 0).")
      .option("--resend-after <time:string>", "After so long without an answer (default: 1s).")
      .option(
        "--expect-value <assignment:string>",
        "Fail unless an object has a value: sysName.0=r1, ifOperStatus.3=up.",
        { collect: true },
      )
      .example("who is there", "versus probe snmp r1 --get sysDescr,sysUpTime")
      .example(
        "interfaces, signed and encrypted",
        "versus probe snmp r1 --user ops --auth-password-env A --priv-password-env P --table ifTable",
      ),
  options(flags) {
    const { operation, objects } = operationOf(flags);
    const count = (name: string, text: string | undefined, least: number) =>
      text === undefined ? undefined : parseCount(name, text, least);
    const repetitions = count("--repetitions", flags.repetitions, 1);
    const nonRepeaters = count("--non-repeaters", flags.nonRepeaters, 0);
    const maxObjects = count("--max-objects", flags.maxObjects, 1);
    const resends = count("--resend", flags.resend, 0);
    return {
      credentials: readSnmpAccess(flags),
      operation,
      objects,
      ...(repetitions === undefined ? {} : { repetitions }),
      ...(nonRepeaters === undefined ? {} : { nonRepeaters }),
      ...(maxObjects === undefined ? {} : { maxObjects }),
      ...(resends === undefined ? {} : { resends }),
      ...(flags.resendAfter === undefined
        ? {}
        : { resendMs: parseSeconds("--resend-after", flags.resendAfter) * 1000 }),
    };
  },
  expectations: ({ expectValue = [] }) =>
    expectValue.map((text) => {
      const at = text.indexOf("=");
      if (at < 1) {
        throw new VersusError(`Found ${text} for --expect-value, expected OBJECT=VALUE`);
      }
      const oid = resolveObject(text.slice(0, at));
      const wanted = text.slice(at + 1);
      return {
        option: "--expect-value",
        check: (result) => unlike(objectsOf(result).find((o) => o.oid === oid), text, wanted),
      };
    }),
  describe(result) {
    const { security, rows } = result;
    const head = security?.legacy === undefined
      ? []
      : [`legacy algorithms: ${security.legacy.join(", ")}`];
    const lines = rows !== undefined
      ? rows.map(({ index, columns }) =>
        `${index}: ${Object.entries(columns).map(([name, o]) => `${name}=${shown(o)}`).join(" ")}`
      )
      : objectsOf(result).map((object) => `${object.name ?? object.oid} = ${shown(object)}`);
    const more = lines.length > SHOWN ? [`… and ${lines.length - SHOWN} more`] : [];
    return [...head, ...lines.slice(0, SHOWN), ...more];
  },
};

function objectsOf({ objects, rows }: SnmpResult): SnmpObject[] {
  return objects ?? (rows ?? []).flatMap(({ columns }) => Object.values(columns));
}

function shown({ type, value, text }: SnmpObject): string {
  if (value === null) return type;
  return text ?? String(value);
}

function unlike(
  object: SnmpObject | undefined,
  text: string,
  wanted: string,
): string | undefined {
  if (object === undefined) return `expected ${text}, found no such object`;
  const matches = String(object.value) === wanted || object.text === wanted;
  return matches ? undefined : `expected ${text}, found ${shown(object)}`;
}

function operationOf(flags: SnmpFlags): { operation: SnmpOperation; objects: string[] } {
  const given = OPERATIONS.filter((name) => flags[name] !== undefined);
  if (given.length > 1) {
    throw new VersusError(`Found ${given.map((name) => `--${name}`).join(" and ")}, expected one`);
  }
  const [operation] = given;
  if (operation === undefined) return { operation: "get", objects: ["sysDescr", "sysUpTime"] };
  const objects = parseList(flags[operation]);
  if (objects.length === 0) throw new VersusError(`--${operation} needs an object`);
  // A name that does not exist is told before anything is sent.
  for (const name of objects) resolveObject(name);
  return { operation, objects };
}
