// faultline estimate: a scenario of one's own team from its logs, with a certificate and a page.
import { dirname, relative, resolve, sep } from "node:path";
import { stdin } from "node:process";
import { stemOf } from "../../documents/names.ts";
import { documentOf, type EstimateResult } from "../../estimate/document.ts";
import { type EstimatedTeam, estimateTeam, type Like } from "../../estimate/estimateTeam.ts";
import { Gatherer } from "../../estimate/gather.ts";
import { plainName } from "../../estimate/team/names.ts";
import { headerOf } from "../../estimate/writing/header.ts";
import { scenarioText } from "../../estimate/writing/scenarioFile.ts";
import { NothingReadError, readLogs } from "../../logs/read.ts";
import { NoSuchLogError } from "../../logs/reading/files.ts";
import { reportOf } from "../../pages/report/report.ts";
import { estimateResultText } from "../../terminal/estimate.ts";
import type { Handler, Invocation } from "../command.ts";
import { asTyped, commandLine } from "../commandLine.ts";
import { CommandError, UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { jsonText } from "../json.ts";
import { carryThrough, type LongWork } from "../longWork.ts";
import { told } from "../problems.ts";
import { RESULT_WORDS, Saving } from "../saving.ts";
import { checkFile, loadScenarios } from "../scenarios.ts";
import { colorsOf, note, noteSaved, screenOf } from "../screen.ts";
import type { World } from "../world.ts";

export const handle: Handler = async (world, invocation) => {
  const { operands, options } = invocation;
  const name = options.name ?? plainName(stemOf(operands[0].replace(/[/\\]+$/, "")), "team");
  const folder = options.out ?? `out/estimate-${name}`;
  const path = `${folder}/${name}.yaml`;
  const like = await likeOf(world, invocation, path);
  const found = await carryThrough(world, "estimate", 0, options.quiet, (hooks) =>
    read(invocation, hooks).then(async ({ gatherer, summary }) => ({
      summary,
      totals: gatherer.totals,
      team: await teamOf(world, gatherer, { name, path, like, hooks }),
    })),
  );
  const { summary, totals, team } = found;
  const result = documentOf({ name, like: options.like, read: summary, totals, team });
  const command = commandLine(["faultline", "estimate", ...operands, ...repeated(invocation)]);
  await save(world, folder, { result, team, command });
  world.stdout.write(options.json ? jsonText(result) : estimateResultText(result, screenOf(world)));
  noteSaved(world, options.quiet, folder);
  const next = asTyped(world, commandLine(["faultline", "run", path]));
  note(world, options.quiet, `${colorsOf(world, world.stderr).dim("go on")}   ${next}`);
  return EXIT.ok;
};

/** Options that decide what is estimated. */
function repeated({ options: { like, map, name } }: Invocation): string[] {
  const columns = map.flatMap((one) => Object.entries(one).map(([key, to]) => `${key}=${to}`));
  return [
    ...(like === undefined ? [] : ["--like", like]),
    ...columns.flatMap((pair) => ["--map", pair]),
    ...(name === undefined ? [] : ["--name", name]),
  ];
}

/** The scenario whose structure is taken over. */
async function likeOf(
  world: World,
  invocation: Invocation,
  path: string,
): Promise<Like | undefined> {
  const { like } = invocation.options;
  if (like === undefined) return undefined;
  checkFile(world, like);
  const [scenario] = await loadScenarios(world, { ...invocation, operands: [like] });
  const base = relative(resolve(dirname(path)), resolve(like))
    .split(sep)
    .join("/");
  return { scenario, base, files: world.sources(like) };
}

// ---------------------------------------------------------------- reading

/** Share of the work that reading is taken to be. */
const READING = 0.5;

/** @throws UsageError for a path that is missing, CommandError if there is no run at all */
async function read({ operands, options }: Invocation, { signal, onProgress }: LongWork) {
  const gatherer = new Gatherer();
  try {
    const summary = await readLogs(operands, {
      onRun: (run) => gatherer.take(run),
      map: Object.assign({}, ...options.map),
      onProgress: (done, total) =>
        onProgress(total === 0 ? 0 : (READING * done) / total, "reading"),
      signal,
      stdin,
    });
    return { gatherer, summary };
  } catch (error) {
    if (error instanceof NoSuchLogError) throw new UsageError(error.message);
    if (error instanceof NothingReadError)
      throw new CommandError(
        error.message,
        EXIT.invalidScenario,
        "See faultline estimate --help for what can be read; --map says how the columns of a table are called.",
      );
    throw error;
  }
}

interface Wanted {
  readonly name: string;
  readonly path: string;
  readonly like: Like | undefined;
  readonly hooks: LongWork;
}

async function teamOf(world: World, gatherer: Gatherer, wanted: Wanted): Promise<EstimatedTeam> {
  const { name, path, like, hooks } = wanted;
  try {
    return await estimateTeam(gatherer.runs(), {
      name,
      path,
      like,
      signal: hooks.signal,
      onProgress: (share, what) => hooks.onProgress(READING + (1 - READING) * share, what),
    });
  } catch (error) {
    if (error instanceof RangeError) throw new CommandError(error.message, EXIT.invalidScenario);
    throw told(world, error);
  }
}

// ---------------------------------------------------------------- saving

interface Saved {
  readonly result: EstimateResult;
  readonly team: EstimatedTeam;
  readonly command: string;
}

async function save(world: World, folder: string, { result, team, command }: Saved) {
  const yaml = scenarioText(team.draft, { header: headerOf(result, command), isUncertain: true });
  const page = await reportOf(
    [
      {
        result,
        origin: { command, scenarios: [{ name: result.name, yaml }] },
      },
    ],
    { format: "html" },
  );
  const saving = new Saving(world.files, folder, RESULT_WORDS);
  saving.add(result.scenario, yaml);
  saving.add("estimate.json", jsonText(result));
  saving.add("estimate.html", page);
  saving.commit();
}
