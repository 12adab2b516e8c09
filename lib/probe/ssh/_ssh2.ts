/** ssh2 under types of our own; `_ssh2.d.ts` says why. */
// @ts-types="./_ssh2.d.ts"
import ssh2 from "ssh2";

export default ssh2;
