/** Parses rules into a closed set of nodes; all else that the parser accepts is refused. */
import jsep from "jsep";
import { VersusError } from "../error.ts";
import { type Exact, parseExact } from "./_exact.ts";
import { didYouMean, oneOf, quote } from "./_problems.ts";

const OPERATORS = ["+", "-", "*", "/", "%", "**", "<", "<=", ">", ">=", "==", "!="] as const;

/** An operator between two values. */
export type Operator = typeof OPERATORS[number];

/** How many arguments each function takes: the least and the most. */
const FUNCTIONS = {
  floor: [1, 1],
  ceil: [1, 1],
  abs: [1, 1],
  sqrt: [1, 1],
  log2: [1, 1],
  pow: [2, 2],
  min: [1, 16],
  max: [1, 16],
} as const;

/** A function that rules may call. */
export type FunctionName = keyof typeof FUNCTIONS;

/** The names that parameters can't have, since rules use them otherwise. */
export const RESERVED_NAMES: readonly string[] = [
  ...Object.keys(FUNCTIONS),
  ...["true", "false", "null", "this", "toolchain", "tool", "dir", "out"],
];

/** A rule, parsed. */
export type RuleNode =
  | { readonly kind: "number"; readonly value: Exact }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "negate"; readonly operand: RuleNode }
  | {
    readonly kind: "binary";
    readonly operator: Operator;
    readonly left: RuleNode;
    readonly right: RuleNode;
  }
  | {
    readonly kind: "choose";
    readonly test: RuleNode;
    readonly then: RuleNode;
    readonly otherwise: RuleNode;
  }
  | { readonly kind: "call"; readonly name: FunctionName; readonly args: readonly RuleNode[] };

/** Rules are one line; this bounds depth and time as well. */
const MAX_LENGTH = 500;

function refuse(what: string): never {
  throw new VersusError(`found ${what}, expected arithmetic over the parameters`, {
    hint: `Use numbers, parameters, ( ), ${OPERATORS.join(" ")}, ? : and ${
      Object.keys(FUNCTIONS).join(", ")
    }`,
  });
}

function convertCall(call: jsep.CallExpression, names: readonly string[]): RuleNode {
  const { callee } = call as { callee: jsep.Expression };
  if (callee.type !== "Identifier") return refuse("a call of something without a name");
  const name = String((callee as jsep.Identifier).name);
  if (!Object.hasOwn(FUNCTIONS, name)) {
    const known = Object.keys(FUNCTIONS);
    throw new VersusError(
      `unknown function ${quote(name)}${didYouMean(name, known) || `, expected ${oneOf(known)}`}`,
    );
  }
  const [least, most] = FUNCTIONS[name as FunctionName];
  const { length } = call.arguments;
  if (length < least || length > most) {
    const expected = least === most ? `${least}` : `${least} to ${most}`;
    throw new VersusError(`found ${length} arguments for ${name}, expected ${expected}`);
  }
  return {
    kind: "call",
    name: name as FunctionName,
    args: call.arguments.map((argument) => convert(argument, names)),
  };
}

function convertBinary(node: jsep.BinaryExpression, names: readonly string[]): RuleNode {
  const operator = OPERATORS.find((known) => known === node.operator);
  if (operator === undefined) return refuse(`the operator ${node.operator}`);
  // The parser reads -n ** 2 as (-n) ** 2, most languages as -(n ** 2).
  if (operator === "**" && node.left.type === "UnaryExpression") {
    return refuse("a sign before a power, which can be read in two ways (write 0 - n ** 2 or pow)");
  }
  return {
    kind: "binary",
    operator,
    left: convert(node.left, names),
    right: convert(node.right, names),
  };
}

function convertIdentifier(name: string, names: readonly string[]): RuleNode {
  if (names.includes(name)) return { kind: "name", name };
  const known = names.length === 0
    ? ", the scenario has no parameters"
    : `, expected ${oneOf(names)}`;
  throw new VersusError(`unknown parameter ${quote(name)}${didYouMean(name, names) || known}`);
}

function convert(expression: jsep.Expression, names: readonly string[]): RuleNode {
  const node = expression as jsep.CoreExpression;
  switch (node.type) {
    case "Literal": {
      const { value, raw } = node as jsep.Literal;
      if (typeof value === "boolean") return { kind: "boolean", value };
      if (typeof value !== "number") return refuse(quote(String(raw)));
      return { kind: "number", value: parseExact(String(raw)) };
    }
    case "Identifier":
      return convertIdentifier((node as jsep.Identifier).name, names);
    case "UnaryExpression": {
      const { operator, argument } = node as jsep.UnaryExpression;
      if (operator !== "-") return refuse(`the operator ${operator}`);
      return { kind: "negate", operand: convert(argument, names) };
    }
    case "BinaryExpression":
      return convertBinary(node as jsep.BinaryExpression, names);
    case "ConditionalExpression": {
      const { test, consequent, alternate } = node as jsep.ConditionalExpression;
      return {
        kind: "choose",
        test: convert(test, names),
        then: convert(consequent, names),
        otherwise: convert(alternate, names),
      };
    }
    case "CallExpression":
      return convertCall(node as jsep.CallExpression, names);
    case "MemberExpression":
      return refuse("a member access");
    case "Compound":
    case "SequenceExpression":
      return refuse("several expressions");
    default:
      return refuse(`an expression of kind ${expression.type.replace(/Expression$/, "")}`);
  }
}

/**
 * Parses a rule.
 *
 * @param text `floor(n / 2)`.
 * @param names The parameters that it may use.
 * @returns Its nodes.
 * @throws {VersusError} If it is not arithmetic over those parameters.
 */
export function parseRule(text: string, names: readonly string[]): RuleNode {
  if (text.length > MAX_LENGTH) {
    throw new VersusError(`found ${text.length} characters, expected at most ${MAX_LENGTH}`);
  }
  if (text.trim() === "") return refuse("nothing");
  let parsed: jsep.Expression;
  try {
    parsed = jsep(text);
  } catch (error) {
    const { description, message } = error as Error & { description?: string };
    return refuse(`${quote(text)} (${(description ?? message).toLowerCase()})`);
  }
  return convert(parsed, names);
}
