/**
 * Scores and claims: what documents say of languages, beside what the runs on this machine say.
 *
 * A scorecard is data: categories, weights, scores that somebody gave, evidence with sources, and for
 * each category that can be measured a formula whose constants stand in the card. A claim is data too: a
 * published statement tied to a scenario and a comparison. Both read runs through `latestRuns`.
 *
 * @module
 */
export { DEFAULT_CARD, loadCard, parseCard } from "./card.ts";
export { judgeClaim, type JudgedClaim } from "./claim_judge.ts";
export { neededBy, type ScenarioNeed, scenariosOfClaims, type Selection } from "./claim_needs.ts";
export { type ClaimEvent, measureClaims, type MeasureClaimsOptions } from "./claim_run.ts";
export type {
  AcrossCheck,
  Check,
  Claim,
  ClaimExpectation,
  ClaimList,
  ClaimValue,
  EveryCheck,
  Lesson,
  LinkageCheck,
  ObservedCheck,
  RatioCheck,
  Shown,
  ShownRatio,
  Side,
  ValueCheck,
} from "./claim_types.ts";
export { chooseClaims, loadBundledClaims, loadClaims, parseClaims, sourceName } from "./claims.ts";
export {
  type ClaimFigure,
  type ClaimResult,
  type ClaimsDocument,
  type ClaimVerdict,
} from "./claims_document.ts";
export type {
  EvidenceItem,
  Example,
  Explanation,
  MissingItem,
  ProfileResult,
  ScoreCard,
  ScoreCategory,
  ScoreCell,
  ScoreDocument,
  ScoreTotal,
} from "./document.ts";
export { explainCategory } from "./explain.ts";
export { categoryScore, pointsOf, publishedScore, termPoints } from "./formula.ts";
export {
  behindDays,
  type Freshness,
  freshness,
  type LanguageData,
  type LanguageFacts,
  type LanguageVersion,
  loadLanguages,
  parseLanguages,
} from "./languages.ts";
export { type Found, type NotFound } from "./metric.ts";
export { latestRuns, type LatestRunsOptions } from "./runs.ts";
export { scenariosOf, scoreCard, type ScoreInput, totalOf } from "./score.ts";
export type {
  Anchors,
  CardEvidence,
  Category,
  Editorial,
  Formula,
  Needs,
  Profile,
  PublishedReading,
  Reading,
  Scorecard,
  Shape,
  Source,
  Term,
} from "./types.ts";
export { chooseWeights, profileResult, type Weights } from "./weights.ts";
