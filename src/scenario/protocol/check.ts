// Checks the meaning of a protocol: each phase by itself (`check` and `checkTeam` in definition.ts), and all together.
import type { Examined } from "../../documents/checking/examined.ts";
import type { Text, Warning } from "../../documents/checking/problems.ts";
import { called, list, word } from "../../documents/quoting.ts";
import type { Path } from "../../documents/reading/tree.ts";
import type { Reference } from "../fields.ts";
import type { Scenario } from "../schema.ts";
import { ownersOf } from "../task/claims.ts";
import type { TeamMeaning } from "./definition.ts";
import { DEFINITIONS, type Part, type Phase, partOf } from "./phases.ts";

/** Deepest nesting of phases that enclose others. */
const MAX_DEPTH = 8;

/** The kinds of phase that enclose others. */
const ENCLOSING = Object.keys(DEFINITIONS).filter((kind) => DEFINITIONS[kind].encloses);

/** A phase with its place. */
interface PlacedPart extends Part {
  readonly phase: Phase;
  readonly path: Path;
}

/** All phases in order. Those that a phase encloses follow it. */
function allParts(phases: readonly Phase[], path: Path = ["protocol"]): PlacedPart[] {
  return phases.flatMap((phase, i) => {
    const part = partOf(phase);
    const at = [...path, i, part.kind];
    return [{ ...part, phase, path: at }, ...allParts(part.inside, [...at, "phases"])];
  });
}

/** Reports what makes no sense in a protocol, whoever the agents are. Other sections may be missing. */
export function checkProtocol(
  protocol: readonly Phase[],
  { task, models }: Partial<Pick<Scenario, "task" | "models">>,
  found: Examined,
): void {
  const parts = allParts(protocol);
  checkEnd(parts, protocol.length - 1, found);
  const how = protocol.at(-1)?.aggregate?.how;
  let isPlanned = false;
  for (const { definition, value, path } of parts) {
    if (definition.encloses && depthOf(path) === MAX_DEPTH) found.errorAtKey(path, tooDeep);
    definition.check?.(value, path, { found, how, task, isPlanned });
    if (definition.plans?.(value)) isPlanned = true;
  }
  const [owner] = task ? ownersOf(task.graph) : [];
  if (owner && !parts.some(({ definition, value }) => definition.asksOwners?.(value)))
    found.warning(owner.path.slice(0, -1), ownersUnasked);
  if (models && parts.some(({ definition, value }) => definition.hasTiers?.(value)))
    checkTierPrices(models, found);
}

const depthOf = (path: Path) => path.filter((key) => key === "phases").length;

function checkEnd(parts: readonly PlacedPart[], last: number, found: Examined): void {
  const ends = parts.filter(({ kind }) => kind === "aggregate");
  if (ends.length === 0) found.errorAtKey(["protocol"], noAggregate);
  if (!parts.some(({ kind }) => kind === "work")) found.errorAtKey(["protocol"], noWork);
  for (const [i, { path }] of ends.entries())
    if (depthOf(path) > 0) found.errorAtKey(path, aggregateInside);
    else if (i < ends.length - 1 || path[1] !== last) found.errorAtKey(path, aggregateNotLast);
}

/** Where models of different price share the work, a price that nobody stated is likely to be forgotten. */
function checkTierPrices(models: Scenario["models"], found: Examined): void {
  if (Object.keys(models).length < 2) return;
  for (const [name, { price }] of Object.entries(models))
    if (!found.isWritten(["models", name, "price"]))
      found.warning(["models", name], {
        topic: "model-without-price",
        message: `the model ${word(name)} has no price: its tokens are counted at the default of $${price.input} in and $${price.output} out per million`,
        rule: "where tasks are routed or escalated between models, each model states its price",
      });
}

// ---------------------------------------------------------------- with a team

/** All references to agents. */
export function protocolReferences(protocol: readonly Phase[]): Reference[] {
  return allParts(protocol).flatMap(({ definition, value, path: at }) =>
    (definition.references?.(value) ?? []).map(({ path, ...reference }) => ({
      ...reference,
      path: [...at, ...path],
    })),
  );
}

/** Reports what makes no sense in the phases of a team. All references are sound. */
export function checkPhasesOfTeam(protocol: readonly Phase[], team: TeamMeaning): void {
  const parts = allParts(protocol);
  for (const definition of Object.values(DEFINITIONS))
    definition.checkTeam?.(
      parts.filter(({ kind }) => kind === definition.kind),
      team,
    );
  checkAccepted(parts, team);
}

/** An agent that sends what it accepted must have checked before, or in a round before. */
function checkAccepted(parts: readonly PlacedPart[], { resolve, found }: TeamMeaning): void {
  for (const [i, { phase, path }] of parts.entries()) {
    if (phase.send?.what !== "accepted") continue;
    const checks = parts.filter((other, j) => j < i || shareLoop(other.path, path));
    const checkers = new Set(checks.flatMap((other) => resolve(other.phase.check?.by ?? [])));
    const idle = phase.send.from.filter(
      (reference) => !resolve([reference]).some((agent) => checkers.has(agent)),
    );
    if (idle.length > 0)
      found.error([...path, "what"], {
        message: `${list(idle, 5)} ${idle.length === 1 ? "has" : "have"} nothing accepted to send`,
        rule: "what: accepted sends what the sender accepted in a check phase before",
        hint: "add - check: { by: ... } before this phase, or send what: new",
      });
  }
}

/** Whether two phases are repeated together. */
function shareLoop(a: Path, b: Path): boolean {
  const parting = a.findIndex((key, i) => key !== b[i]);
  return a.slice(0, parting < 0 ? a.length : parting).includes("repeat");
}

// ---------------------------------------------------------------- messages

/** A phase that is none, or several at once. */
export const wrongPhase = (path: Path, kinds: readonly string[], rule: string): Text => ({
  message:
    kinds.length === 0
      ? `${called(path)} is empty`
      : `${called(path)} is several phases at once: ${list(kinds)}`,
  rule,
  hint: kinds.length > 1 ? 'begin every phase with a "- " of its own' : undefined,
});

const ownersUnasked: Warning = {
  topic: "owners-nobody-asks",
  message: "claims have owners, but no phase gives them to their owners",
  rule: "an owner has a meaning in an assign phase of mode: owners",
  hint: "begin the protocol with - assign: { mode: owners }",
};

const noAggregate: Text = {
  message: "the protocol has no aggregate phase",
  rule: "a protocol ends with one aggregate phase, which builds the deliverable",
  hint: "add - aggregate: { how: concatenate } at its end",
};

const aggregateNotLast: Text = {
  message: "phases come after aggregate",
  rule: "aggregate is the last phase of a protocol",
};

const aggregateInside: Text = {
  message: `an aggregate phase stands inside ${ENCLOSING.join(" or ")}`,
  rule: "aggregate is the last phase of the protocol itself",
};

const noWork: Text = {
  message: "nobody works: the protocol has no work phase",
  rule: "claims are made in work phases",
  hint: "add - work: { who: ... } before aggregate",
};

const tooDeep: Text = {
  message: "repeat phases are nested too deep",
  rule: `repeat phases are nested at most ${MAX_DEPTH} deep`,
};
