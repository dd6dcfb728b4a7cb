// Records what happens in a replication as spans, task by task: one for the task, one for each agent, one for each call, message
// and call of a tool. It watches the engine, and watching changes nothing.
import type { TaskCase } from "../../../model/case.ts";
import { CAUSES, DISTORTED, SYNTHESIZED } from "../../../model/causes.ts";
import { failedToolCalls, toolCalls } from "../../../model/mechanisms/making.ts";
import type { Observer } from "../../../model/observer.ts";
import { FIELD } from "../../../model/outcome.ts";
import { CHECK_KINDS, type Plan } from "../../../model/plan.ts";
import type { RootKey } from "../../../numerics/draws.ts";
import { VERSION } from "../../../version.ts";
import { TooLongError } from "../../inThread.ts";
import { Identifiers } from "./ids.ts";
import { document, type Facts, type Span } from "./spans.ts";

/** Most spans of one task: what fits into one line. */
const MOST_SPANS = 200_000;

/** A task in flight. */
interface Recording {
  readonly identifiers: Identifiers;
  /** Number of the task in its replication. */
  readonly number: number;
  readonly root: Span;
  /** By agent: the span of its part, and its last call. */
  readonly parts: (Span | undefined)[];
  readonly calls: (Span | undefined)[];
  /** Calls, messages and calls of tools, in the order in which they began. */
  readonly rest: Span[];
  /** By version: the span of the turn that made it. */
  readonly makers: (string | undefined)[];
  readonly messages: MessageRecord[];
}

/** What is known of a message before it is sent and while it is under way. */
interface MessageRecord {
  omitted: number;
  distorted: number;
  /** Output tokens and dollars of its text; undefined: it is one more copy of a broadcast. */
  text?: { readonly tokens: number; readonly dollars: number };
  span?: Span;
}

export interface RecorderOptions {
  readonly seed: string;
  readonly root: RootKey;
  /** By index of the model. */
  readonly modelNames: readonly string[];
  /** Takes each task as soon as it has ended: one line of OTLP/JSON without its end of line. */
  readonly onLine: (line: string) => void;
}

export class Recorder implements Observer<TaskCase> {
  at = 0;
  private readonly plan: Plan;
  private readonly options: RecorderOptions;
  private readonly recordings = new Map<TaskCase, Recording>();
  private replication = 0;
  private arrivals = 0;

  constructor(plan: Plan, options: RecorderOptions) {
    this.plan = plan;
    this.options = options;
  }

  /** Begins another replication. */
  enter(replication: number): void {
    this.replication = replication;
    this.arrivals = 0;
    this.recordings.clear();
  }

  arrived(task: TaskCase): void {
    const number = this.arrivals++;
    const identifiers = new Identifiers(this.options.root, this.replication, number);
    const root = this.span(identifiers, `invoke_workflow ${this.plan.name}`, {});
    this.recordings.set(task, {
      identifiers,
      number,
      root,
      parts: [],
      calls: [],
      rest: [],
      makers: [],
      messages: [],
    });
  }

  /** A call of the agent's turn passes its provider `wait` ticks from now. */
  called(task: TaskCase, agent: number, wait: number, work: number): void {
    const recording = this.of(task);
    const { names, kind, model, timeout } = this.plan.agents;
    const modelName = this.options.modelNames[model[agent]];
    const part = this.partOf(recording, agent);
    const isModel = kind[agent] === "model";
    const facts = {
      "gen_ai.operation.name": "chat",
      "gen_ai.provider.name": isModel ? "faultline" : undefined,
      "gen_ai.request.model": modelName,
      "gen_ai.response.model": modelName,
      "gen_ai.agent.name": names[agent],
      "faultline.agent.kind": isModel ? undefined : kind[agent],
    };
    const name = modelName === undefined ? "chat" : `chat ${modelName}`;
    const call = this.add(recording, name, facts, part.id);
    call.start = this.at + wait;
    if (task.callFails[agent] === 1)
      call.error = work >= timeout[agent] ? "timeout" : "provider_error";
    recording.calls[agent] = call;
  }

  paid(task: TaskCase, agent: number, input: number, output: number, dollars: number): void {
    const call = this.callOf(task, agent);
    const isModel = this.plan.agents.isModel[agent] === 1;
    const part = this.partOf(this.of(task), agent);
    if (Number.isNaN(part.end)) part.start = call.start;
    part.end = this.at;
    call.end = this.at;
    if (isModel) {
      call.facts["gen_ai.usage.input_tokens"] = input;
      call.facts["gen_ai.usage.output_tokens"] = output;
    }
    call.facts["faultline.cost"] = { amount: dollars };
  }

  turnEnded(task: TaskCase, agent: number): void {
    const call = this.callOf(task, agent);
    if (call.error !== undefined) call.facts["faultline.gave_up"] = true;
  }

  made(task: TaskCase, agent: number, version: number): void {
    const recording = this.of(task);
    const call = this.callOf(task, agent);
    const { versions } = task;
    const claim = versions.claim[version];
    const name = this.claim(claim);
    recording.makers[version] = call.id;
    call.facts["faultline.makes"] = joined(call.facts["faultline.makes"], name);
    this.tell(call, "gen_ai.evaluation.result", {
      ...evaluation("correct", !versions.isErroneous(version)),
      "faultline.claim": name,
      ...(versions.isErroneous(version)
        ? { "faultline.cause": CAUSES[versions.cause[version]].name }
        : {}),
    });
    const { premiseStart, premises } = this.plan.task;
    for (let edge = premiseStart[claim]; edge < premiseStart[claim + 1]; edge++) {
      const maker = this.makerOf(task, task.held[task.slot(agent, premises[edge])]);
      if (maker !== undefined && maker !== call.id) call.links.add(maker);
    }
    this.callTools(task, agent, claim, call);
  }

  checked(task: TaskCase, agent: number, kind: number, version: number, flagged: boolean): void {
    this.tell(this.callOf(task, agent), "faultline.review", {
      "faultline.review.kind": CHECK_KINDS[kind],
      "faultline.review.of": this.makerOf(task, version),
      "faultline.review.verdict": flagged ? "reject" : "accept",
      "faultline.review.correct": !task.versions.isErroneous(version),
      "faultline.claim": this.claim(task.versions.claim[version]),
    });
  }

  omitted(task: TaskCase, message: number): void {
    this.messageOf(task, message).omitted++;
  }

  written(task: TaskCase, message: number, tokens: number, dollars: number): void {
    this.messageOf(task, message).text = { tokens, dollars };
  }

  sent(task: TaskCase, message: number): void {
    const recording = this.of(task);
    const record = this.messageOf(task, message);
    const { mailbag } = task;
    const carried = mailbag.start[message + 1] - mailbag.start[message];
    const { names } = this.plan.agents;
    const facts = {
      "gen_ai.operation.name": "faultline.message",
      "faultline.from": names[mailbag.from[message]],
      "faultline.to": names[mailbag.to[message]],
      "faultline.results": carried + record.omitted,
      "faultline.omitted": record.omitted,
      "faultline.tokens": record.text?.tokens,
      "faultline.cost": record.text && { amount: record.text.dollars },
      "faultline.copy": record.text === undefined ? true : undefined,
    };
    record.span = this.add(recording, "send", facts, recording.root.id);
  }

  received(task: TaskCase, _agent: number, version: number): void {
    const { cause, carrier } = task.versions;
    if (cause[version] === DISTORTED) this.messageOf(task, carrier[version] - 1).distorted++;
  }

  delivered(task: TaskCase, message: number): void {
    const { span, distorted } = this.messageOf(task, message);
    if (span === undefined) return;
    span.end = this.at;
    span.facts["faultline.distorted"] = distorted;
  }

  finished(task: TaskCase): void {
    const recording = this.of(task);
    this.recordings.delete(task);
    this.tellSynthesis(task, recording);
    this.endRoot(task, recording);
    const spans = [recording.root, ...recording.parts, ...recording.rest].filter(
      (span) => span !== undefined && !Number.isNaN(span.end),
    );
    const resource = {
      "service.name": this.plan.name,
      "faultline.version": VERSION,
      "faultline.seed": this.options.seed,
    };
    const scope = { name: "faultline", version: VERSION };
    const traceId = recording.identifiers.trace();
    this.options.onLine(JSON.stringify(document(resource, scope, traceId, spans as Span[])));
  }

  /** Claims that went wrong when the deliverable was put together: faults of the turn that did it. */
  private tellSynthesis({ versions, deliverable, size }: TaskCase, { calls }: Recording): void {
    const call = calls[this.plan.aggregate.by];
    for (let claim = 0; call !== undefined && claim < size; claim++)
      if (versions.cause[deliverable[claim]] === SYNTHESIZED)
        this.tell(call, "faultline.fault", {
          "faultline.claim": this.claim(claim),
          "faultline.cause": CAUSES[SYNTHESIZED].name,
        });
  }

  private endRoot({ outcome }: TaskCase, { root, number, messages }: Recording): void {
    const { tasks, repeats } = this.plan;
    const overall = this.replication * tasks + number;
    root.end = this.at;
    Object.assign(root.facts, {
      "gen_ai.operation.name": "invoke_workflow",
      "gen_ai.workflow.name": this.plan.name,
      "faultline.task": `task-${Math.floor(overall / repeats)}`,
      "faultline.trial": overall % repeats,
      "faultline.replication": this.replication,
      "faultline.cost": { amount: outcome[FIELD.cost] },
    });
    if (outcome[FIELD.cutOff] === 1) root.error = "cut_off";
    if (outcome[FIELD.turnedAway] === 1) root.error = "turned_away";
    this.tell(
      root,
      "gen_ai.evaluation.result",
      evaluation("success", outcome[FIELD.success] === 1),
    );
    // What is on its way when a task is cut off does not arrive.
    for (const { span } of messages)
      if (span !== undefined && Number.isNaN(span.end)) span.end = this.at;
  }

  /** The calls of tools that a claim takes, which take no time of their own. */
  private callTools(task: TaskCase, agent: number, claim: number, call: Span): void {
    const count = toolCalls(task, claim);
    const failed = failedToolCalls(task, agent, claim, task.attempts[task.slot(agent, claim)] - 1);
    for (let i = 0; i < count; i++) {
      const facts = {
        "gen_ai.operation.name": "execute_tool",
        "gen_ai.tool.name": "tool",
        "gen_ai.agent.name": this.plan.agents.names[agent],
        "faultline.claim": this.claim(claim),
      };
      const tool = this.add(this.of(task), "execute_tool tool", facts, call.id);
      tool.end = this.at;
      if (i < failed) tool.error = "tool_error";
    }
  }

  /** The span of the turn that made a version, or what it is a copy of; undefined: no turn did. */
  private makerOf(task: TaskCase, version: number): string | undefined {
    const { makers } = this.of(task);
    let source = version;
    while (source > 0 && makers[source] === undefined) source = task.versions.parent[source];
    return makers[source];
  }

  /** The span of an agent's part in a task, from the beginning of its first call to the end of its last. */
  private partOf(recording: Recording, agent: number): Span {
    const { names, kind } = this.plan.agents;
    recording.parts[agent] ??= this.span(
      recording.identifiers,
      `invoke_agent ${names[agent]}`,
      {
        "gen_ai.operation.name": "invoke_agent",
        "gen_ai.agent.name": names[agent],
        "faultline.agent.kind": kind[agent] === "model" ? undefined : kind[agent],
      },
      recording.root.id,
    );
    return recording.parts[agent];
  }

  private messageOf(task: TaskCase, message: number): MessageRecord {
    const { messages } = this.of(task);
    messages[message] ??= { omitted: 0, distorted: 0 };
    return messages[message];
  }

  /**
   * Begins a span that belongs to a task.
   * @throws TooLongError
   */
  private add(recording: Recording, name: string, facts: Facts, parent: string): Span {
    const span = this.span(recording.identifiers, name, facts, parent);
    if (recording.rest.push(span) > MOST_SPANS)
      throw new TooLongError(this.plan.name, this.replication, `${MOST_SPANS} spans in a task`);
    return span;
  }

  /** A span that begins now and has not ended. */
  private span(ids: Identifiers, name: string, facts: Facts, parent?: string): Span {
    const place = parent === undefined ? {} : { parent };
    const { at } = this;
    const end = Number.NaN;
    return { id: ids.next(), ...place, name, start: at, end, facts, events: [], links: new Set() };
  }

  private tell(span: Span, name: string, facts: Facts): void {
    span.events.push({ at: this.at, name, facts });
  }

  private of(task: TaskCase): Recording {
    return this.recordings.get(task) as Recording;
  }

  /** The last call of an agent that is in a turn. */
  private callOf(task: TaskCase, agent: number): Span {
    return this.of(task).calls[agent] as Span;
  }

  private claim(claim: number): string {
    return this.plan.task.claimNames[claim];
  }
}

const evaluation = (name: string, isGood: boolean): Facts => ({
  "gen_ai.evaluation.name": name,
  "gen_ai.evaluation.score.value": { amount: isGood ? 1 : 0 },
  "gen_ai.evaluation.score.label": isGood ? "pass" : "fail",
});

/** One name, or several where a turn makes several claims. */
function joined(before: Facts[string], name: string): Facts[string] {
  if (typeof before === "string") return [before, name];
  return Array.isArray(before) ? [...before, name] : name;
}
