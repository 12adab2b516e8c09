import type { RunRecord } from "../record/schema.ts";

/** Writes a run in one format. */
export interface Exporter {
  /** Its name: `csv`. */
  readonly format: string;
  /** Endings of file names that stand for it: `.junit.xml`. */
  readonly extensions: readonly string[];
  /**
   * Writes a run.
   *
   * @param record The run.
   * @returns The whole file, ending with a line end.
   */
  render(record: RunRecord): string;
}
