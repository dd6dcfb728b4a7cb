// The events of a sample of Inspect AI: which agent called which model, which tools it called, and who handed on to whom. Events
// name the span in which they happen; before spans there were steps, which begin and end, and events within events.
import type { LoggedMessage, LoggedToolCall } from "../run.ts";
import { type Fields, fieldsIn, listIn, numberIn, textIn } from "../values.ts";
import { failureOf, stated } from "./facts.ts";
import { beginOf, type ModelCall, spanOf } from "./inspectTurn.ts";

export interface InspectEvents {
  readonly calls: readonly ModelCall[];
  readonly messages: readonly LoggedMessage[];
  /** Of the run, in seconds since 1970, its scoring left out. */
  readonly begin?: number | undefined;
  readonly end?: number | undefined;
}

/** Where events happen: in the span of an agent, if in any, and whether a scorer is at work. */
interface Scope {
  readonly agent: string;
  readonly isScoring: boolean;
  /** The agent that handed on to this one. */
  readonly from?: string;
}

const OUTERMOST: Scope = { agent: "agent", isScoring: false };

interface OpenCall extends ModelCall {
  readonly tools: { name?: string; hasFailed: boolean }[];
  toolSeconds?: number;
}

export function inspectEvents(events: readonly Fields[]): InspectEvents {
  const walk = new Walk();
  walk.all(events, OUTERMOST);
  return walk;
}

class Walk implements InspectEvents {
  readonly calls: OpenCall[] = [];
  readonly messages: LoggedMessage[] = [];
  begin?: number;
  end?: number;
  /** By the id of the span. */
  private readonly scopes = new Map<string, Scope>();
  /** Calls of tools by their id, with the call of a model that asked for them. */
  private readonly toolCalls = new Map<
    string,
    { readonly tool: OpenCall["tools"][number]; readonly by: OpenCall }
  >();

  all(events: readonly Fields[], outer: Scope): void {
    const steps = [outer];
    for (const event of events) {
      const around = steps.at(-1)!;
      const scope = this.scopes.get(textIn(event.span_id) ?? "") ?? around;
      const id = textIn(event.id) ?? "";
      const parent = this.scopes.get(textIn(event.parent_id) ?? "") ?? around;
      if (event.event === "span_begin") this.scopes.set(id, this.enter(parent, event));
      else if (event.event === "span_end") this.leave(this.scopes.get(id));
      else if (event.event === "step" && event.action === "begin")
        steps.push(this.enter(around, event));
      else if (event.event === "step" && steps.length > 1) this.leave(steps.pop());
      else this.one(event, scope);
      this.clock(event, scope);
    }
  }

  private one(event: Fields, scope: Scope): void {
    if (event.event === "model" && !scope.isScoring) this.model(event, scope);
    if (event.event === "tool" && !scope.isScoring) this.tool(event, scope);
    const inner = listIn(event.events).map(fieldsIn);
    if (inner.length === 0) return;
    const isHandedOn = textIn(event.agent) !== undefined;
    const within = this.enter(scope, isHandedOn ? { type: "agent", name: event.agent } : event);
    this.all(inner, within);
    this.leave(within);
  }

  private model(event: Fields, { agent }: Scope): void {
    const [choice] = listIn(fieldsIn(event.output).choices).map(fieldsIn);
    const asked = listIn(fieldsIn(choice?.message).tool_calls).map(fieldsIn);
    const by: OpenCall = { event, agent, tools: asked.map((call) => toolOf(call, false)) };
    for (const [i, call] of asked.entries())
      this.toolCalls.set(textIn(call.id) ?? "", { tool: by.tools[i], by });
    this.calls.push(by);
  }

  /** A tool that no call of a model asked for belongs to the latest turn of its agent. */
  private tool(event: Fields, { agent }: Scope): void {
    const hasFailed = failureOf(event.error) !== undefined || event.failed === true;
    const asked = this.toolCalls.get(textIn(event.id) ?? "");
    const by = asked?.by ?? this.latestOf(agent);
    if (asked !== undefined) asked.tool.hasFailed ||= hasFailed;
    else by?.tools.push(toolOf(event, hasFailed));
    const seconds = numberIn(event.working_time) ?? spanOf(event);
    // An agent that is called as a tool takes turns of its own.
    const isAgent = textIn(event.agent) !== undefined || listIn(event.events).length > 0;
    if (by !== undefined && seconds !== undefined && seconds >= 0 && !isAgent)
      by.toolSeconds = (by.toolSeconds ?? 0) + seconds;
  }

  private latestOf(agent: string): OpenCall | undefined {
    return this.calls.findLast((call) => call.agent === agent);
  }

  /** The scope of a span, step or subtask. An agent that has taken a turn hands on to one that begins within its scope. */
  private enter(outer: Scope, { type, name }: Fields): Scope {
    const isScoring = outer.isScoring || type === "scorer" || type === "scorers";
    const agent = (type === "agent" ? textIn(name) : undefined) ?? outer.agent;
    if (agent === outer.agent || this.latestOf(outer.agent) === undefined)
      return { agent, isScoring };
    this.messages.push({ from: outer.agent, to: agent });
    return { agent, isScoring, from: outer.agent };
  }

  /** What an agent was told to do is done: it reports. */
  private leave(scope: Scope | undefined): void {
    if (scope?.from === undefined) return;
    this.messages.push({ from: scope.agent, to: scope.from });
  }

  private clock(event: Fields, { isScoring }: Scope): void {
    const at = beginOf(event);
    if (at === undefined || isScoring) return;
    const seconds = numberIn(event.working_time) ?? numberIn(fieldsIn(event.output).time) ?? 0;
    this.begin = Math.min(this.begin ?? at, at);
    this.end = Math.max(this.end ?? at, at + seconds);
  }
}

function toolOf(call: Fields, hasFailed: boolean): LoggedToolCall & { hasFailed: boolean } {
  const name = textIn(call.function) ?? textIn(fieldsIn(call.function).name);
  return stated<LoggedToolCall>({ name, hasFailed });
}
