// From runs to a scenario of the team that made them, with estimates, calibration where only outcomes are known, and a certificate.
import type { SourceFiles } from "../documents/reading/files.ts";
import type { LoggedRun } from "../logs/run.ts";
import type { Scenario } from "../scenario/schema.ts";
import { calibrated } from "./calibrating.ts";
import { type Certificate, certificateOf, type FoldFigures, foldsOf } from "./certificate.ts";
import type { Estimates } from "./estimates.ts";
import { estimatesOf } from "./estimatesOf.ts";
import { repeatsOf } from "./repeats.ts";
import { contextPerCall, scenarioOf, simulatedFigures } from "./simulating.ts";
import { type Draft, type Stated, statedOf } from "./team/draft.ts";
import { groupsOf } from "./team/groups.ts";
import { likeDraft, modelsOf } from "./team/like.ts";
import { Renaming } from "./team/names.ts";
import { withoutContext } from "./team/parameters.ts";
import { type Priors, shareFrom, shippedPriors } from "./team/priors.ts";
import { teamDraft } from "./team/scenario.ts";
import { shapeOf } from "./team/shape.ts";
import { structureOf } from "./team/structure.ts";
import { roundedDraft, scenarioText, withNumbers } from "./writing/scenarioFile.ts";

/** A scenario whose structure is taken over. */
export interface Like {
  readonly scenario: Scenario;
  /** How the new file names its file. */
  readonly base: string;
  readonly files: SourceFiles;
}

export interface EstimateTeamOptions {
  /** Of the scenario. */
  readonly name: string;
  /** Where its file is to stand. */
  readonly path: string;
  readonly like?: Like | undefined;
  /** Replications of each simulation of the certificate; default: {@link REPLICATIONS}. */
  readonly replications?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Told the share that is done, 0..1, and what is under way. */
  readonly onProgress?: ((share: number, what: string) => void) | undefined;
}

export interface EstimatedTeam {
  readonly estimates: Estimates;
  /** The scenario with values alone, and how well each is known. */
  readonly draft: Draft;
  readonly certificate: Certificate;
}

/** Replications of a simulation of the certificate. */
const REPLICATIONS = 2048;
const SEED = "estimate";

/**
 * Estimates a team.
 * @param logged at least one run with a turn or an outcome
 * @throws RangeError if no run has one, ScenarioError if the scenario that comes of a given one is not valid
 */
export async function estimateTeam(
  logged: readonly LoggedRun[],
  options: EstimateTeamOptions,
): Promise<EstimatedTeam> {
  const { like } = options;
  const renaming = new Renaming(
    like === undefined ? groupsOf(logged) : Object.keys(like.scenario.agents),
  );
  const renamed = logged.map((run) => renaming.run(run));
  const withTurns = renamed.filter(({ turns }) => turns.length > 0);
  if (withTurns.length > 0) return new TeamEstimation(renaming, options).result(withTurns);
  // Of outcomes alone, a run is one claim of one agent.
  const runs = renamed
    .filter(({ success }) => success !== undefined)
    .map((run) => ({ ...run, turns: [{ agent: "agent", tools: [] }] }));
  if (runs.length === 0)
    throw new RangeError("No run has a turn or an outcome: there is nothing to estimate");
  return new TeamEstimation(renaming, options, true).result(runs);
}

interface Fit {
  readonly estimates: Estimates;
  readonly draft: Draft;
  /** What was calibrated. */
  readonly found: ReadonlyMap<string, Stated>;
}

type Drafted = Draft & { readonly unknownErrorRates: readonly string[] };

class TeamEstimation {
  private readonly renaming: Renaming;
  private readonly options: EstimateTeamOptions;
  private readonly hasOutcomesOnly: boolean;
  private readonly priors: Priors = shippedPriors();

  /** @param hasOutcomesOnly whether turns stand for runs of which nothing but the outcome is known */
  constructor(renaming: Renaming, options: EstimateTeamOptions, hasOutcomesOnly = false) {
    this.renaming = renaming;
    this.options = options;
    this.hasOutcomesOnly = hasOutcomesOnly;
  }

  async result(runs: readonly LoggedRun[]): Promise<EstimatedTeam> {
    this.tell(0, "estimates");
    const whole = await this.fit(runs);
    const folds = foldsOf(runs);
    const figures: FoldFigures[] = [];
    for (const [i, fold] of folds.entries()) {
      this.tell(0.5 + (0.5 * i) / folds.length, "certificate");
      const isWhole = fold.length === runs.length;
      const others = isWhole ? whole : await this.fit(without(runs, fold), whole);
      figures.push({ runs: fold.length, figures: await this.simulate(others) });
    }
    const { estimates, draft } = whole;
    return { estimates, draft, certificate: certificateOf(runs, figures) };
  }

  private async fit(runs: readonly LoggedRun[], from?: Fit): Promise<Fit> {
    this.options.signal?.throwIfAborted();
    const all = estimatesOf(runs);
    const estimates = this.hasOutcomesOnly ? { ...all, models: {} } : all;
    const drafted = await this.draft(runs, estimates);
    const found = await this.calibrate(drafted, estimates, from);
    this.options.signal?.throwIfAborted();
    // What nothing tells has a guess, unless it stands in the given scenario.
    const open = this.options.like === undefined ? this.guesses(drafted, estimates) : [];
    const numbered = withNumbers(drafted, new Map([...open, ...found]));
    const draft = withNumbers(numbered, await this.prompts(numbered, estimates));
    return { estimates, draft, found };
  }

  /** Prompts of models: what their calls read in the logs, less what agents of the draft have in their ledgers. */
  private async prompts(draft: Draft, estimates: Estimates): Promise<ReadonlyMap<string, Stated>> {
    const prompts = new Map<string, Stated>();
    if (this.options.like !== undefined) return prompts;
    const scenario = await this.scenario(draft);
    for (const [model, logged] of modelsOf(scenario, estimates)) {
      const path = `models.${model}.prompt`;
      if (!draft.numbers.has(path)) continue;
      const context = await contextPerCall(scenario, model);
      const { inputTokens } = withoutContext(estimates.models[logged], context);
      if (inputTokens !== undefined) prompts.set(path, statedOf(inputTokens));
    }
    return prompts;
  }

  /** Numbers that reproduce the outcomes. Where steps are judged these tell: what is left of the outcomes is for the certificate. */
  private async calibrate(
    draft: Drafted,
    { outcome, difficultySpread }: Estimates,
    from: Fit | undefined,
  ): Promise<ReadonlyMap<string, Stated>> {
    const { unknownErrorRates: errorRates } = draft;
    if (outcome === undefined || errorRates.length === 0) return new Map();
    const { path, like, signal } = this.options;
    if (from === undefined) this.tell(0.1, "calibration");
    const found = await calibrated(
      draft,
      { path, files: like?.files },
      {
        priors: this.priors,
        outcome,
        errorRates,
        isSpreadFree: difficultySpread === undefined,
        from: from?.found,
        seed: SEED,
        signal,
      },
    );
    return found ?? new Map();
  }

  private guesses(
    { unknownErrorRates }: Drafted,
    { difficultySpread }: Estimates,
  ): [path: string, stated: Stated][] {
    const rate = shareFrom(this.priors.errorRate);
    const spread: Stated = { value: 1, origin: "guess", note: "a guess: not in the logs" };
    return [
      ...unknownErrorRates.map((path): [string, Stated] => [path, rate]),
      ...(difficultySpread === undefined
        ? ([["task.difficultySpread", spread]] satisfies [string, Stated][])
        : []),
    ];
  }

  private async draft(runs: readonly LoggedRun[], estimates: Estimates): Promise<Drafted> {
    const { name, like } = this.options;
    if (like !== undefined) {
      const contexts = new Map<string, number>();
      for (const [model] of modelsOf(like.scenario, estimates))
        contexts.set(model, await contextPerCall(like.scenario, model));
      const contextOf = (model: string) => contexts.get(model) ?? 0;
      return roundedDraft(likeDraft({ ...like, name, estimates, contextOf }));
    }
    const shapes = runs.flatMap((run) => shapeOf(run) ?? []);
    const structure = structureOf(shapes);
    const { renaming, priors } = this;
    return roundedDraft(teamDraft({ name, structure, estimates, renaming, priors }));
  }

  private async simulate({ draft, estimates }: Fit) {
    const { like, replications = REPLICATIONS } = this.options;
    const scenario = await this.scenario(draft);
    const repeats = estimates.outcome === undefined ? 1 : repeatsOf(estimates.outcome);
    const figures = await simulatedFigures(scenario, { replications, seed: SEED, repeats });
    if (like !== undefined) return figures;
    const isKnown = (field: "latency" | "inputTokens" | "outputTokens") =>
      Object.values(estimates.models).some((model) => model[field] !== undefined);
    // What the logs do not tell has a default, and is not to be judged.
    const unknown = [
      ...(this.hasOutcomesOnly ? ["turns"] : []),
      ...(isKnown("latency") ? [] : ["latency.p50", "latency.p95"]),
      ...(isKnown("inputTokens") ? [] : ["inputTokens"]),
      ...(isKnown("outputTokens") ? [] : ["outputTokens"]),
    ];
    return new Map([...figures].filter(([name]) => !unknown.includes(name)));
  }

  /** The draft as a scenario, with its values alone. */
  private scenario(draft: Draft) {
    const { path, like } = this.options;
    const text = scenarioText(draft, { header: [], isUncertain: false });
    return scenarioOf({ path, text, files: like?.files });
  }

  private tell(share: number, what: string): void {
    this.options.onProgress?.(share, what);
  }
}

function without(runs: readonly LoggedRun[], fold: readonly LoggedRun[]): LoggedRun[] {
  const left = new Set(fold);
  return runs.filter((run) => !left.has(run));
}
