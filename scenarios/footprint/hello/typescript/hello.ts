/**
 * Prints a greeting and ends.
 *
 * @module
 */

console.log("hello");
