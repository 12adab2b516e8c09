/** What every document has: warnings. */
import * as v from "valibot";

/** Checks a value from outside and gives it its type. */
export type Validator<T> = v.GenericSchema<unknown, T>;

/** Something to know about a result, with what to do about it. */
export interface Warning {
  /** Its kind, one of a fixed list: `short`, `noisy`, `few-samples`. */
  code: string;
  /** What was seen. */
  message: string;
  /** What to do about it. */
  advice: string;
}

/** Something to know about a result, with what to do about it. */
export const WarningSchema: Validator<Warning> = v.object({
  code: v.string(),
  message: v.string(),
  advice: v.string(),
});
