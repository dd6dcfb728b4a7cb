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
import type { Draft, Stated } from "./team/draft.ts";
import { likeDraft, modelsOf } from "./team/like.ts";
import { Renaming } from "./team/names.ts";
import { type Priors, shippedPriors } from "./team/priors.ts";
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
  /** Paths of the numbers that were calibrated to outcomes. */
  readonly calibrated: readonly string[];
  /** Paths of numbers that nothing in the logs tells: the scenario has a guess. */
  readonly guessed: readonly string[];
  readonly certificate: Certificate;
}

/** Replications of a simulation of the certificate. */
const REPLICATIONS = 2048;
const SEED = "estimate";

/**
 * Estimates a team.
 * @param logged at least one run with a turn
 * @throws RangeError if no run has a turn, ScenarioError if the scenario that comes of a given one is not valid
 */
export async function estimateTeam(
  logged: readonly LoggedRun[],
  options: EstimateTeamOptions,
): Promise<EstimatedTeam> {
  const renaming = new Renaming(options.like && Object.keys(options.like.scenario.agents));
  const runs = logged.map((run) => renaming.run(run)).filter(({ turns }) => turns.length > 0);
  if (runs.length === 0) throw new RangeError("No run has a turn: there is no team to estimate");
  const team = new TeamEstimation(renaming, options);
  return team.result(runs);
}

interface Fit {
  readonly estimates: Estimates;
  readonly draft: Draft;
  readonly found: ReadonlyMap<string, Stated>;
  readonly guessed: readonly string[];
}

class TeamEstimation {
  private readonly renaming: Renaming;
  private readonly options: EstimateTeamOptions;
  private readonly priors: Priors = shippedPriors();

  constructor(renaming: Renaming, options: EstimateTeamOptions) {
    this.renaming = renaming;
    this.options = options;
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
    const { estimates, draft, found, guessed } = whole;
    return {
      estimates,
      draft,
      calibrated: [...found.keys()],
      guessed,
      certificate: certificateOf(runs, figures),
    };
  }

  private async fit(runs: readonly LoggedRun[], from?: Fit): Promise<Fit> {
    this.options.signal?.throwIfAborted();
    const estimates = estimatesOf(runs);
    const drafted = await this.draft(runs, estimates);
    const rates = drafted.unknownErrorRates;
    const isSpreadFree = estimates.difficultySpread === undefined;
    const { outcome } = estimates;
    if (outcome === undefined)
      return {
        estimates,
        draft: drafted,
        found: new Map(),
        guessed: [...rates, ...(isSpreadFree ? ["task.difficultySpread"] : [])],
      };
    this.tell(0.1, "calibration");
    const place = { path: this.options.path, files: this.options.like?.files };
    const found =
      // Judged steps tell how often claims are wrong: what is left of the outcomes is for the certificate.
      (rates.length === 0
        ? undefined
        : await calibrated(drafted, place, {
            priors: this.priors,
            outcome,
            errorRates: rates,
            isSpreadFree,
            from: from?.found,
            seed: SEED,
            signal: this.options.signal,
          })) ?? new Map<string, Stated>();
    this.options.signal?.throwIfAborted();
    return { estimates, draft: withNumbers(drafted, found), found, guessed: [] };
  }

  private async draft(runs: readonly LoggedRun[], estimates: Estimates) {
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
    const { path, like, replications = REPLICATIONS } = this.options;
    const text = scenarioText(draft, { header: [], isUncertain: false });
    const scenario = await scenarioOf({ path, text, files: like?.files });
    const repeats = estimates.outcome === undefined ? 1 : repeatsOf(estimates.outcome);
    return simulatedFigures(scenario, { replications, seed: SEED, repeats });
  }

  private tell(share: number, what: string): void {
    this.options.onProgress?.(share, what);
  }
}

function without(runs: readonly LoggedRun[], fold: readonly LoggedRun[]): LoggedRun[] {
  const left = new Set(fold);
  return runs.filter((run) => !left.has(run));
}
