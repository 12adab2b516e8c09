/**
 * Gets a page from a server on this machine with fetch, and prints its status and text.
 *
 * The server is a socket of this program's own that answers one request.
 *
 * @module
 */
import { once } from "node:events";
import { createServer } from "node:net";

const RESPONSE = [
  "HTTP/1.1 200 OK",
  "Content-Type: text/plain",
  "Content-Length: 6",
  "Connection: close",
  "",
  "ready\n",
].join("\r\n");

const server = createServer((connection) => {
  let request = "";
  connection.on("data", (bytes) => {
    request += bytes;
    if (request.includes("\r\n\r\n")) connection.end(RESPONSE);
  });
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const response = await fetch(`http://127.0.0.1:${server.address().port}/`);
console.log(response.status, (await response.text()).trim());
server.close();
