/** A switch behind OpenSSH's server: prompts, a pager, privileged mode. */
import { join } from "node:path";
import { prepareSshd, SSHD_NEEDS } from "./_sshd.ts";
import { writeGear } from "./_gear.ts";
import type { LabServer } from "./types.ts";

/** A switch that is reached by SSH; the password of privileged mode is in its folder's `enable`. */
export const sshdGear: LabServer = {
  name: "sshd-gear",
  title: "A switch with prompts and a pager, behind OpenSSH's server",
  needs: SSHD_NEEDS,
  ports: { ssh: 2224 },
  async prepare(setup) {
    const enable = crypto.randomUUID();
    const file = join(setup.folder, "enable");
    await Deno.writeTextFile(file, enable + "\n", { mode: 0o600 });
    const gear = await writeGear(setup.folder, { enable });
    return await prepareSshd(setup, setup.ports["ssh"]!, {
      hostKeys: ["ed25519"],
      userKey: "ed25519",
      config: ["UsePAM no", `ForceCommand ${gear}`],
      note: `--script FILE with enable: { secretFile: ${file} }`,
    });
  },
};
