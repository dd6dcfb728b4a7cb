// The conditions on which a check looks at a version: `critical`, `disagreement`, `loss > 1000`, `confidence < 0.7`.

import { z } from "zod";
import type { Examined } from "../../documents/checking/examined.ts";
import { HINTS } from "../../documents/checking/messages.ts";
import type { Text, Warning } from "../../documents/checking/problems.ts";
import { suggest } from "../../documents/checking/suggest.ts";
import { type Hint, meant, word } from "../../documents/quoting.ts";
import type { Path } from "../../documents/reading/tree.ts";
import type { TaskPlan } from "../../model/plan.ts";
import type { LookConditions } from "../../model/steps.ts";
import { type Comparison, holds } from "../../numerics/comparisons.ts";
import { type KnownMetrics, meantThreshold, parseThreshold } from "../objectives/thresholds.ts";
import { lossesOf, statedProperties } from "../task/claims.ts";
import type { Task } from "../task/schema.ts";

export const CONDITION_RULE =
  "a condition is critical, disagreement, or loss or confidence with an operator (>= > <= <) and a number: loss > 1000, confidence < 0.7";

/** It has a word, so that no number in quotes is one. What else is wrong `checkConditions` says, with what is meant. */
const condition = z
  .string()
  .max(200)
  .regex(/\p{L}/u)
  .meta({ title: "Condition", description: "A condition on a version.", unit: "condition" });

/** One condition or a list of them. */
export const conditions = (title: string, description: string) =>
  z
    .union([condition, z.array(condition).min(1).max(100)])
    .transform((value) => (typeof value === "string" ? [value] : value))
    .meta({ title, description, unit: "conditions" });

type Word = "critical" | "disagreement";
type Quantity = "loss" | "confidence";
type LookCondition =
  | { readonly on: Word }
  | { readonly on: Quantity; readonly comparison: Comparison };

const WORDS: readonly string[] = ["critical", "disagreement"] satisfies Word[];
const QUANTITIES: KnownMetrics = {
  names: ["loss", "confidence"] satisfies Quantity[],
  nearest: (text) => suggest(text, QUANTITIES.names),
  unitOf: (name) => (name === "loss" ? "US dollars" : "share"),
  aboutOf: () => undefined,
};

/** Undefined where the text is no condition. */
function parseCondition(text: string): LookCondition | undefined {
  const name = text.trim();
  if (WORDS.includes(name)) return { on: name as Word };
  const comparison = parseThreshold(text);
  if (comparison === undefined || !QUANTITIES.names.includes(comparison.metric)) return undefined;
  return { on: comparison.metric as Quantity, comparison };
}

// ---------------------------------------------------------------- compiling

/** @throws RangeError where a text is no condition */
export function compileConditions(
  texts: readonly string[],
  { kinds, claims }: TaskPlan,
): LookConditions {
  const all = texts.map((text) => {
    const condition = parseCondition(text);
    if (condition === undefined) throw new RangeError(`${text}: ${CONDITION_RULE}`);
    return condition;
  });
  const isLookedAt = (kind: number) =>
    all.some((one) =>
      one.on === "loss"
        ? holds(one.comparison, kinds?.loss[kind] ?? 0)
        : one.on === "critical" && kinds?.isCritical[kind] === 1,
    );
  return {
    disagreement: all.some(({ on }) => on === "disagreement"),
    kinds: Uint8Array.from({ length: kinds?.loss.length ?? claims }, (_, kind) =>
      isLookedAt(kind) ? 1 : 0,
    ),
    confidence: all.flatMap((one) => (one.on === "confidence" ? [one.comparison] : [])),
  };
}

// ---------------------------------------------------------------- checking

/** Reports what is no condition, and what can hold of no claim. @param at the field */
export function checkConditions(
  texts: readonly string[],
  at: Path,
  task: Task | undefined,
  found: Examined,
): void {
  for (const [path, text] of placed(texts, at, found)) {
    const one = parseCondition(text);
    if (one === undefined) found.error(path, noCondition(text));
    else if (one.on === "confidence") checkConfidence(text, one.comparison, path, found);
    else if (task && one.on === "critical") checkCritical(task, path, found);
    else if (task && one.on === "loss") checkLoss(text, one.comparison, task, path, found);
  }
}

/** Reports conditions on a confidence that nobody states. @param at the field */
export function checkStated(
  texts: readonly string[],
  at: Path,
  isStated: boolean,
  found: Examined,
): void {
  if (isStated) return;
  for (const [path, text] of placed(texts, at, found))
    if (parseCondition(text)?.on === "confidence") found.error(path, nobodyConfident);
}

/** The conditions with their places: a single one may be written without a list. */
function placed(texts: readonly string[], at: Path, found: Examined): [Path, string][] {
  return texts.map((text, i) => [found.isWritten([...at, i]) ? [...at, i] : at, text]);
}

function checkConfidence(text: string, comparison: Comparison, path: Path, found: Examined): void {
  const { value } = comparison;
  if (value < 0 || value > 1) found.error(path, notAConfidence(value, text));
  // What holds for some confidence holds for the lowest or the highest.
  else if (![0, 1].some((extreme) => holds(comparison, extreme)))
    found.warning(path, neverHolds(text, "a confidence is from 0 to 1"));
}

function checkCritical({ graph }: Task, path: Path, found: Examined): void {
  if (!statedProperties(graph).some(({ critical }) => critical)) found.error(path, nothingCritical);
}

function checkLoss(
  text: string,
  comparison: Comparison,
  { graph }: Task,
  path: Path,
  found: Examined,
): void {
  if (!statedProperties(graph).some(({ loss }) => loss !== undefined)) found.error(path, noLoss);
  else if (!lossesOf(graph).some((loss) => holds(comparison, loss)))
    found.warning(path, neverHolds(text, `the largest loss is ${Math.max(...lossesOf(graph))}`));
}

// ---------------------------------------------------------------- messages

const noCondition = (text: string): Text => ({
  message: `${word(text)} is not a condition`,
  rule: CONDITION_RULE,
  ...hintFor(text),
});

function hintFor(text: string): Hint {
  const comparison = meantThreshold(text, QUANTITIES);
  if (comparison !== undefined) return write(comparison);
  const near = suggest(text.trim(), [...WORDS, ...QUANTITIES.names]);
  if (near === "loss") return { hint: "say which losses, such as loss > 1000" };
  if (near === "confidence") return { hint: "say which confidence, such as confidence < 0.7" };
  return meant(near);
}

const write = (text: string): Hint => ({ hint: HINTS.write(text), replacement: text });

const notAConfidence = (value: number, text: string): Text => ({
  message: `a confidence is never ${value}`,
  rule: "a confidence is a number from 0 to 1",
  ...hintForShare(text),
});

/** A percentage that was meant. */
function hintForShare(text: string): Hint {
  const share = meantThreshold(text, QUANTITIES);
  return share === undefined || share === text.trim() ? {} : write(share);
}

const nothingCritical: Text = {
  message: "the check looks at critical claims, and there are none",
  rule: "when: critical goes with a claim that is critical",
  hint: "mark a claim, such as payout: { needs: [...], critical: true }",
};

const noLoss: Text = {
  message: "the check goes by losses, but no claim states one",
  rule: "when: loss goes with a claim that states its loss",
  hint: "add a loss, such as payout: { needs: [...], loss: 4000 }",
};

const nobodyConfident: Text = {
  message: "the check goes by confidences, but no agent states one",
  rule: "when: confidence goes with agents that state how certain they are",
  hint: "give the agents that make the claims one, such as worker: { confidence: { auc: 0.75 } }",
};

const neverHolds = (text: string, rule: string): Warning => ({
  topic: "nothing-to-check",
  message: `${word(text)} holds for no version: nobody looks at anything for it`,
  rule,
});
