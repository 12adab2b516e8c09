/** Records of NetFlow v5, which have one form, as a template under the names of IPFIX. */
import { elementOf } from "./_elements.ts";
import type { Template } from "./_templates.ts";
import { readerOf } from "./_values.ts";

/** Bytes of the header. */
export const V5_HEADER_BYTES = 24;
/** Bytes of a record. */
export const V5_BYTES = 48;
const PADDING = 210;

/** Element and bytes, in the order of Cisco's "NetFlow Export Datagram Format", table B-4. */
const FIELDS: readonly (readonly [number, number])[] = [
  [8, 4],
  [12, 4],
  [15, 4],
  [10, 2],
  [14, 2],
  [2, 4],
  [1, 4],
  [22, 4],
  [21, 4],
  [7, 2],
  [11, 2],
  [PADDING, 1],
  [6, 1],
  [4, 1],
  [5, 1],
  [16, 2],
  [17, 2],
  [9, 1],
  [13, 1],
  [PADDING, 2],
];

/** All records. */
export const V5_TEMPLATE: Template = {
  id: 5,
  options: false,
  fields: FIELDS.map(([id, length]) => {
    const { name, kind } = elementOf(id, 0);
    return { name: id === PADDING ? "" : name, length, read: readerOf(kind, length) };
  }),
  leastBytes: V5_BYTES,
};
