/**
 * Finds the program's own files, its workers and its data, wherever it runs from: the source, a
 * bundle, a packed file or a compiled program.
 *
 * @module
 */
export { dataPath, setDataRoot } from "./data_path.ts";
export { type WorkerName, workerUrl } from "./worker_url.ts";
