/** `versus schema [KIND]` */
import { Command } from "@cliffy/command";
import { DOCUMENT_KINDS, documentSchema } from "../documents.ts";
import { scenarioJsonSchema, suiteJsonSchema } from "../../lib/scenario/mod.ts";
import { print } from "../output.ts";
import { oneOf } from "../values.ts";

const KINDS = [...DOCUMENT_KINDS, "scenario", "suite"] as const;

/** Makes the command. */
export function schemaCommand() {
  return new Command()
    .description(
      `Print the JSON Schema of a document: ${KINDS.join(", ")}. Without a kind, list the kinds.`,
    )
    .arguments("[kind:string]")
    .action(async (_flags: unknown, kind?: string) => {
      if (kind === undefined) return print(KINDS.join("\n"));
      const wanted = oneOf("kind of document", kind, KINDS);
      const schema = wanted === "scenario"
        ? await scenarioJsonSchema()
        : wanted === "suite"
        ? await suiteJsonSchema()
        : documentSchema(wanted);
      print(JSON.stringify(schema, null, 2));
    });
}
