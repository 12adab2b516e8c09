/**
 * A run as text: files in several formats, the table for people, the progress line, units.
 *
 * Every function takes a run document and gives a string, but {@linkcode writeReport}, which writes a
 * file. Text from outside (titles, outputs, commands) is made safe here: nothing that a
 * terminal, a spreadsheet, Markdown or XML would act on gets through.
 *
 * @module
 */
export { type CurveOptions, type CurvePoint, type CurveSeries, drawCurves } from "./curve.ts";
export { exporterFor, exporters } from "./exporter.ts";
export { type Column, type GridCell, type GridOptions, renderTable } from "./grid.ts";
export { toJson } from "./json.ts";
export { type MetricInfo, metricInfo } from "./metrics.ts";
export {
  createProgress,
  type Progress,
  type ProgressClock,
  progressLine,
  type ProgressLook,
  type ProgressState,
  type ProgressStream,
  realClock,
} from "./progress.ts";
export type { Tone } from "./_style.ts";
export { type Symbols, symbols } from "./_symbols.ts";
export { renderRun, type RunTableOptions } from "./table.ts";
export type { Exporter } from "./types.ts";
export {
  type Estimate,
  formatBytes,
  formatCount,
  formatDuration,
  formatEstimate,
  formatPercent,
  formatQuantity,
  formatRatio,
  formatSeconds,
  formatSetting,
  type Quantity,
} from "./units.ts";
export { writeReport } from "./write.ts";
