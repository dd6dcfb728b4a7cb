// faultline replay: one replication as a page that plays it, of one team or of two side by side.
import { canBePaired, pairedBy } from "../../experiment/pairing.ts";
import type { ReplayDocument } from "../../experiment/replay/document.ts";
import { isInstructive, nextInstructive } from "../../experiment/replay/instructive.ts";
import { replaying } from "../../experiment/replay/watch.ts";
import { replayPage } from "../../pages/replay/page.ts";
import type { Scenario } from "../../scenario/schema.ts";
import { commonPrefix } from "../../wording/text.ts";
import type { Handler } from "../command.ts";
import { UsageError } from "../errors.ts";
import { EXIT } from "../exitCodes.ts";
import { replicationOf } from "../finding.ts";
import { jsonText } from "../json.ts";
import { following } from "../longWork.ts";
import { saveFile } from "../saving.ts";
import { loadScenarios, withValuesAlone } from "../scenarios.ts";
import { note } from "../screen.ts";

export const handle: Handler = async (world, invocation) => {
  const { operands, options } = invocation;
  if (operands.length > 2)
    throw new UsageError(
      `replay takes one FILE or two: ${operands[2]} is one too many`,
      "Two teams are played side by side.",
    );
  const scenarios = (await loadScenarios(world, invocation)).map((one) =>
    withValuesAlone(world, invocation, one, "replay"),
  );
  checkPair(scenarios);
  const { seed = scenarios[0].seed } = options;
  const replication = await replicationOf(world, invocation, scenarios[0]);
  const documents: ReplayDocument[] = [];
  for (const scenario of scenarios)
    documents.push(await following(world, replaying(scenario, { seed, replication })));
  if (options.json) {
    world.stdout.write(jsonText(documents.length === 1 ? documents[0] : documents));
    return EXIT.ok;
  }
  const target = targetOf(options.out, documents);
  saveFile(world.files, target, replayPage(documents));
  world.stdout.write(`${target}\n`);
  // A replication that was looked for needs no hint to another.
  if (!options.quiet && options.find === undefined && !isInstructive(documents)) {
    const next = await following(world, nextInstructive(scenarios, { seed, replication }));
    note(world, false, hintOf(documents, next));
  }
  return EXIT.ok;
};

/** @throws UsageError where two scenarios do not do the same tasks in a replication of one number */
function checkPair([first, second]: readonly Scenario[]): void {
  if (second === undefined) return;
  if (canBePaired(pairedBy(first), pairedBy(second))) return;
  throw new UsageError(
    `${first.name} and ${second.name} cannot be paired: they must agree in repeats, and in the tasks and the warm-up of a replication`,
  );
}

/** The file that was asked for; a file of its own in a folder that was asked for, or in out. */
function targetOf(out = "out", documents: readonly ReplayDocument[]): string {
  if (/\.html?$/i.test(out)) return out;
  const names = documents.map(({ scenario }) => scenario);
  const prefix = commonPrefix(names);
  const name = prefix + names.map((one) => one.slice(prefix.length)).join("-");
  return `${out}/${name}-replay-${documents[0].replication}.html`;
}

function hintOf(documents: readonly ReplayDocument[], next: number | undefined): string {
  const [{ replication }] = documents;
  const what =
    documents.length === 1
      ? `Nothing goes wrong in replication ${replication}`
      : `No fault of replication ${replication} ends differently in the two teams`;
  return next === undefined ? `${what}.` : `${what}; one to look at is --replication ${next}.`;
}
