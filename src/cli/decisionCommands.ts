// The commands that decide: what to choose, what matters, what to improve, and up to where.
import type { Command } from "./command.ts";
import { PRINTED, UNCERTAIN } from "./sharedOptions.ts";

/** How uncertain numbers, draws and values are asked for. */
const ASKED = [...UNCERTAIN, "seed", "set"] as const;
/** Where the result goes. */
const SAVED = ["out", "jobs", "queue", "no-save", ...PRINTED] as const;

export const DECISIONS: readonly Command[] = [
  {
    name: "choose",
    operands: "FILE...",
    summary: "Choose the best of several scenarios, with a guarantee",
    description:
      "Observes all scenarios on the same tasks with the same random numbers, block by block, and drops each as soon as it is known to be worse than another one or to break a constraint. It ends when the best is known with the given confidence, or with --within when no other one is better by more. If that is still open at the cap, the exit code is 5, as where no scenario meets the constraints. Any metric will do that is of one scenario alone. The result is saved in a folder under out/. An interrupted command goes on where it stopped.",
    options: [
      "metric:choose",
      "goal:choose",
      "confidence",
      "within:choose",
      "constraint:choose",
      "cap:choose",
      ...ASKED,
      ...SAVED,
    ],
    examples: {
      "faultline choose scenarios/kim2025/finance-agent-*.yaml":
        "Choose the architecture that succeeds most often",
      "faultline choose a.yaml b.yaml c.yaml --metric cost --constraint 'success>=0.9'":
        "Choose the cheapest of those that succeed in 90 % of the tasks",
      "faultline choose a.yaml b.yaml --within 0.01 --confidence 99%":
        "Be content with what is within one point of the best",
    },
    load: () => import("./commands/choose.ts"),
  },
  {
    name: "importance",
    operands: "FILE",
    summary: "Say which number decides, and what weakens the team",
    description:
      "Says which of the numbers that are not known exactly decides a metric. Such numbers are the uncertain ones of the scenario, and those with a range by --vary. It prints the part of each in the variance (Sobol' indices and Shapley effects, with 95 % intervals), what is noise of the simulation, and by how much the answer's interval would shrink if the first ones were measured. With more than 15 numbers, a screening holds those that do little. Then it says which agents, models, edges, checks and claims weaken the team: what the metrics would be if each were perfect, absent or ten percent better. The result is saved in a folder under out/. An interrupted command goes on where it stopped.",
    options: [
      "metric:importance",
      "vary:importance",
      "group",
      "only",
      "replications:importance",
      "size",
      ...ASKED,
      ...SAVED,
    ],
    examples: {
      "faultline importance team.yaml": "Explain success by the uncertain numbers of the scenario",
      "faultline importance team.yaml --vary models.base.errorRate=0.02:0.2:log --vary agents.lead.checks.orchestrator.recall=0.3:0.9":
        "Explain it by two numbers of which only bounds are known",
      "faultline importance team.yaml --metric loss.total --group prices=models.small.price.output,models.large.price.output":
        "Explain the loss, with two uncertain prices as one",
    },
    load: () => import("./commands/importance.ts"),
  },
  {
    name: "improve",
    operands: "FILE",
    summary: "Say what to buy first under a budget: a check, a model, a round, a person",
    description:
      "Searches for the changes of a scenario that make a metric better. The changes are those that the file states under improvements, or else those that follow from the scenario itself: a self-check, a check by a peer or the orchestrator, a second opinion of another family, another model for one agent, one more round, a vote, more tokens, sending twice, a person for risky cases, a router. It prints the first step with its certainty, the best changes of each number, what each brings alone, and which help or replace each other. Each step of the path is saved as a file to run. All are compared on the same tasks with the same random numbers.",
    options: ["goal", "budget:improve", "constraint", "at-most", ...ASKED, "all", ...SAVED],
    examples: {
      "faultline improve team.yaml": "Find what raises success most",
      "faultline improve team.yaml --goal loss --budget '$0.05' --at-most 3":
        "Find up to three changes that lower the loss for at most five cents a task",
      "faultline improve team.yaml --goal totalCost --constraint 'latency.p95 <= 600'":
        "Find what saves most while 95 % of the tasks end within ten minutes",
    },
    load: () => import("./commands/improve.ts"),
  },
  {
    name: "threshold",
    operands: "FILE...",
    summary: "Say up to which value of a number a metric keeps a level",
    description:
      "Searches the value of a number of the scenario at which a metric crosses a level, such as the error rate up to which success stays above 80 %, or the load up to which tasks are on time. With two files it is the value at which the two cross each other. All values are simulated on the same tasks with the same random numbers. The answer has a 95 % interval. Where nothing is crossed in the range, the exit code is 5. The result is saved in a folder under out/. An interrupted command goes on where it stopped.",
    options: ["find:threshold", "until", ...ASKED, ...SAVED],
    examples: {
      "faultline threshold team.yaml --find models.base.errorRate --until success=0.8":
        "Up to which error rate do 80 % of the tasks succeed?",
      "faultline threshold team.yaml single.yaml --find models.base.errorRate=0.01:0.5:log --until success":
        "Up to which error rate does the team beat the single agent?",
    },
    load: () => import("./commands/threshold.ts"),
  },
];
