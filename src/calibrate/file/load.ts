// Turns a targets file into a calibration: read → hold against the schema → read the scenarios → give the parameters
// their places → check the targets → try the start. All problems of all files are reported at once.
import { Examined } from "../../documents/checking/examined.ts";
import { type Problem, Problems, ScenarioError } from "../../documents/checking/problems.ts";
import { readWithBases } from "../../documents/reading/extend.ts";
import { remembering, type SourceFiles } from "../../documents/reading/files.ts";
import { canBePaired } from "../../experiment/pairing.ts";
import type { Plan } from "../../model/plan.ts";
import { compile } from "../../scenario/compiling/compile.ts";
import { cannotBePaired, readLabelled } from "../../scenario/labelled.ts";
import type { Calibration, Group, Target, Template } from "../calibration.ts";
import { instantiate } from "../templates.ts";
import * as messages from "./messages.ts";
import { placeParameters } from "./placing.ts";
import { ensembleSchema } from "./schema.ts";
import { type ShapedTargets, shape } from "./shape.ts";
import { checkTargets } from "./targets.ts";

export interface LoadCalibrationOptions {
  /** Where files come from. */
  readonly files: SourceFiles;
  /** Takes the place of the file's own seed. */
  readonly seed?: string | undefined;
  /** Size of an ensemble to be drawn after the search; takes the place of the file's own. */
  readonly ensemble?: number | undefined;
}

export interface LoadedCalibration {
  readonly calibration: Calibration;
  /** All files that were read, with their content, by path; the targets file first. */
  readonly sources: ReadonlyMap<string, string | Uint8Array>;
  /** What is valid but can hardly be meant. */
  readonly warnings: readonly Problem[];
}

/**
 * Loads a targets file.
 * @throws ScenarioError with all problems, when it or a scenario is not valid
 */
export async function loadCalibration(
  file: string,
  options: LoadCalibrationOptions,
): Promise<LoadedCalibration> {
  const problems = new Problems();
  const sources = new Map<string, string | Uint8Array>();
  const files = remembering(options.files, sources);

  // 1. Read the file, and 2. hold it against the schema.
  const { tree } = readWithBases(file, files, problems);
  if (tree === undefined) throw new ScenarioError(problems.sorted());
  const examined = new Examined(tree, problems);
  const shaped = shape(examined);
  checkLevels(shaped, examined);

  // 3. Read the scenarios.
  const scenarios = readLabelled(shaped.scenarios, examined, files);

  // 4. Give the parameters their places in them, and 5. check what the targets ask of them.
  const { parameters, templates } = placeParameters(shaped, scenarios, examined, files);
  const { targets, groups } = checkTargets(shaped, templates, examined);
  checkWeights(shaped, examined);

  // 6. The start is to be valid.
  const start = parameters.map((parameter) => parameter.start);
  const plans = await plansAt(start, templates, problems);
  checkPairs(groups, plans, shaped, examined);

  if (problems.hasErrors) throw new ScenarioError(problems.sorted());
  warn(shaped, targets, examined);
  const { name, seed, search } = shaped as Required<ShapedTargets>;
  return {
    calibration: {
      name: name as string,
      seed: options.seed ?? (seed as string),
      parameters,
      targets,
      groups,
      search: withEnsemble(search.whole as Calibration["search"], options.ensemble),
    },
    sources,
    warnings: problems.sorted(),
  };
}

/** The search with an ensemble of another size, or with one that the file does not ask for. */
function withEnsemble(search: Calibration["search"], size?: number): Calibration["search"] {
  if (size === undefined) return search;
  return { ...search, ensemble: ensembleSchema.parse({ ...search.ensemble, size }) };
}

function checkLevels({ search }: ShapedTargets, examined: Examined): void {
  search.fields.levels?.forEach(({ replications }, i, levels) => {
    const before = levels[i - 1]?.replications ?? 0;
    if (replications <= before)
      examined.error(
        ["search", "levels", i, "replications"],
        messages.levelsFall(before, replications),
      );
  });
}

function checkWeights({ targets }: ShapedTargets, examined: Examined): void {
  if (targets.length > 0 && targets.every(({ fields }) => fields.weight === 0))
    examined.error(["targets"], messages.nothingToFit);
}

/** What is allowed, and can hardly be meant. */
function warn(
  { parameters, scenarios }: ShapedTargets,
  targets: readonly Target[],
  examined: Examined,
): void {
  const fitted = targets.filter(({ weight }) => weight > 0).length;
  if (parameters.length > fitted)
    examined.warning(["parameters"], messages.fewTargets(parameters.length, fitted));
  const named = new Set(targets.flatMap(({ of, against = [] }) => [...of, ...against]));
  for (const label of Object.keys(scenarios))
    if (!named.has(label)) examined.warning(["scenarios", label], messages.unusedScenario(label));
}

/** The scenarios at a point, by label, as far as they are valid; problems stand where their values were written. */
async function plansAt(
  values: readonly number[],
  templates: readonly Template[],
  problems: Problems,
): Promise<Map<string, Plan>> {
  const plans = new Map<string, Plan>();
  for (const template of templates) {
    const scenario = await instantiate(template, values, problems);
    if (scenario !== undefined) plans.set(template.label, compile(scenario));
  }
  return plans;
}

function checkPairs(
  groups: readonly Group[],
  plans: ReadonlyMap<string, Plan>,
  { targets }: ShapedTargets,
  examined: Examined,
): void {
  for (const { name: baseline, templates } of groups)
    for (const { label } of templates) {
      const [plan, base] = [plans.get(label), plans.get(baseline)];
      if (plan === undefined || base === undefined || canBePaired(plan, base)) continue;
      const target = targets.findIndex(({ whole }) => [whole?.of].flat().includes(label));
      examined.error(["targets", target, "against"], cannotBePaired(label, baseline));
    }
}
