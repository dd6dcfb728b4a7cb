// faultline calibrate: free parameters fitted to published figures, with presets, a table of fits and what is pinned down.
import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { basename, dirname, join, relative, sep } from "node:path";
import {
  type CalibrationProgress,
  calibrate,
  type EvaluationPool,
  NoFitError,
  type Snapshot,
  workOf,
} from "../../calibrate/calibrate.ts";
import type { EnsembleResult } from "../../calibrate/ensemble/document.ts";
import { ensembleText } from "../../calibrate/ensemble/file.ts";
import { type LoadedCalibration, loadCalibration } from "../../calibrate/file/load.ts";
import { presets } from "../../calibrate/presets.ts";
import type { CalibrationResult } from "../../calibrate/result.ts";
import { textsOf } from "../../documents/reading/files.ts";
import { ENGINE } from "../../experiment/result.ts";
import type { PortableCalibration } from "../../queue/kinds.ts";
import type { Contents } from "../../results/documents.ts";
import { calibrationText } from "../../terminal/calibrate.ts";
import { plainNumber } from "../../wording/estimate.ts";
import { engineText } from "../../wording/sample.ts";
import { count, grouped } from "../../wording/text.ts";
import type { Handler, Invocation } from "../command.ts";
import { asTyped, commandLine } from "../commandLine.ts";
import { CommandError, UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { carryThrough } from "../longWork.ts";
import { noteWarnings, told } from "../problems.ts";
import { readTold } from "../readResult.ts";
import { RESULT_WORDS, Saving } from "../saving.ts";
import { checkFile } from "../scenarios.ts";
import { colorsOf, note, noteSaved, screenOf } from "../screen.ts";
import type { World } from "../world.ts";

export const handle: Handler = async (world, invocation) => {
  const { options, operands } = invocation;
  const [file] = operands;
  const loaded = await load(world, invocation);
  const { calibration } = loaded;
  const store = new Store(world, options.out ?? `out/calibrate-${calibration.name}`, {
    file,
    loaded,
  });
  const from = options.resume ? store.resume() : undefined;
  if (!options.resume && !options.force) store.refuseToReplaceUnfinished();

  const result = await carryOut(world, invocation, loaded, store, from);
  if (result === undefined) {
    note(world, options.quiet, "interrupted before any point was evaluated: nothing is kept");
    return EXIT.interrupted;
  }
  store.keep(result, commandLine(["faultline", "calibrate", file, ...repeated(invocation)]));
  print(world, invocation, result);
  noteSaved(world, options.quiet, store.folder);
  if (!result.interrupted) return EXIT.ok;
  const again = commandLine(["faultline", "calibrate", file, ...repeated(invocation), "--resume"]);
  note(
    world,
    options.quiet,
    `${colorsOf(world, world.stderr).dim("go on")}   ${asTyped(world, again)}`,
  );
  return EXIT.interrupted;
};

/** Options that decide what is calibrated and where it is kept. */
function repeated({ options: { ensemble, seed, out } }: Invocation): string[] {
  return [
    ...(ensemble === undefined ? [] : ["--ensemble", String(ensemble)]),
    ...(seed === undefined ? [] : ["--seed", seed]),
    ...(out === undefined ? [] : ["--out", out]),
  ];
}

async function load(
  world: World,
  { operands: [file], options }: Invocation,
): Promise<LoadedCalibration> {
  checkFile(world, file);
  try {
    const { seed, ensemble } = options;
    const loaded = await loadCalibration(file, { files: world.sources(file), seed, ensemble });
    noteWarnings(world, options.quiet, loaded.warnings);
    return loaded;
  } catch (error) {
    throw told(world, error);
  }
}

async function carryOut(
  world: World,
  invocation: Invocation,
  { calibration, sources }: LoadedCalibration,
  store: Store,
  from: Snapshot | undefined,
): Promise<CalibrationResult | undefined> {
  const { options, operands } = invocation;
  const { jobs = availableParallelism(), quiet, seed, ensemble } = options;
  const [file] = operands;
  try {
    return await carryThrough(world, "calibrate", workOf(calibration), quiet, async (hooks) => {
      const { signal } = hooks;
      const act = (pool?: EvaluationPool) =>
        calibrate(calibration, {
          jobs,
          pool,
          signal,
          onProgress: (share, progress) => hooks.onProgress(share, remarkOf(progress)),
          onSnapshot: (snapshot) => store.snapshot(snapshot),
          ...(from && { from }),
        });
      if (options.queue === undefined) return await act();
      const { withPool } = await import("../queues.ts");
      const { EVALUATIONS: kind } = await import("../../queue/kinds.ts");
      const asked: PortableCalibration = { file, seed, ensemble, files: textsOf(sources) };
      return await withPool(options.queue, hooks, { kind, data: jsonText(asked) }, act);
    });
  } catch (error) {
    if (!(error instanceof NoFitError)) throw error;
    throw new CommandError(
      error.message,
      EXIT.thresholdOpen,
      "Widen ranges, start elsewhere, or raise the replications of the first level.",
    );
  }
}

function remarkOf({ phase, evaluations, loss, replications }: CalibrationProgress): string {
  if (phase === "final") return "fits and intervals";
  if (phase === "ensemble") return `ensemble, ${count(evaluations, "evaluation")}`;
  const best = Number.isFinite(loss) ? plainNumber(Number(loss.toPrecision(3))) : "undefined";
  return `${phase}, ${count(evaluations, "evaluation")}, best loss ${best} at ${grouped(replications)} replications`;
}

function print(world: World, { options }: Invocation, result: CalibrationResult): void {
  world.stdout.write(options.json ? jsonText(result) : calibrationText(result, screenOf(world)));
}

// ---------------------------------------------------------------- the folder of results

/** Milliseconds between two states that are kept. */
const STATE_INTERVAL = 2000;

/** `inputs` is what decides the result: the seed, and the hash of every file by its path from the targets file. */
type State = Contents["calibrate-state"];

class Store {
  readonly folder: string;
  private readonly world: World;
  private readonly file: string;
  private readonly loaded: LoadedCalibration;
  private readonly inputs: Readonly<Record<string, string>>;
  private latest: Snapshot | undefined;
  private kept = Number.NEGATIVE_INFINITY;

  constructor(
    world: World,
    folder: string,
    { file, loaded }: { readonly file: string; readonly loaded: LoadedCalibration },
  ) {
    this.world = world;
    this.folder = folder;
    this.file = file;
    this.loaded = loaded;
    this.inputs = {
      seed: loaded.calibration.seed,
      ...Object.fromEntries(
        [...loaded.sources].map(([path, content]) => [this.fromTargets(path), hashOf(content)]),
      ),
    };
  }

  /** The snapshot that an interrupted calibration left. */
  resume(): Snapshot {
    const state = this.readState();
    if (state === undefined)
      throw new UsageError(
        `there is nothing to resume in ${this.folder}`,
        "Leave out --resume to begin, or name the folder with --out DIR.",
      );
    const differences = this.differencesTo(state);
    if (differences.length > 0)
      throw new CommandError(
        `${this.folder}/state.json belongs to another calibration: ${differences.join(", ")}`,
        EXIT.storeMismatch,
        "Begin anew with --force, or in another folder with --out DIR.",
      );
    this.latest = { search: state.search, best: state.best };
    return this.latest;
  }

  refuseToReplaceUnfinished(): void {
    const state = this.readState();
    if (state === undefined || state.finished) return;
    throw new UsageError(
      `${this.folder} holds a calibration that is not finished`,
      "Go on with --resume, begin anew with --force, or choose another folder with --out DIR.",
    );
  }

  snapshot(snapshot: Snapshot): void {
    this.latest = snapshot;
    const now = this.world.clock();
    if (now - this.kept < STATE_INTERVAL) return;
    this.kept = now;
    const saving = this.saving();
    this.addState(saving, false);
    saving.commit();
  }

  /** Writes presets, result, ensemble and state. @param command what is typed to have the same again */
  keep(result: CalibrationResult, command: string): void {
    const fitted = result.parameters.map((parameter) => parameter.fitted);
    const files = presets(this.loaded.calibration.parameters, fitted, {
      provenance: this.provenanceOf(result),
      sourceOf: (path) => textOf(this.loaded.sources.get(path) ?? ""),
      rebase: (preset, path, name) => {
        const to = relative(dirname(join(this.folder, preset)), join(dirname(path), name));
        return to.split(sep).join("/");
      },
    });
    const saving = this.saving();
    for (const { name, text } of files) saving.add(name, text);
    saving.add("calibration.json", jsonText(result));
    const { ensemble } = result;
    if (ensemble !== undefined)
      saving.add("ensemble.csv", ensembleText(ensemble, this.originOf(result, ensemble, command)));
    this.addState(saving, !result.interrupted);
    saving.commit();
  }

  /** Where an ensemble comes from. */
  private originOf(
    { seed }: CalibrationResult,
    { size, waves, points, candidates, moves, replications, ...found }: EnsembleResult,
    command: string,
  ): string[] {
    const { version, semantics } = ENGINE;
    return [
      `Ensemble of ${size} parameter sets in proportion to their likelihood, by Faultline ${version} (semantics ${semantics})`,
      ...Object.entries(this.inputs)
        .filter(([name]) => name !== "seed")
        .map(([name, hash]) => `input: ${name} (sha256 ${hash})`),
      `seed: ${seed}`,
      `command: ${command}`,
      `simulated: ${count(waves, "wave")} of ${count(points, "point")} and ${count(candidates, "candidate")}, ${count(replications, "replication")} per scenario`,
      `drawn: ${found.distinct} different ones, of candidates worth ${Math.round(found.effective)} independent draws`,
      ...(found.accepted === null
        ? []
        : [`moved: ${count(moves, "time")} each, ${Math.round(100 * found.accepted)} % accepted`]),
    ];
  }

  private provenanceOf(result: CalibrationResult): string[] {
    const { search, loss, replications, interrupted, seed, parameters } = result;
    const { version, semantics } = ENGINE;
    return [
      `Calibrated by Faultline ${version} (semantics ${semantics})${interrupted ? ", interrupted: the best point so far" : ""}`,
      `targets: ${basename(this.file)} (sha256 ${this.inputs[basename(this.file)]})`,
      `seed: ${seed}`,
      `search: ${count(search.evaluations, "evaluation")}, loss ${rounded(search.loss)} at ${count(search.replications, "replication")} per scenario`,
      ...(interrupted
        ? []
        : [
            `loss: ${rounded(loss.fitted)} (start ${rounded(loss.start)}) in ${count(replications, "fresh replication")} per scenario`,
          ]),
      ...parameters.map(
        ({ path, in: file, start, fitted }) =>
          `${file === undefined ? "" : `${file}: `}${path}: ${start} → ${fitted}`,
      ),
      "",
    ];
  }

  private addState(saving: Saving, finished: boolean): void {
    if (this.latest === undefined) return;
    const { search, best } = this.latest;
    const { inputs } = this;
    const schema = "faultline/calibrate-state@1";
    const state = { schema, engine: ENGINE, inputs, finished, search, best };
    saving.add("state.json", jsonText(state));
  }

  private saving(): Saving {
    return new Saving(this.world.files, this.folder, RESULT_WORDS);
  }

  private readState(): State | undefined {
    const path = `${this.folder}/state.json`;
    if (!this.world.files.exists(path)) return undefined;
    const text = textOf(this.world.sources(path).read(path));
    const wanted = { kinds: ["calibrate-state"], takes: "it is to be" } as const;
    return readTold(this.world, text, path, wanted);
  }

  private differencesTo({ engine, inputs, search, best }: State): string[] {
    const { parameters, targets } = this.loaded.calibration;
    const counts = [search.options.dimension, best.length || targets.length];
    const names = new Set([...Object.keys(inputs), ...Object.keys(this.inputs)]);
    const differences = [...names].filter((name) => inputs[name] !== this.inputs[name]);
    return [
      ...(counts[0] === parameters.length && counts[1] === targets.length
        ? []
        : [`it has ${count(counts[0], "parameter")} and ${count(counts[1], "target")}`]),
      ...(engine.semantics === ENGINE.semantics && engine.version === ENGINE.version
        ? []
        : [engineText(engine)]),
      ...differences.map((name) => {
        if (inputs[name] === undefined) return `${name} is new`;
        return this.inputs[name] === undefined ? `${name} is gone` : `${name} has changed`;
      }),
    ];
  }

  private fromTargets(path: string): string {
    return relative(dirname(this.file), path).split(sep).join("/");
  }
}

function textOf(content: string | Uint8Array): string {
  const text = typeof content === "string" ? content : new TextDecoder().decode(content);
  return text.replace(/^\ufeff/, "");
}

function hashOf(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

const rounded = (loss: number | null) =>
  loss === null ? "undefined" : String(Number(loss.toPrecision(4)));
