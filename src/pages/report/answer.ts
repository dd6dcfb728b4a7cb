// The answer of a comparison or run in one sentence, as a person would say it, and what else is worth a sentence, with intervals.
// A difference is told only where chance does not explain it: the interval of the paired difference excludes 0, or, between two
// scenarios of which neither is the baseline, their intervals do not overlap.
import type { ExperimentResult } from "../../experiment/result.ts";
import { shortName } from "../../wording/experiment.ts";
import { countOf, rangeOf, tasksFor, timesText } from "../../wording/rates.ts";
import {
  DOLLARS,
  estimateWords,
  listText,
  meanWords,
  numberWord,
  PERCENT,
  PLAIN,
  sentence,
} from "../../wording/sentence.ts";
import { grouped } from "../../wording/text.ts";
import { successPartsText } from "../../wording/uncertainty.ts";
import { type Candidate, candidatesOf, differ, leaders, nounOf, phraseOf } from "./candidates.ts";
import { valueClause, valueDetails } from "./valueAnswer.ts";

export interface Answer {
  /** One sentence. */
  readonly lead: string;
  /** Further sentences. */
  readonly more: readonly string[];
}

/** What a run or a comparison comes to. */
export function experimentAnswer(result: ExperimentResult): Answer {
  if (result.scenarios.length === 0)
    return { lead: "There is no scenario in this result.", more: [] };
  const success = successClause(result);
  const errors = errorsClause(result, success.best);
  const value = valueClause(result);
  // Where dollars are told, errors are among the details.
  const second = value ?? errors;
  const clauses = [success.text, ...(second === undefined ? [] : [second])];
  // What can be told comes before what cannot.
  if (success.isOpen) clauses.reverse();
  const details = [
    successDetails(result),
    successPartsText(result.scenarios, (name) => shortName(result, name)),
    valueDetails(result),
    errorsDetails(result),
    costSentence(result),
    interruption(result),
  ];
  return { lead: sentence(clauses.join("; ")), more: details.filter((s) => s !== undefined) };
}

// ---------------------------------------------------------------- success

interface SuccessClause {
  readonly text: string;
  /** The one that succeeds most often, where one does. */
  readonly best?: Candidate;
  /** Whether it says that something cannot be told. */
  readonly isOpen?: boolean;
}

function successClause(result: ExperimentResult): SuccessClause {
  const all = candidatesOf(result, "success").sort((a, b) => b.value.mean - a.value.mean);
  if (all.length === 0)
    return { text: "no success rate can be told, since no task has ended", isOpen: true };
  const [best, ...rest] = all;
  if (rest.length === 0) return { text: aloneText(best), best };
  const tied = all.filter((one) => one === best || !differ(best, one, "success"));
  if (tied.length === all.length) return indistinct(result, all);
  const other = contrastOf(all, tied);
  const tasks = tasksFor([best.value, other.value]);
  const counts =
    tied.length === 1
      ? countOf(best.value, tasks)
      : rangeOf(
          tied.map(({ value }) => value),
          tasks,
        );
  const against = `${countOf(other.value, tasks)} with ${phraseOf(other)}`;
  const begin = `of every ${grouped(tasks)} tasks, ${counts} succeed with ${crowdOf(result, all, tied)}`;
  if (all.length === 2) return { text: `${begin}, ${against}`, best };
  const isNext = !other.isBaseline && all.length - tied.length > 1;
  const text = `${begin}, and ${against}${isNext ? ", the next best" : ""}`;
  return tied.length === 1 ? { text, best } : { text };
}

function aloneText({ value }: Candidate): string {
  if (value.mean === 0) return "no task succeeds";
  if (value.mean === 1) return "every task succeeds";
  const tasks = tasksFor([value]);
  return `of every ${grouped(tasks)} tasks, ${countOf(value, tasks)} succeed`;
}

/** Names of the best, or their number where they are many. */
function crowdOf(
  result: ExperimentResult,
  all: readonly Candidate[],
  tied: readonly Candidate[],
): string {
  const of = `${numberWord(all.length)} ${nounOf(result)}`;
  if (tied.length > 3) return `${numberWord(tied.length)} of ${of}, which cannot be told apart`;
  const names = listText(tied.map(phraseOf));
  if (tied.length > 1) return `${names}, which cannot be told apart`;
  return all.length === 2 ? names : `${names}, the best of ${of}`;
}

/** All of them might be equal. */
function indistinct(result: ExperimentResult, all: readonly Candidate[]): SuccessClause {
  const values = all.map(({ value }) => value);
  const isPair = all.length === 2;
  const crowd = isPair
    ? `either ${nounOf(result).slice(0, -1)}`
    : `any of ${numberWord(all.length)} ${nounOf(result)}`;
  if (values.every(({ mean }) => mean === 0)) return { text: `no task succeeds with ${crowd}` };
  if (values.every(({ mean }) => mean === 1))
    return { text: `every task succeeds with ${crowd.replace("any", "each")}` };
  const tasks = tasksFor(values);
  const who = isPair
    ? `with ${listText(all.map(phraseOf))}`
    : `with the ${numberWord(all.length)} ${nounOf(result)}`;
  const found = isPair
    ? listText(values.map((value) => countOf(value, tasks)))
    : rangeOf(values, tasks);
  return {
    text: `how many tasks succeed ${who} cannot be told apart: ${found} of every ${grouped(tasks)}`,
    isOpen: true,
  };
}

/** What the best are held against: the baseline, or else the next best. */
function contrastOf(all: readonly Candidate[], tied: readonly Candidate[]): Candidate {
  const others = all.filter((one) => !tied.includes(one));
  return others.find(({ isBaseline }) => isBaseline) ?? others[0];
}

/** Scenarios whose figures are written out; of more, the first. */
const LISTED = 6;

function successDetails(result: ExperimentResult): string | undefined {
  const all = candidatesOf(result, "success").sort((a, b) => b.value.mean - a.value.mean);
  if (all.length === 0) return undefined;
  if (all.length === 1) return `Success is ${estimateWords(all[0].value, PERCENT)}.`;
  const told = all
    .slice(0, LISTED)
    .map((one) => `${one.name} ${estimateWords(one.value, PERCENT)}`);
  const rest = all.length > LISTED ? [`${numberWord(all.length - LISTED)} more below that`] : [];
  return `Success: ${listText([...told, ...rest])}.`;
}

// ---------------------------------------------------------------- errors

const ERRORS = "deliverableErrors";

/** Those that let more or fewer errors reach the deliverable than the baseline, as far as chance does not explain it. */
function errorGroups(result: ExperimentResult) {
  const all = candidatesOf(result, ERRORS);
  const base = all.find(({ isBaseline }) => isBaseline);
  if (base === undefined) return undefined;
  const others = all.filter((one) => one !== base && differ(base, one, ERRORS));
  const ranked = others.sort((a, b) => a.value.mean - b.value.mean);
  const fewest = ranked.find(({ value }) => value.mean < base.value.mean);
  const most = ranked.findLast(({ value }) => value.mean > base.value.mean);
  return { base, told: [fewest, most].filter((one) => one !== undefined) };
}

/** @param best the one that the sentence has named as succeeding most often */
function errorsClause(result: ExperimentResult, best: Candidate | undefined): string | undefined {
  const { base, told = [] } = errorGroups(result) ?? {};
  if (base === undefined || told.length === 0) return undefined;
  const [first, second] = told;
  if (base.value.mean === 0)
    return `errors reach the deliverable with ${phraseOf(first)}, and none with ${phraseOf(base)}`;
  const { before, than } = timesText(first.value.mean, base.value.mean);
  const errors = first.value.mean === 0 ? "no error reaches" : `${before} errors reach`;
  // Of two the better one was named first: it is what is compared.
  if (result.scenarios.length === 2 && first.name === best?.name)
    return `${first.value.mean > base.value.mean ? "yet " : ""}${errors} the deliverable`;
  const compared = first.value.mean === 0 ? "" : ` ${than} with ${phraseOf(base)}`;
  const rest =
    second === undefined
      ? ""
      : `, and ${timesText(second.value.mean, base.value.mean).before} with ${phraseOf(second)}`;
  return `${errors} the deliverable with ${phraseOf(first)}${compared}${rest}`;
}

function errorsDetails(result: ExperimentResult): string | undefined {
  const all = candidatesOf(result, ERRORS);
  if (all.length === 1) {
    const missing = candidatesOf(result, "missingClaims")[0]?.value;
    const lacks = missing === undefined ? "" : ` and lacks ${estimateWords(missing, PLAIN)}`;
    return `On average a deliverable has ${estimateWords(all[0].value, PLAIN)} wrong claims${lacks}.`;
  }
  const { base, told = [] } = errorGroups(result) ?? {};
  if (base === undefined) return undefined;
  if (told.length === 0)
    return "How many errors reach the deliverable cannot be told from the baseline's.";
  const figures = [base, ...told].map((one) => `${one.name} ${estimateWords(one.value, PLAIN)}`);
  return `Wrong claims in a deliverable: ${listText(figures)}.`;
}

// ---------------------------------------------------------------- cost

function costSentence(result: ExperimentResult): string | undefined {
  const all = candidatesOf(result, "costPerSuccess").filter(({ value }) => value.mean > 0);
  if (all.length === 0) return undefined;
  const cheapest = leaders(all, (a, b) => a.value.mean - b.value.mean);
  if (all.length === 1)
    return `A success costs ${estimateWords(all[0].value, DOLLARS)}, failures included.`;
  const prices = listText(cheapest.map(({ value }) => estimateWords(value, DOLLARS)));
  if (cheapest.length === all.length)
    return `What a success costs does not tell them apart: ${listText(all.map((one) => `${one.name} ${estimateWords(one.value, DOLLARS)}`))}, failures included.`;
  const base = all.find(({ isBaseline }) => isBaseline);
  const against =
    base === undefined || cheapest.includes(base)
      ? ""
      : `, against ${meanWords(base.value, DOLLARS)} with ${phraseOf(base)}`;
  return `A success costs least with ${listText(cheapest.map(phraseOf))}: ${prices}, failures included${against}.`;
}

function interruption({ interrupted, scenarios, replications }: ExperimentResult) {
  if (!interrupted) return undefined;
  const done = Math.min(...scenarios.map((one) => one.replications));
  return `The run was interrupted after ${numberWord(done)} of ${numberWord(replications)} replications.`;
}
