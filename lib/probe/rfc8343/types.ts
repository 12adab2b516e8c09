/** The interface table of one device, as two protocols tell it. */

/** An interface as one side tells it: values by node, none for what it does not have. */
export type InterfaceValues = Readonly<Record<string, string>>;

/** All interfaces as one side tells them. */
export interface InterfaceTable {
  /** When they were read, in milliseconds since 1970: the middle of the reading. */
  readonly atMs: number;
  /** By the interface's name. */
  readonly interfaces: ReadonlyMap<string, InterfaceValues>;
}

/** How the two sides of a node compare. */
export type CellState =
  /** The same on both sides. */
  | "equal"
  /** A counter that has moved from one reading to the other, and not further than it can have. */
  | "moved"
  /** Not the same. */
  | "differing"
  /** Only the other protocol has it. */
  | "missing-snmp"
  /** Only SNMP has it. */
  | "missing-yang";

/** One node of one interface. */
export interface ComparedCell {
  /** In `/interfaces/interface`: `statistics/in-octets`. */
  node: string;
  /** The objects of IF-MIB that hold the same. */
  objects: string[];
  /** How they compare. */
  state: CellState;
  /** What SNMP tells. */
  snmp?: string;
  /** What the other protocol tells. */
  yang?: string;
  /** What SNMP told once more, after the other side: for counters that have moved. */
  snmpAfter?: string;
}

/** One interface. */
export interface ComparedInterface {
  /** Its name. */
  name: string;
  /** Its nodes; those that neither side has are left out. */
  cells: ComparedCell[];
}

/** What `versus rfc8343 --json` prints. */
export interface Rfc8343Document {
  /** Which document it is. */
  schema: "versus.rfc8343/1";
  /** The device. */
  target: string;
  /** What SNMP is compared with. */
  protocol: "netconf" | "restconf" | "gnmi";
  /** Whose names the other side uses. */
  model: "ietf" | "openconfig";
  /** When SNMP was read; RFC 3339, UTC. */
  snmpAt: string;
  /** When the other side was read. */
  yangAt: string;
  /** When SNMP was read once more. */
  snmpAfterAt: string;
  /** From the first reading to the second, in milliseconds. */
  betweenMs: number;
  /** The interfaces. */
  interfaces: ComparedInterface[];
  /** How many nodes there are of each state. */
  counts: Record<CellState, number>;
}
