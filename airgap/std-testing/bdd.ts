/**
 * Stands in for `@std/testing/bdd` where JSR cannot be reached: the same names over `node:test`,
 * which `deno test` runs. `ignore` becomes what node:test calls `skip`; the sanitizer options are
 * accepted, and have no effect here.
 *
 * @module
 */
import * as node from "node:test";

/** What a case or a suite may be given besides its name and body. */
export interface TestOptions {
  /** Leaves the case or the suite out of the run. */
  ignore?: boolean;
  /** Runs nothing but the cases and suites that say so. */
  only?: boolean;
  /** Accepted for the real package; has no effect here. */
  sanitizeOps?: boolean;
  /** Accepted for the real package; has no effect here. */
  sanitizeResources?: boolean;
  /** Accepted for the real package; has no effect here. */
  sanitizeExit?: boolean;
}

/** The body of a case. */
export type ItBody = () => void | Promise<void>;

/** The body of a suite; it registers cases and is not asynchronous. */
export type DescribeBody = () => void | undefined;

type Arguments<Body> = [name: string, body: Body] | [
  name: string,
  options: TestOptions,
  body: Body,
];

interface Registered {
  name: string;
  options: { skip?: boolean; only?: boolean };
}

/** Registers a case. */
export function it(...args: Arguments<ItBody>): void {
  registerCase(args, {});
}

/** Registers a case and runs nothing but the cases that were registered this way. */
it.only = function itOnly(...args: Arguments<ItBody>): void {
  registerCase(args, { only: true });
};

/** Registers a case that is not run. */
it.ignore = function itIgnore(...args: Arguments<ItBody>): void {
  registerCase(args, { ignore: true });
};

/** Registers a case that is not run. */
it.skip = it.ignore;

/** Registers a suite of cases. */
export function describe(...args: Arguments<DescribeBody>): void {
  registerSuite(args, {});
}

/** Registers a suite and runs nothing but what was registered this way. */
describe.only = function describeOnly(...args: Arguments<DescribeBody>): void {
  registerSuite(args, { only: true });
};

/** Registers a suite that is not run. */
describe.ignore = function describeIgnore(...args: Arguments<DescribeBody>): void {
  registerSuite(args, { ignore: true });
};

/** Registers a suite that is not run. */
describe.skip = describe.ignore;

/** Runs once before the cases of the suite. */
export function beforeAll(hook: ItBody): void {
  node.before(() => hook());
}

/** Runs once after the cases of the suite. */
export function afterAll(hook: ItBody): void {
  node.after(() => hook());
}

/** Runs before each case of the suite and of the suites inside it. */
export function beforeEach(hook: ItBody): void {
  node.beforeEach(() => hook());
}

/** Runs after each case of the suite and of the suites inside it. */
export function afterEach(hook: ItBody): void {
  node.afterEach(() => hook());
}

function registerCase(args: Arguments<ItBody>, extra: TestOptions): void {
  const { name, options } = definition(args, extra);
  const body = bodyOf(args);
  node.it(name, options, () => body());
}

function registerSuite(args: Arguments<DescribeBody>, extra: TestOptions): void {
  const { name, options } = definition(args, extra);
  const body = bodyOf(args);
  node.describe(name, options, () => {
    const result: unknown = body();
    if (result instanceof Promise) {
      throw new TypeError(`Suite "${name}" returned a promise; cases are registered synchronously`);
    }
  });
}

function definition<Body>(args: Arguments<Body>, extra: TestOptions): Registered {
  const given: TestOptions = { ...(args.length === 3 ? args[1] : {}), ...extra };
  const options: Registered["options"] = {};
  if (given.ignore) options.skip = true;
  if (given.only) options.only = true;
  return { name: args[0], options };
}

function bodyOf<Body>(args: Arguments<Body>): Body {
  return args.length === 3 ? args[2] : args[1];
}
