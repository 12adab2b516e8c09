/** The score document as types; the validator is in `document_schema.ts`. */

/** What a score rests on. */
export type EvidenceItem =
  | {
    kind: "run";
    /** The term of the formula that it counts in; absent for evidence that the card names itself. */
    term?: string;
    /** The run, and its case. */
    runId: string;
    caseId?: string;
    /** When the run started. */
    startedAt?: string;
    metric?: string;
    value?: number;
    /** The ends of the value's interval. */
    low?: number;
    high?: number;
    unit?: string;
    /** What the value is worth. */
    points?: number;
  }
  | { kind: "fact"; text: string; source: string; date?: string }
  | { kind: "list"; title: string; items: string[]; source: string; date?: string }
  | {
    kind: "published";
    /** The term of the formula that it counts in, if it does. */
    term?: string;
    title: string;
    value: number;
    unit: string;
    source: string;
    note?: string;
    /** What it is worth by the formula. */
    points?: number;
  };

/** A measurement that a cell lacks. */
export interface MissingItem {
  /** The term of the formula. */
  term: string;
  /** Why there is no value. */
  reason: string;
  /** The command that measures it. */
  run?: string;
}

/** The scores of a language in a category. */
export interface ScoreCell {
  /** What somebody gave. */
  editorial?: number;
  /** What the runs on this machine give; absent for an open cell. */
  measured?: number;
  /** What the published figures give by the same formula. */
  published?: number;
  /** What the scores rest on. */
  evidence: EvidenceItem[];
  /** What was not measured. */
  missing?: MissingItem[];
}

/** A category with its scores. */
export interface ScoreCategory {
  /** Its name on the command line. */
  id: string;
  /** What it is called. */
  name: string;
  /** At most 8 cells. */
  short: string;
  /** How much it counts. */
  weight: number;
  /** Why it has no formula, if so. */
  unmeasured?: string;
  /** Language to scores. */
  scores: Record<string, ScoreCell>;
}

/** The totals of a language. */
export interface ScoreTotal {
  /** Weighted sum of the editorial scores, where every category has one. */
  editorial?: number;
  /** Weighted sum of the measured scores, where every category has one. */
  measured?: number;
  /** Else the weighted sum of those that there are … */
  sum?: number;
  /** … the most that it could be … */
  of?: number;
  /** … and the categories that have none. */
  missing?: string[];
}

/** A worked example of a reading: a value and what it is worth. */
export interface Example {
  /** The language. */
  language: string;
  /** Where the value comes from. */
  origin: "published" | "run";
  /** The value, in the unit of the reading. */
  value: number;
  /** What it is worth. */
  points: number;
  /** The document or the run. */
  source: string;
  /** What to know about it. */
  note?: string;
}

/** How a category is measured, step by step. */
export interface Explanation {
  /** Its name on the command line. */
  category: string;
  /** Its name. */
  name: string;
  /** Whether all terms are needed, one is enough, or which may not be missing. */
  needs: "all" | "any" | string[];
  /** What to know about it. */
  note?: string;
  /** The terms of the formula. */
  terms: {
    id: string;
    title: string;
    weight: number;
    needs: "all" | "any";
    readings: {
      scenario: string;
      metric: string;
      unit: string;
      shape: "log" | "linear";
      ten: number;
      zero: number;
      formula: string;
      why: string;
      variants: Record<string, string[]>;
      examples: Example[];
    }[];
  }[];
  /** The sums of each language, from the published figures and from the runs. */
  results: {
    language: string;
    origin: "published" | "run";
    /** The points of each term; absent where it was not measured. */
    terms: { id: string; points?: number; weight: number }[];
    score?: number;
    /** What the card's author gave. */
    editorial?: number;
  }[];
}

/** A need with weights, and what a document concluded. */
export interface ProfileResult {
  /** Its name. */
  name: string;
  /** The need, in words. */
  title: string;
  /** Why these weights. */
  why: string;
  /** The document that has a verdict on it. */
  source?: string;
  /** The document's order, best first. */
  verdict?: string[];
  /** The order of the weighted editorial totals, best first. */
  order: string[];
  /** Whether the two agree on the languages that the document names. */
  agrees?: boolean;
}

/** A scorecard with its scores. */
export interface ScoreCard {
  /** The card. */
  card: string;
  /** One line. */
  title: string;
  /** The weights in use: a profile, `custom`, or `default`. */
  profile: string;
  /** What the profile says, if one was chosen. */
  need?: ProfileResult;
  /** The languages, the card's own first. */
  languages: string[];
  /** The categories. */
  categories: ScoreCategory[];
  /** Language to totals. */
  totals: Record<string, ScoreTotal>;
  /** The documents, by the name that evidence has for them. */
  sources: Record<string, { title: string; date?: string; url?: string }>;
}

/** What `versus score --json` prints. */
export interface ScoreDocument extends ScoreCard {
  /** Which document it is. */
  schema: "versus.score/1";
  /** How one category is measured, after `--explain`. */
  explain?: Explanation;
  /** Further cards, where several were asked for. */
  others?: ScoreCard[];
}
