/**
 * Alpine's packages, by apk's database.
 *
 * Source: Alpine's wiki, "Apk spec", and apk-tools' own writer: records apart by an empty line, `P:` name,
 * `V:` version, `F:` a folder, `R:` a file in the folder named last.
 */
import { remember } from "./_files.ts";
import { mergedPaths } from "./_merged.ts";
import { belongsTo, type PackageRef, packageRef, type Rule, type RuleContext } from "./types.ts";

const DATABASES = ["/lib/apk/db/installed", "/usr/lib/apk/db/installed"];

/** Reads the database. */
export function parseApk(text: string): Map<string, PackageRef> {
  const byPath = new Map<string, PackageRef>();
  let [name, version, folder] = ["", "", ""];
  for (const line of text.split("\n")) {
    const value = line.slice(2);
    if (line === "") [name, version, folder] = ["", "", ""];
    else if (line.startsWith("P:")) name = value;
    else if (line.startsWith("V:")) version = value;
    else if (line.startsWith("F:")) folder = value;
    else if (line.startsWith("R:") && name !== "") {
      const path = folder === "" ? `/${value}` : `/${folder}/${value}`;
      byPath.set(path, packageRef("apk", name, version === "" ? undefined : version));
    }
  }
  return byPath;
}

/** Makes the rule. */
export function apk(context: RuleContext): Rule {
  const { files } = context;
  const place = remember(() => mergedPaths(files));
  const index = remember(() => {
    const text = files.text(DATABASES[0]!) ?? files.text(DATABASES[1]!) ?? "";
    return new Map([...parseApk(text)].map(([path, found]) => [place("")(path), found]));
  });
  return {
    find: (path) => {
      const found = index("").get(place("")(path));
      return found === undefined ? undefined : belongsTo(found, "apk");
    },
  };
}
