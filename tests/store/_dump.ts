/** Databases as SQL text, so that old ones are readable fixtures. */
import { openFile, type SqlValue } from "../../lib/store/_sqlite.ts";

function literal(value: SqlValue): string {
  if (value === null) return "NULL";
  return typeof value === "string" ? `'${value.replaceAll("'", "''")}'` : String(value);
}

/** Writes a database as the statements that make it. */
export function dump(path: string): string {
  const db = openFile(path, 0);
  try {
    const version = db.prepare("PRAGMA user_version").get()!["user_version"];
    const parts = db.prepare(
      "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid",
    ).all();
    const tables = parts.filter(({ type }) => type === "table").map(({ name }) => String(name));
    const rows = tables.flatMap((table) =>
      db.prepare(`SELECT * FROM ${table}`).all().map((row) =>
        `INSERT INTO ${table} VALUES (${Object.values(row).map(literal).join(", ")});`
      )
    );
    return [
      `PRAGMA user_version = ${version};`,
      ...parts.map(({ sql }) => `${sql};`),
      ...rows,
    ].join("\n") + "\n";
  } finally {
    db.close();
  }
}

/** Makes a database from the statements. */
export function restore(path: string, sql: string): void {
  const db = openFile(path, 0);
  db.exec("BEGIN");
  db.exec(sql);
  db.exec("COMMIT");
  db.close();
}
