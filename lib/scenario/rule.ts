/**
 * Evaluates rules: `floor(n / 2)`.
 *
 * Whole parameters and decimal literals are exact fractions and stay exact through + - * / %, whole
 * powers, floor, ceil, abs, min, max, and through sqrt and log2 where the result is a fraction. All
 * else, and all that touches a parameter of type `number`, is floating point. `%` has the sign of the
 * dividend.
 */
import { VersusError } from "../error.ts";
import * as exact from "./_exact.ts";
import type { Exact } from "./_exact.ts";
import { quote } from "./_problems.ts";
import { type FunctionName, type Operator, parseRule, type RuleNode } from "./_rule_parser.ts";
import type { Parameter, Parameters } from "./types.ts";

/** A value under way: exact, floating point, or a truth value. */
type Value = Exact | number | boolean;

/** What a rule gives. */
export interface RuleResult {
  /** The number as text: all digits of a whole number, else the shortest that reads back. */
  readonly text: string;
  /** Whether it is a whole number, known exactly. */
  readonly whole: boolean;
}

function asNumber(value: Exact | number): number {
  return typeof value === "number" ? value : exact.toNumber(value);
}

function numeric(value: Value): Exact | number {
  if (typeof value === "boolean") {
    throw new VersusError("a truth value stands where a number is due");
  }
  return value;
}

function finite(value: number): number {
  if (Number.isFinite(value)) return value;
  throw new VersusError("it gives no finite number");
}

function nonZero(value: number): number {
  if (value === 0) throw new VersusError("it divides by zero");
  return value;
}

function power(a: Exact | number, b: Exact | number): Exact | number {
  const result = typeof a === "number" || typeof b === "number" ? undefined : exact.power(a, b);
  return result ?? finite(asNumber(a) ** asNumber(b));
}

function compareValues(a: Exact | number, b: Exact | number): number {
  if (typeof a === "number" || typeof b === "number") return asNumber(a) - asNumber(b);
  return exact.compare(a, b);
}

function applyFloat(operator: Operator, a: number, b: number): number {
  switch (operator) {
    case "+":
      return finite(a + b);
    case "-":
      return finite(a - b);
    case "*":
      return finite(a * b);
    case "/":
      return finite(a / nonZero(b));
    default:
      return finite(a % nonZero(b));
  }
}

function applyExact(operator: Operator, a: Exact, b: Exact): Exact {
  switch (operator) {
    case "+":
      return exact.add(a, b);
    case "-":
      return exact.add(a, exact.negate(b));
    case "*":
      return exact.multiply(a, b);
    case "/":
      return exact.divide(a, b);
    default:
      return exact.remainder(a, b);
  }
}

function applyOperator(operator: Operator, a: Exact | number, b: Exact | number): Value {
  switch (operator) {
    case "<":
      return compareValues(a, b) < 0;
    case "<=":
      return compareValues(a, b) <= 0;
    case ">":
      return compareValues(a, b) > 0;
    case ">=":
      return compareValues(a, b) >= 0;
    case "==":
      return compareValues(a, b) === 0;
    case "!=":
      return compareValues(a, b) !== 0;
    case "**":
      return power(a, b);
  }
  if (typeof a === "number" || typeof b === "number") {
    return applyFloat(operator, asNumber(a), asNumber(b));
  }
  return applyExact(operator, a, b);
}

function applyFunction(name: FunctionName, args: readonly (Exact | number)[]): Exact | number {
  const a = args[0]!;
  switch (name) {
    case "floor":
      return typeof a === "number" ? Math.floor(a) : exact.floor(a);
    case "ceil":
      return typeof a === "number" ? Math.ceil(a) : exact.negate(exact.floor(exact.negate(a)));
    case "abs":
      if (typeof a === "number") return Math.abs(a);
      return a.num < 0n ? exact.negate(a) : a;
    case "sqrt":
      return (typeof a === "number" ? undefined : exact.squareRoot(a)) ??
        finite(Math.sqrt(asNumber(a)));
    case "log2":
      return (typeof a === "number" ? undefined : exact.log2(a)) ?? finite(Math.log2(asNumber(a)));
    case "pow":
      return power(a, args[1]!);
    case "min":
      return args.reduce((least, value) => compareValues(value, least) < 0 ? value : least);
    case "max":
      return args.reduce((most, value) => compareValues(value, most) > 0 ? value : most);
  }
}

function evaluate(node: RuleNode, values: ReadonlyMap<string, Value>): Value {
  switch (node.kind) {
    case "number":
    case "boolean":
      return node.value;
    case "name":
      return values.get(node.name)!;
    case "negate": {
      const value = numeric(evaluate(node.operand, values));
      return typeof value === "number" ? -value : exact.negate(value);
    }
    case "binary": {
      const left = numeric(evaluate(node.left, values));
      return applyOperator(node.operator, left, numeric(evaluate(node.right, values)));
    }
    case "choose": {
      const test = evaluate(node.test, values);
      if (typeof test !== "boolean") {
        throw new VersusError("a number stands before ?, expected a comparison");
      }
      return evaluate(test ? node.then : node.otherwise, values);
    }
    case "call":
      return applyFunction(
        node.name,
        node.args.map((argument) => numeric(evaluate(argument, values))),
      );
  }
}

/** The parameters that a rule can use: all but text. */
function usable(parameters: readonly Parameter[]): readonly Parameter[] {
  return parameters.filter(({ type }) => type !== "string");
}

/** Wraps what went wrong with the rule it went wrong in. */
function inRule<T>(rule: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof VersusError)) throw error;
    throw new VersusError(`rule ${quote(rule)}: ${error.message}`, {
      ...(error.hint === undefined ? {} : { hint: error.hint }),
      cause: error,
    });
  }
}

/**
 * Evaluates a rule.
 *
 * @param rule Arithmetic over the parameters.
 * @param parameters The scenario's parameters.
 * @param params Their values.
 * @returns The number.
 * @throws {VersusError} If the rule can't be read, divides by zero, gives no finite number, or grows
 * beyond 8192 bits.
 */
export function evaluateRule(
  rule: string,
  parameters: readonly Parameter[],
  params: Parameters,
): RuleResult {
  return inRule(rule, () => {
    const result = numeric(evaluateFor(rule, parameters, params));
    if (typeof result !== "number" && result.den === 1n) {
      return { text: `${result.num}`, whole: true };
    }
    return { text: `${finite(asNumber(result))}`, whole: false };
  });
}

/**
 * Evaluates a rule that is a comparison: `n <= 3037000499`.
 *
 * @param rule The comparison.
 * @param parameters The scenario's parameters.
 * @param params Their values.
 * @returns Whether it holds.
 * @throws {VersusError} As {@linkcode evaluateRule}, and if it gives a number.
 */
export function evaluateCondition(
  rule: string,
  parameters: readonly Parameter[],
  params: Parameters,
): boolean {
  return inRule(rule, () => {
    const result = evaluateFor(rule, parameters, params);
    if (typeof result === "boolean") return result;
    throw new VersusError("a number stands where a comparison is due");
  });
}

/**
 * Lists the parameters that a rule uses.
 *
 * @param rule The rule.
 * @param parameters The scenario's parameters.
 * @returns Their names, in the order of the file.
 * @throws {VersusError} If the rule can't be read.
 */
export function ruleParameters(rule: string, parameters: readonly Parameter[]): string[] {
  const names = usable(parameters).map(({ name }) => name);
  const used = new Set(inRule(rule, () => namesIn(parseRule(rule, names))));
  return names.filter((name) => used.has(name));
}

function namesIn(node: RuleNode): string[] {
  switch (node.kind) {
    case "number":
    case "boolean":
      return [];
    case "name":
      return [node.name];
    case "negate":
      return namesIn(node.operand);
    case "binary":
      return [node.left, node.right].flatMap(namesIn);
    case "choose":
      return [node.test, node.then, node.otherwise].flatMap(namesIn);
    case "call":
      return node.args.flatMap(namesIn);
  }
}

function evaluateFor(rule: string, parameters: readonly Parameter[], params: Parameters): Value {
  const values = new Map<string, Value>();
  for (const { name, type } of usable(parameters)) {
    const value = params[name];
    if (typeof value === "boolean") values.set(name, value);
    else if (typeof value === "number") {
      values.set(name, type === "integer" ? exact.whole(value) : value);
    }
  }
  return evaluate(parseRule(rule, [...values.keys()]), values);
}
