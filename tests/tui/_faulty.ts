/** A program on the terminal that ends badly, in the way that it is told. */
import { createTheme, runApp } from "../../lib/tui/mod.ts";
import { createBuffer, put } from "../../lib/tui/mod.ts";

const [how] = Deno.args;
const theme = createTheme("dark");

const { ending, state } = await runApp({
  start: 0,
  frame: (state, width, height) => {
    if (how === "frame" && state > 0) throw new Error("defect in a frame");
    const buffer = createBuffer(width, height);
    put(buffer, 0, 0, `drawn ${state}`);
    return { buffer };
  },
  onInput: (state) => ({ state: state + 1, effects: ["fail"] }),
  onMessage: (state) => ({ state }),
  onSize: (state) => state,
  perform: () => {
    // Deno's `unload` does not run after either of these.
    if (how === "timer") {
      setTimeout(() => {
        throw new Error("defect in a timer");
      }, 0);
    }
    if (how === "promise") Promise.reject(new Error("defect in a promise"));
    if (how === "effect") throw new Error("defect in an effect");
  },
  theme: () => theme,
  frameMs: () => 0,
});
console.log(`state ${state}, ${ending?.type}: ${ending?.type === "error" ? ending.error : ""}`);
Deno.exit(3);
