/** ssh2 under types of our own; `_ssh2.d.ts` says why. */
import { takeBackDirname } from "./_dirname.ts";
// @ts-types="./_ssh2.d.ts"
import ssh2 from "ssh2";

takeBackDirname();

export default ssh2;
