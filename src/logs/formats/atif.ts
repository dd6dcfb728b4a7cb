// Trajectories of agents in the Agent Trajectory Interchange Format, versions 1.4 to 1.7, as Harbor writes them. The subagents of
// an agent, and what continues a trajectory, stand within it, in a document around both, or in files of the same folder: all of
// them are one run. Whether it solved its task stands in files beside it (`harborTrial.ts`).
import type { LogFormat, LogRecord, LogSink } from "../format.ts";
import { OpenRuns } from "../openRuns.ts";
import { isObject } from "../reading/pieces.ts";
import type { LoggedMessage, LoggedRun } from "../run.ts";
import { fieldsIn } from "../values.ts";
import { type AtifTurn, type Reference, type Trajectory, trajectoryOf } from "./atifTrajectory.ts";
import { outcomeOf, placeText, stated } from "./facts.ts";
import { type Trial, trialBeside } from "./harborTrial.ts";

export const atif: LogFormat = {
  name: "atif",
  title: "trajectories in ATIF",
  recognises: ({ value }) => documentsOf(value).length > 0,
  begin(sink) {
    const open = new OpenRuns<Trajectory>((_, all) => handOver(all, sink), MOST_WAITING);
    return {
      take: (record) => {
        for (const document of documentsOf(record.value))
          open.add(folderOf(record), trajectoryOf(document, record.place, sink));
      },
      end: () => open.endAll(),
    };
  },
};

/** Trajectories that wait for others of their folder. */
const MOST_WAITING = 10_000;

const folderOf = ({ place }: LogRecord) => place.file.replace(/[^/\\]*$/, "");

/** The trajectories of a document: itself, or those that stand side by side in it. */
function documentsOf(value: unknown) {
  return [value, ...Object.values(fieldsIn(value))].filter(
    (one) => isObject(one) && /^ATIF/i.test(String(one.schema_version)) && Array.isArray(one.steps),
  ) as Readonly<Record<string, unknown>>[];
}

/**
 * Makes runs of the trajectories of a folder: each that no other leads to, together with all that it leads to. What stands beside
 * them tells of the run if there is one only.
 */
function handOver(all: readonly Trajectory[], sink: LogSink): void {
  const led = new Set(all.flatMap((one) => linksOf(one, all).map(({ to }) => to)));
  const taken = new Set<Trajectory>();
  const gathered: Gathered[] = [];
  // Those that lead to each other in a circle come last.
  for (const root of [...all.filter((one) => !led.has(one)), ...all])
    if (!taken.has(root)) gathered.push(gather(root, all, taken));
  for (const run of gathered) sink.run(runOf(run, gathered.length === 1, sink));
}

interface Link {
  readonly to: Trajectory;
  /** Turns before it. */
  readonly after: number;
  readonly isContinuation: boolean;
}

/** What a trajectory leads to: what it refers to, and then what stands within it without being referred to. */
function linksOf(from: Trajectory, all: readonly Trajectory[]): Link[] {
  const others = [...from.embedded, ...all.filter((one) => one !== from)];
  const links = from.references.flatMap(({ after, isContinuation, to: reference }) => {
    const to = others.find((one) => isMeant(one, reference));
    return to === undefined ? [] : [{ to, after, isContinuation }];
  });
  const rest = from.embedded.filter((one) => !links.some(({ to }) => to === one));
  return [...links, ...rest.map((to) => ({ to, after: from.turns.length, isContinuation: false }))];
}

/** By the id, if the reference has one: a session may be shared by all trajectories of a run. */
function isMeant({ ids }: Trajectory, { own, file, session }: Reference["to"]): boolean {
  if (own !== undefined) return ids.own === own;
  return (
    (file !== undefined && ids.file === file) || (session !== undefined && ids.session === session)
  );
}

interface Gathered {
  /** The one that leads to the others first. */
  readonly trajectories: Trajectory[];
  readonly turns: AtifTurn[];
  readonly messages: LoggedMessage[];
}

/** A trajectory with all that it leads to; the turns of a subagent come after the turn that called it. */
function gather(root: Trajectory, all: readonly Trajectory[], taken: Set<Trajectory>): Gathered {
  const gathered: Gathered = { trajectories: [], turns: [], messages: [] };
  const add = (one: Trajectory) => {
    taken.add(one);
    gathered.trajectories.push(one);
    let told = 0;
    const tell = (until: number) => {
      gathered.turns.push(...one.turns.slice(told, until));
      told = Math.max(told, until);
    };
    for (const { to, after, isContinuation } of linksOf(one, all)) {
      if (taken.has(to)) continue;
      tell(after);
      if (!isContinuation) gathered.messages.push({ from: one.agent, to: to.agent });
      add(to);
      if (!isContinuation) gathered.messages.push({ from: to.agent, to: one.agent });
    }
    tell(one.turns.length);
  };
  add(root);
  return gathered;
}

function runOf(run: Gathered, isAlone: boolean, sink: LogSink): LoggedRun {
  const { trajectories, messages } = run;
  const { place, ids } = trajectories[0];
  const trial: Trial = isAlone ? trialBeside(place.file) : { isComplete: true };
  const begin = extreme(
    trajectories.map((one) => one.begin),
    Math.min,
  );
  const end = extreme(
    trajectories.map((one) => one.end),
    Math.max,
  );
  return stated<LoggedRun>({
    id: ids.own ?? ids.session ?? place.file,
    place: placeText(place),
    task: trial.task,
    success: outcomeOf(trial.reward, place, sink),
    seconds: begin === undefined || end === undefined ? undefined : end - begin,
    dollars: dollarsOf(trajectories),
    isComplete: trial.isComplete && trajectories.every((one) => one.isComplete),
    turns: inTime(run.turns).map(({ turn, at }) =>
      at === undefined || begin === undefined ? turn : { ...turn, start: at - begin },
    ),
    messages,
  });
}

function extreme(
  times: readonly (number | undefined)[],
  of: (a: number, b: number) => number,
): number | undefined {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? undefined : known.reduce((a, b) => of(a, b));
}

/** By their times, if all have one. */
function inTime(turns: readonly AtifTurn[]): readonly AtifTurn[] {
  if (turns.some(({ at }) => at === undefined)) return turns;
  return [...turns].sort((a, b) => a.at! - b.at!);
}

/** What the run cost, if its trajectories state more than their turns. */
function dollarsOf(trajectories: readonly Trajectory[]): number | undefined {
  if (trajectories.every(({ dollars }) => dollars === undefined)) return undefined;
  return trajectories
    .flatMap(({ dollars, turns }) =>
      dollars === undefined ? turns.map(({ turn }) => turn.dollars ?? 0) : [dollars],
    )
    .reduce((a, b) => a + b);
}
