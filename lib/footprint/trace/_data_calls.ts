/** Calls that read, map and write. */
import { atEnd, type Handler } from "./_machine.ts";
import { addRange } from "./_ranges.ts";
import { nextArgument, readNumber, skipWord, textOf } from "./_scan.ts";

/** `read(0x3, 0x7f…, 0x1000) = 0x20` */
const read: Handler = ({ result }, thread, scan) => {
  if (!(result.value > 0)) return true;
  const fd = readNumber(scan);
  if (!nextArgument(scan)) return false;
  const file = thread.fds.get(fd)?.file;
  if (file !== undefined) file.readBytes += result.value;
  return true;
};

/** Only the first write to the output is of interest. */
const write: Handler = ({ ledger, result }, thread, scan) => {
  if (ledger.firstOutputNs !== undefined || !(result.value > 0)) return true;
  const fd = readNumber(scan);
  if (!nextArgument(scan)) return false;
  if (thread.fds.get(fd)?.output === true) ledger.firstOutputNs = ledger.nowNs;
  return true;
};

/** A call that moves bytes from one descriptor to another. */
function transfer(from: number, to: number): Handler {
  return ({ ledger, result }, thread, scan) => {
    if (!(result.value > 0)) return true;
    const args = textOf(scan, scan.at, scan.end - 1).split(", ");
    const source = thread.fds.get(Number(args[from]))?.file;
    if (source !== undefined) source.readBytes += result.value;
    if (thread.fds.get(Number(args[to]))?.output === true) ledger.firstOutputNs ??= ledger.nowNs;
    return true;
  };
}

/** `mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, 3, 0x26000)`: most are of memory without a file. */
const mmap: Handler = ({ result }, thread, scan) => {
  if (!(result.value >= 0)) return true;
  if (!skipWord(scan)) return false;
  const length = readNumber(scan);
  if (!nextArgument(scan) || !skipWord(scan)) return false;
  const flags = scan.at;
  if (!skipWord(scan)) return false;
  const behind = scan.at - 2;
  const fd = readNumber(scan);
  if (!nextArgument(scan)) return false;
  const offset = readNumber(scan);
  if (!atEnd(scan) || Number.isNaN(offset) || Number.isNaN(length)) return false;
  if (fd < 0) return true;
  const file = thread.fds.get(fd)?.file;
  if (file === undefined || textOf(scan, flags, behind).includes("MAP_ANON")) return true;
  addRange(file.mapped, offset, offset + length);
  return true;
};

/** Handlers by the name of the call. */
export const DATA_CALLS: Readonly<Record<string, Handler>> = {
  read,
  readv: read,
  pread64: read,
  preadv: read,
  preadv2: read,
  write,
  writev: write,
  // sendfile(to, from, offset, count)
  sendfile: transfer(1, 0),
  sendfile64: transfer(1, 0),
  // copy_file_range(from, offset, to, offset, count, flags)
  copy_file_range: transfer(0, 2),
  splice: transfer(0, 2),
  mmap,
  mmap2: mmap,
};
