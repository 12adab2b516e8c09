/** Types of the subset of `@std/expect` that the tests use. */

/** A class, for `toBeInstanceOf` and `toThrow`. */
// deno-lint-ignore no-explicit-any
export type AnyConstructor = new (...args: any[]) => any;

/** The same matchers, each answering with a promise. */
export type Async<T> = {
  // deno-lint-ignore no-explicit-any
  [K in keyof T]: T[K] extends (...args: any[]) => unknown
    ? (...args: Parameters<T[K]>) => Promise<ReturnType<T[K]>>
    : T[K];
};

/** What can be said of a value. */
export interface Expected<IsAsync = false> {
  toBe(expected: unknown): void;
  toBeCloseTo(candidate: number, tolerance?: number): void;
  toBeDefined(): void;
  toBeFalsy(): void;
  toBeGreaterThan(expected: number): void;
  toBeGreaterThanOrEqual(expected: number): void;
  toBeInstanceOf<T extends AnyConstructor>(expected: T): void;
  toBeLessThan(expected: number): void;
  toBeLessThanOrEqual(expected: number): void;
  toBeNaN(): void;
  toBeNull(): void;
  toBeTruthy(): void;
  toBeUndefined(): void;
  toContain(expected: unknown): void;
  toContainEqual(expected: unknown): void;
  toEqual(expected: unknown): void;
  toHaveBeenCalled(): void;
  toHaveBeenCalledTimes(expected: number): void;
  toHaveBeenCalledWith(...expected: unknown[]): void;
  toHaveBeenLastCalledWith(...expected: unknown[]): void;
  toHaveBeenNthCalledWith(nth: number, ...expected: unknown[]): void;
  toHaveLength(expected: number): void;
  toHaveProperty(propName: string | string[], value?: unknown): void;
  toHaveReturned(): void;
  toHaveReturnedTimes(expected: number): void;
  toHaveReturnedWith(expected: unknown): void;
  toMatch(expected: RegExp): void;
  toMatchObject(expected: Record<PropertyKey, unknown> | Record<PropertyKey, unknown>[]): void;
  toStrictEqual(candidate: unknown): void;
  toThrow<E extends Error = Error>(
    // deno-lint-ignore no-explicit-any
    expected?: string | RegExp | E | (new (...args: any[]) => E),
  ): void;
  /** The opposite of what follows. */
  not: IsAsync extends true ? Async<Expected<true>> : Expected<false>;
  /** Of what the promise resolves to. */
  resolves: Async<Expected<true>>;
  /** Of what the promise is rejected with. */
  rejects: Async<Expected<true>>;
}

/** Says something of a value, and throws where it does not hold. */
export const expect: {
  (value: unknown, customMessage?: string): Expected;
  anything(): unknown;
  any(constructor: unknown): unknown;
  arrayContaining(items: unknown[]): unknown;
  closeTo(value: number, digits?: number): unknown;
  objectContaining(expected: Record<string, unknown>): unknown;
  stringContaining(text: string): unknown;
  stringMatching(pattern: string | RegExp): unknown;
  hasAssertions(): void;
  assertions(count: number): void;
};

/** A function that remembers how it was called. */
// deno-lint-ignore ban-types
export function fn(...stubs: Function[]): Function;
