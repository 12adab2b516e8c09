/** A worker that answers what it is told, so that packing can be tried without the program. */
addEventListener("message", (event) => {
  (self as unknown as Worker).postMessage(`hello ${(event as MessageEvent<string>).data}`);
});
