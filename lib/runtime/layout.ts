/**
 * Where the program's own files are: its workers and its data.
 *
 * In the source and in what `deno compile` makes of it they lie as in the repository. A bundle is
 * flat: the program, its workers and its data folders stand beside one another (`tasks/_bundle.ts`).
 */
const HERE = import.meta.url;
const FOLDER = import.meta.dirname ?? "";
const DEPTH = "/lib/runtime".length;

/** Whether this runs from the source, be it compiled in. */
export const FROM_SOURCE: boolean = HERE.endsWith("/lib/runtime/layout.ts");

/** The folder that workers are in. */
export const ROOT: URL = new URL(FROM_SOURCE ? "../../" : "./", HERE);

/** The same folder as a path. */
export const ROOT_PATH: string = FROM_SOURCE ? FOLDER.slice(0, -DEPTH) : FOLDER;
