/** Writes zip archives without compression, as Go's module proxies serve them. */
import { crc32 } from "node:zlib";

/**
 * Makes an archive.
 *
 * @param files Texts by name.
 */
export function zip(files: Readonly<Record<string, string>>): Uint8Array<ArrayBuffer> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const folder: Uint8Array[] = [];
  let offset = 0;
  for (const [name, text] of Object.entries(files)) {
    const [path, data] = [encoder.encode(name), encoder.encode(text)];
    const shared = new DataView(new ArrayBuffer(26));
    shared.setUint16(0, 20, true); // version needed
    shared.setUint32(10, crc32(data), true);
    shared.setUint32(14, data.length, true);
    shared.setUint32(18, data.length, true);
    shared.setUint16(22, path.length, true);
    const header = new Uint8Array(shared.buffer);
    parts.push(new Uint8Array([0x50, 0x4b, 3, 4]), header, path, data);
    const tail = new DataView(new ArrayBuffer(14));
    tail.setUint32(10, offset, true);
    folder.push(
      new Uint8Array([0x50, 0x4b, 1, 2, 20, 0]),
      header,
      new Uint8Array(tail.buffer),
      path,
    );
    offset += 4 + header.length + path.length + data.length;
  }
  const size = folder.reduce((sum, part) => sum + part.length, 0);
  const end = new DataView(new ArrayBuffer(22));
  end.setUint32(0, 0x06054b50, true);
  end.setUint16(8, Object.keys(files).length, true);
  end.setUint16(10, Object.keys(files).length, true);
  end.setUint32(12, size, true);
  end.setUint32(16, offset, true);
  const all = [...parts, ...folder, new Uint8Array(end.buffer)];
  const bytes = new Uint8Array(all.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of all) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
