// Revising: an agent that has seen other answers to a claim decides which one it stands by. It draws in proportion to its
// beliefs, and then believes what it says a little more: the Dirichlet-multinomial urn of Choi et al., "Debate or Vote"
// (arXiv 2508.17536). Without discernment the mean accuracy of agents that believe each other alike does not change
// by talking; only their agreement grows.
import type { TaskCase } from "../case.ts";
import { REVISE } from "../decisions.ts";
import { CONTESTED, firstOf } from "../marks.ts";
import { FIELD } from "../outcome.ts";

/** Claims of a word on which an agent has seen answers that differ from the one it stands by. */
export function disputed({ marks }: TaskCase, agent: number, word: number): number {
  return marks.standing(agent, word) & marks.bits[marks.row(agent, word) + CONTESTED];
}

/** Decides on every claim of the agent's ledger that is disputed. */
export function revise(task: TaskCase, agent: number): void {
  for (let word = 0; word < task.marks.words; word++)
    for (let rest = disputed(task, agent, word); rest !== 0; rest &= rest - 1)
      reviseClaim(task, agent, firstOf(word, rest));
}

function reviseClaim(task: TaskCase, agent: number, claim: number): void {
  const { beliefs, versions } = task;
  const slot = task.slot(agent, claim);
  const before = task.held[slot];
  const rival = draw(task, agent, claim, slot);
  task.changes++;
  if (rival > 0) task.adopt(agent, claim, rival);
  beliefs.held[slot] += task.plan.agents.belief.self[agent];
  if (rival === 0) return;
  const was = versions.isErroneous(before);
  const is = versions.isErroneous(task.held[slot]);
  if (was && !is) task.outcome[FIELD.corrected]++;
  if (!was && is) task.outcome[FIELD.misled]++;
  task.observer?.revised?.(task, agent, before, task.held[slot]);
}

/** The rival whose answer is drawn; 0: the answer held. */
function draw(task: TaskCase, agent: number, claim: number, slot: number): number {
  const { beliefs, held } = task;
  let total = weigh(task, agent, held[slot], beliefs.held[slot]);
  for (let rival = beliefs.first[slot]; rival !== 0; rival = beliefs.next[rival])
    total += weigh(task, agent, beliefs.version[rival], beliefs.weight[rival]);
  const key = task.plan.agents.key[agent];
  let rest = total * task.draws.uniform(REVISE, key, claim, task.revisions);
  rest -= weigh(task, agent, held[slot], beliefs.held[slot]);
  let rival = rest < 0 ? 0 : beliefs.first[slot];
  // The last rival is taken where rounding leaves something over.
  while (rival !== 0 && beliefs.next[rival] !== 0) {
    rest -= weigh(task, agent, beliefs.version[rival], beliefs.weight[rival]);
    if (rest < 0) break;
    rival = beliefs.next[rival];
  }
  return total > 0 ? rival : 0;
}

/** What fatigue leaves of an eye for what is right: as much as a lack of ability would. */
const dulled = (discernment: number, weariness: number) =>
  1 + (discernment - 1) * Math.exp(-weariness);

function weigh(task: TaskCase, agent: number, version: number, weight: number): number {
  if (task.versions.isErroneous(version)) return weight;
  const factor = task.plan.agents.belief.discernment[agent];
  return weight * (task.weariness === 0 ? factor : dulled(factor, task.weariness));
}
