/** Carries values from many writers to one reader. */

/** A queue without a bound: its writers wait for packets, not for its reader. */
export interface Queue<Value> {
  /** Adds a value. */
  push(value: Value): void;
  /** Says that no more will come. */
  end(): void;
  /** Says that something went wrong; the reader is told after the values before it. */
  fail(error: unknown): void;
  /** The values in the order in which they came. */
  read(): AsyncGenerator<Value, void>;
}

/** Makes an empty queue. */
export function createQueue<Value>(): Queue<Value> {
  let values: Value[] = [];
  let over: { error?: unknown } | undefined;
  let wake = () => {};
  function finish(how: { error?: unknown }) {
    over ??= how;
    wake();
  }
  return {
    push(value) {
      values.push(value);
      wake();
    },
    end: () => finish({}),
    fail: (error) => finish({ error }),
    async *read() {
      while (true) {
        const ready = values;
        values = [];
        for (const value of ready) yield value;
        if (values.length > 0) continue;
        if (over !== undefined) {
          if ("error" in over) throw over.error;
          return;
        }
        await new Promise<void>((resolve) => wake = resolve);
      }
    },
  };
}
