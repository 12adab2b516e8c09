/** Cuts a log that comes in pieces into lines. */

/** The longest line that is read; strace prints no longer ones for the calls that are traced. */
const LONGEST_LINE = 4 * 1024 * 1024;

const LINE_FEED = 0x0a;

/** What is done with the lines. */
export interface LineReader {
  /** Other bytes hold the next lines. */
  bytes(bytes: Uint8Array): void;
  /** A line, without its line feed. */
  line(start: number, end: number): void;
  /** A line that is too long, or the last one without its end. */
  damaged(): void;
}

/** Cuts pieces into lines. */
export interface LineSplitter {
  /** The next piece; its bytes may change afterwards. */
  push(chunk: Uint8Array): void;
  /** There are no more. */
  finish(): void;
}

/**
 * Makes a splitter.
 *
 * @param reader What is done with the lines.
 * @returns The splitter. It keeps at most one line.
 */
export function splitLines(reader: LineReader): LineSplitter {
  /** The beginning of a line whose end is in a later piece. */
  let begun = new Uint8Array(0);
  let overlong = false;

  function keep(piece: Uint8Array): void {
    const whole = new Uint8Array(begun.length + piece.length);
    whole.set(begun);
    whole.set(piece, begun.length);
    overlong = whole.length > LONGEST_LINE;
    begun = overlong ? new Uint8Array(0) : whole;
  }

  /** Reads the rest of a line that has begun; returns where the next one begins. */
  function complete(chunk: Uint8Array): number {
    const feed = chunk.indexOf(LINE_FEED);
    const behind = feed < 0 ? chunk.length : feed + 1;
    if (!overlong) keep(chunk.subarray(0, behind));
    if (feed < 0) return behind;
    if (overlong) reader.damaged();
    else {
      reader.bytes(begun);
      reader.line(0, begun.length - 1);
    }
    overlong = false;
    begun = new Uint8Array(0);
    return behind;
  }

  return {
    push(chunk) {
      let start = begun.length > 0 || overlong ? complete(chunk) : 0;
      reader.bytes(chunk);
      for (let feed; (feed = chunk.indexOf(LINE_FEED, start)) >= 0; start = feed + 1) {
        reader.line(start, feed);
      }
      if (start < chunk.length) begun = chunk.slice(start);
    },
    finish() {
      // strace ends every line: the rest of one was cut.
      if (begun.length > 0 || overlong) reader.damaged();
      begun = new Uint8Array(0);
      overlong = false;
    },
  };
}
