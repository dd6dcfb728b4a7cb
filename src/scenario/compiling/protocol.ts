// Compiles the phases of a protocol to a flat list of steps, and counts the turns that it can take at most.
import type {
  AgentsPlan,
  AggregateStep,
  AssignStep,
  CheckStep,
  Plan,
  SendStep,
  Step,
  TaskPlan,
  Until,
  WorkStep,
} from "../../model/plan.ts";
import { CHECK_KINDS } from "../../model/plan.ts";
import { agentResolver } from "../references.ts";
import type {
  AggregatePhase,
  AssignPhase,
  CheckPhase,
  EscalatePhase,
  Phase,
  RepeatPhase,
  Scenario,
  SendPhase,
  WorkPhase,
} from "../schema.ts";

type Protocol = Pick<Plan, "steps" | "aggregate" | "loops" | "workSteps" | "turnLimit">;

/** @throws RangeError for references to agents that are not there */
export function compileProtocol(scenario: Scenario, agents: AgentsPlan, task: TaskPlan): Protocol {
  const compiler = new ProtocolCompiler(scenario, agents, task);
  scenario.protocol.forEach((phase) => {
    compiler.append(phase);
  });
  const compiled = compiler.finish();
  const steps = compiled.map((step): Step => ({ ...BLANK_STEP, ...step }));
  return {
    steps,
    aggregate: steps[steps.length - 1] as AggregateStep,
    loops: compiler.loops,
    workSteps: compiler.workSteps,
    turnLimit: turnLimit(compiled, agents, task),
  };
}

/** Every field of every kind of step: with it all steps have one shape, which V8 reads faster than seven. */
const BLANK_STEP = {
  op: "",
  by: -1,
  who: new Int32Array(0),
  to: new Int32Array(0),
  from: new Int32Array(0),
  isTarget: new Uint8Array(0),
  kindOf: new Uint8Array(0),
  mode: "",
  routes: [],
  accuracy: 1,
  split: undefined,
  goal: undefined,
  what: "",
  of: "",
  how: "",
  until: "",
  onlyReady: false,
  broadcast: false,
  acceptedOnly: false,
  copies: 0,
  turns: 0,
  mostTurns: 0,
  batch: 0,
  observe: true,
  pace: 1,
  rounds: 0,
  index: 0,
  exit: 0,
  head: 0,
  lead: 0,
};

/** A word as V8 keeps names of properties: it compares those by place, and words that come from files letter by letter. */
function interned<Word extends string>(word: Word): Word {
  return Object.keys({ [word]: true })[0] as Word;
}

/** An escalation whose aggregator is not known yet. */
interface Escalation {
  readonly position: number;
  readonly until: Until;
  readonly asked: Int32Array | undefined;
  readonly exit: number;
}

class ProtocolCompiler {
  private readonly steps: Step[] = [];
  private readonly escalations: Escalation[] = [];
  loops = 0;
  workSteps = 0;
  private readonly scenario: Scenario;
  private readonly agents: AgentsPlan;
  private readonly task: TaskPlan;
  private readonly resolve: (references: readonly string[]) => number[];

  constructor(scenario: Scenario, agents: AgentsPlan, task: TaskPlan) {
    this.scenario = scenario;
    this.agents = agents;
    this.task = task;
    this.resolve = agentResolver(scenario);
  }

  append(phase: Phase): void {
    if (phase.repeat) this.appendRepeat(phase.repeat);
    else if (phase.escalate) this.appendEscalation(phase.escalate);
    else if (phase.assign) this.steps.push(this.assign(phase.assign));
    else if (phase.work) this.steps.push(this.work(phase.work));
    else if (phase.send) this.steps.push(this.send(phase.send));
    else if (phase.check) this.steps.push(this.check(phase.check));
    else if (phase.aggregate) this.steps.push(this.aggregate(phase.aggregate));
  }

  /** A loop has a head and an end, which know each other. */
  private appendRepeat({ rounds, until, phases }: RepeatPhase): void {
    const head = this.steps.length;
    const index = this.loops++;
    this.steps.push({ op: "again", head });
    for (const phase of phases) this.append(phase);
    this.steps.push({ op: "again", head });
    this.steps[head] = {
      op: "repeat",
      rounds,
      until: interned(until),
      index,
      exit: this.steps.length,
    };
  }

  /** What it waits for is known once the aggregator is: see `finish`. */
  private appendEscalation({ unless, among, phases }: EscalatePhase): void {
    const position = this.steps.length;
    this.steps.push({ op: "again", head: position });
    for (const phase of phases) this.append(phase);
    const asked = among && this.agentsOf(among);
    this.escalations.push({ position, until: interned(unless), asked, exit: this.steps.length });
  }

  /** All steps, once every phase is appended. */
  finish(): readonly Step[] {
    const last = this.steps[this.steps.length - 1] as AggregateStep;
    for (const { position, until, asked, exit } of this.escalations)
      this.steps[position] = {
        op: "escalate",
        until,
        goal: { ...last, from: asked ?? last.from },
        exit,
      };
    return this.steps;
  }

  private assign(phase: AssignPhase): AssignStep {
    const classes = Object.keys(this.scenario.task.classes);
    const routeOf = (name: string) => phase.routes[name] as string | undefined;
    return {
      op: "assign",
      by: this.one(phase.by),
      to: this.agentsOf(phase.to),
      mode: interned(phase.mode),
      copies: phase.k,
      routes: classes.map((name) => {
        const route = routeOf(name);
        return this.agentsOf(route === undefined ? [] : [route]);
      }),
      accuracy: phase.accuracy,
      split: phase.split && {
        ...phase.split,
        easy: this.agentsOf(phase.split.easy),
        hard: this.agentsOf(phase.split.hard),
      },
    };
  }

  private work(phase: WorkPhase): WorkStep {
    const { turns, onlyReady, batch, observe, pace } = phase;
    const index = this.workSteps++;
    const who = this.agentsOf(phase.who);
    const slowest = who.reduce(
      (least, agent) => Math.min(least, pace * this.agents.pace[agent]),
      1,
    );
    const { turnsPerClaim } = this.scenario.limits;
    const mostTurns = Math.ceil((turnsPerClaim * this.task.claims) / slowest);
    return { op: "work", who, turns, mostTurns, onlyReady, batch, observe, pace, index };
  }

  private send(phase: SendPhase): SendStep {
    const isTarget = new Uint8Array(this.agents.count);
    for (const agent of this.agentsOf(phase.to)) isTarget[agent] = 1;
    return {
      op: "send",
      from: this.agentsOf(phase.from),
      isTarget,
      what: interned(phase.what),
      broadcast: phase.broadcast,
    };
  }

  private check(phase: CheckPhase): CheckStep {
    const who = this.agentsOf(phase.by);
    const usual = (agent: number) =>
      this.agents.isOrchestrator[agent] === 1 ? "orchestrator" : "peer";
    const kindOf = new Uint8Array(this.agents.count);
    for (const agent of who) kindOf[agent] = CHECK_KINDS.indexOf(phase.as ?? usual(agent));
    return { op: "check", who, kindOf, of: interned(phase.of) };
  }

  /** A synthesis builds on its author's ledger: on what it accepted, where it checks. */
  private aggregate(phase: AggregatePhase): AggregateStep {
    const { how, k: lead } = phase;
    const by = this.one(phase.by);
    const isSynthesis = how === "synthesize";
    const checks = this.steps.some((step) => step.op === "check" && step.who.includes(by));
    const from = phase.from ? this.agentsOf(phase.from) : this.workers();
    return {
      op: "aggregate",
      how: interned(how),
      from: isSynthesis ? Int32Array.of(by) : from,
      by,
      lead,
      acceptedOnly: isSynthesis && checks,
    };
  }

  private agentsOf(references: readonly string[]): Int32Array {
    return Int32Array.from(this.resolve(references));
  }

  private one(reference: string | undefined): number {
    return reference === undefined ? -1 : this.resolve([reference])[0];
  }

  private workers(): Int32Array {
    const all = Array.from({ length: this.agents.count }, (_, agent) => agent);
    const isWorker = all.filter((agent) => this.agents.isOrchestrator[agent] === 0);
    return Int32Array.from(isWorker.length > 0 ? isWorker : all);
  }
}

/**
 * Most turns that the protocol can take. Where nothing limits an agent's work, the turns that it can use are taken as
 * the limit: every claim made once and once more, and a review.
 */
function turnLimit(steps: readonly Step[], agents: AgentsPlan, task: TaskPlan): number {
  const worked = new Float64Array(agents.count);
  let other = 0;
  let rounds = 1;
  const enclosing: number[] = [];
  for (const step of steps) {
    if (step.op === "repeat") {
      enclosing.push(rounds);
      rounds *= step.rounds;
    } else if (step.op === "again") {
      rounds = enclosing.pop() as number;
    } else if (step.op === "work") {
      for (const agent of step.who)
        worked[agent] += rounds * turnsOf(step, agents.pace[agent] * step.pace, task);
    } else if (step.op === "check") {
      other += rounds * step.who.length;
    } else if (step.op !== "send" && step.op !== "escalate" && step.by >= 0) {
      other += rounds;
    }
  }
  return worked.reduce((sum, turns, agent) => sum + Math.min(turns, agents.maxTurns[agent]), other);
}

/** Turns of one agent in one visit to a work step, on average where only some of the agents work. */
function turnsOf(step: WorkStep, pace: number, task: TaskPlan): number {
  const share = step.batch > 0 ? Math.min(1, step.batch / step.who.length) : 1;
  const usable = Math.ceil((2 * task.claims) / Math.min(1, pace)) + 1;
  return share * Math.min(step.turns, usable);
}
