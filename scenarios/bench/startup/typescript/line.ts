/**
 * Prints one line and ends.
 *
 * @module
 */

console.log("ready");
