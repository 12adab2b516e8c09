/** Lists the runs of a state folder: identifiers and numbers of samples. Started by tests. */
import { listRuns, useHistory } from "../../lib/store/mod.ts";

const folder = Deno.args[0]!;
const runs = useHistory(listRuns, { folder, tell: (line) => console.log(line) });
for (const { id, samples } of runs) console.log(`${id} ${samples}`);
