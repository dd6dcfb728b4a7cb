// One document of every kind, as the commands write it: small, of few replications, made in memory.
import { jsonText } from "../../src/cli/json.ts";
import { documentOf } from "../../src/estimate/document.ts";
import { estimateTeam } from "../../src/estimate/estimateTeam.ts";
import { Gatherer } from "../../src/estimate/gather.ts";
import { COST } from "../../src/literature/cost/study.ts";
import { reproduce } from "../../src/literature/reproduce.ts";
import { queueAddress } from "../../src/queue/address.ts";
import { stateDocument } from "../../src/queue/board.ts";
import { SEMANTICS, VERSION } from "../../src/version.ts";
import { ONE, FILES as SCENARIOS, TARGETS } from "../calibrate/support.ts";
import { reproduction, comparison as shippedComparison, traces } from "../charts/support.ts";
import { memoryDisk } from "../cli/memoryDisk.ts";
import { FILES, faultline } from "../cli/memoryWorld.ts";
import { outcomeRuns } from "../estimate/teamSupport.ts";

const EXPERIMENT = `
name: team
scenarios: { single: demo-single.yaml, vote: demo-vote.yaml }
baseline: single
factors:
  agents: { path: agents.worker.count, values: [1, 3], only: vote }
  rate: { path: models.base.errorRate, from: 0.1, to: 0.4, count: 3 }
metrics: [success, amplification.task, turns]
precision: { success: 0.2 }
`;

/** Few evaluations: what is fitted does not matter here. */
const FIT = ONE.replace(
  /search:.*/s,
  "search: { levels: [{ replications: 80, evaluations: 12 }], descent: 4, polish: 4, final: 80 }\n",
);

/** Files that the commands below read. */
export const INPUTS = { ...FILES, ...SCENARIOS, "team.yaml": EXPERIMENT, [TARGETS]: FIT };

const STREAM = [
  ...["arrivals=poisson", "interval=60s", "tasks=5"].flatMap((set) => ["--set", `workload.${set}`]),
  ...["--set", "objectives.latency=60s"],
];

/** Files that commands wrote, by path; stdout under the name of the command. */
export interface Written {
  readonly [name: string]: string;
}

/** What commands print with --json and write into their folders. */
export async function writtenDocuments(): Promise<Written> {
  const printed = async (...args: string[]) => {
    const { code, stdout, stderr } = await faultline(args, { files: INPUTS });
    if (code !== 0 && code !== 5) throw new Error(`faultline ${args.join(" ")}: ${stderr}`);
    return stdout;
  };
  const one = "demo-edited.yaml";
  const few = ["--replications", "64"];
  const sweep = ["sweep", "team.yaml", "--jobs", "1"];
  const three = Object.keys(FILES);
  const kept = await faultline(["compare", ...three, "--baseline", "demo-single", ...few], {
    files: INPUTS,
  });
  const named = (ending: string) =>
    Object.entries(kept.written).find(([path]) => path.endsWith(ending))?.[1] as string;
  const calibrated = await faultline(["calibrate", TARGETS, "--jobs", "1"], { files: INPUTS });
  const planned = await faultline(["plan", "team.yaml", "--out", "p"], { files: INPUTS });
  const swept = await faultline(sweep, { files: INPUTS, disk: memoryDisk() });
  return {
    run: await printed("run", ...three, "--json", "--no-save", ...few),
    precise: await printed("run", one, "--json", "--no-save", "--precision", "success=0.1"),
    compare: named("result.json"),
    manifest: named("manifest.json"),
    sweep: swept.written["out/sweep-team/result.json"],
    "sweep-manifest": swept.written["out/sweep-team/manifest.json"],
    "dry-run": await printed(...sweep, "--dry-run", "--json"),
    status: await printed("status", "team.yaml", "--json", "--why"),
    plan: planned.written["p/plan.json"],
    trace: await printed("trace", one),
    lineage: await printed("trace", one, "--json", "--fault", "worker.1"),
    replay: await printed("replay", one, "--json"),
    calibrate: calibrated.written["out/calibrate-fit/calibration.json"],
    "calibrate-state": calibrated.written["out/calibrate-fit/state.json"],
    estimate: jsonText(await estimated()),
    score: await printed("score", ...three, "--json", ...few),
    choose: await printed(
      "choose",
      ...three,
      "--cap",
      "2560",
      "--json",
      "--no-save",
      "--jobs",
      "1",
    ),
    threshold: await printed(
      ...["threshold", one, "--find", "models.base.errorRate", "--until", "success=0.5"],
      ...["--json", "--no-save", "--jobs", "1"],
    ),
    importance: await printed(
      ...["importance", one, "--vary", "models.base.errorRate=0.1:0.4", "--size", "64"],
      ...["--json", "--no-save", "--jobs", "1"],
    ),
    improve: await printed(
      ...["improve", one, "--at-most", "2", "--json", "--no-save", "--jobs", "1"],
    ),
    queue: jsonText(
      stateDocument(queueAddress("redis://:secret@queue.example:6379"), {
        ...{ waiting: 12, active: 3, failed: 0, workers: 2 },
        engine: `${VERSION}, semantics ${SEMANTICS}`,
      }),
    ),
    studies: await printed("studies", "--json"),
    "reproduce-seeds": await printed(
      ...["reproduce", "taubench", "--seeds", "2", "--replications", "8", "--json", "--jobs", "1"],
    ),
    validate: await printed("validate", one, "--json"),
    inspect: await printed("inspect", one, "--staffing", "--json", ...STREAM, ...few),
  };
}

/** An estimate of a single agent. */
async function estimated() {
  const runs = outcomeRuns([2, 1, 0], 2, 3);
  const gatherer = new Gatherer();
  for (const run of runs) gatherer.take(run);
  const { totals } = gatherer;
  const team = await estimateTeam(runs, { name: "team", path: "team.yaml", replications: 64 });
  return documentOf({ name: "team", read: undefined, totals, team });
}

/** Results of shipped scenarios, with all that charts and reports have something for. */
export async function shippedDocuments(): Promise<Written> {
  const { log, lineage } = await traces();
  const text = (value: unknown) => JSON.stringify(value, undefined, 1);
  return {
    compare: text(await shippedComparison()),
    reproduce: text(await reproduction()),
    figures: text(await reproduce(COST, { replications: 64, seed: "documents", jobs: 1 })),
    trace: log.events.map((event) => `${JSON.stringify(event)}\n`).join(""),
    lineage: text(lineage),
  };
}
