/** What screens are made of. */
export { bar, type Scale, scaleOf, sparkline } from "./bars.ts";
export { type ChartLook, type ChartSeries, drawChart } from "./chart.ts";
export { completeLine, drawInput, editLine, type InputLine, inputLine } from "./input.ts";
export {
  brokenLine,
  drawLines,
  type Line,
  lineText,
  type Move,
  moved,
  putLine,
  scrollText,
  type Span,
  spansOf,
  wrapped,
} from "./line.ts";
export { drawBox, drawPopup } from "./popup.ts";
export {
  FRESH_TABLE,
  keepSelection,
  moveSelection,
  nextSort,
  prepareTable,
  selectedIndex,
  selectedRow,
  selectRow,
  type Table,
  type TableColumn,
  type TableState,
  visibleRows,
} from "./table.ts";
export { type DrawnRow, drawTable, type TableLook } from "./table_view.ts";
export { type DrawnTab, drawTabs, type TabLabel, visibleTabs } from "./tabs.ts";
