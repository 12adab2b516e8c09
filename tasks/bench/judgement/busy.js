// The work of busy.c where there is no C compiler: steps of Marsaglia's xorshift32, printed.
const steps = Number(Deno.args[0]);
let state = 2463534242;
for (let i = 0; i < steps; i++) {
  state ^= state << 13;
  state ^= state >>> 17;
  state ^= state << 5;
}
console.log(state >>> 0);
