// Spans of many traces, as they come, become runs.
import type { LogSink } from "../format.ts";
import { OpenRuns } from "../openRuns.ts";
import { TextSet } from "../textSet.ts";
import { AgentNames } from "./agentNames.ts";
import { runOf } from "./assemble.ts";
import type { Span } from "./span.ts";

/** Most spans that wait for others of their trace or conversation: some 30 MB of each. */
const MOST_SPANS = 50_000;

/**
 * Collects spans by their trace. A trace is a run, with one exception: a trace that is nothing but one turn, without any span
 * around it, is a step of a longer run if its conversation has several of them. Such traces become one run, with the id of the
 * first of them. A turn that has a span around it stays a run of its own, whatever session it names: several tasks may share one.
 */
export class SpanRuns {
  private readonly sink: LogSink;
  private readonly names = new AgentNames();
  private readonly closed = new TextSet();
  private readonly traces = new OpenRuns<Span>((trace, spans) => {
    this.closeTrace(trace, spans);
  }, MOST_SPANS);
  private readonly conversations = new OpenRuns<Span>((_, spans) => this.close(spans), MOST_SPANS);

  constructor(sink: LogSink) {
    this.sink = sink;
  }

  add(span: Span): void {
    if (!this.traces.has(span.trace) && this.closed.has(span.trace))
      this.sink.trouble("late", "spans", span.place);
    else this.traces.add(span.trace, span);
  }

  end(): void {
    this.traces.endAll();
    this.conversations.endAll();
  }

  private closeTrace(trace: string, spans: readonly Span[]): void {
    this.closed.add(trace);
    const conversation = conversationOfStep(spans);
    if (conversation === undefined) this.close(spans);
    else for (const span of spans) this.conversations.add(conversation, span);
  }

  private close(spans: readonly Span[]): void {
    const { trouble } = this.sink;
    const run = runOf(spans[0].trace, spans, this.names, (...told) => trouble(...told));
    if (run !== undefined) this.sink.run(run);
  }
}

/** The conversation of a trace that is one turn and nothing around it. */
function conversationOfStep(spans: readonly Span[]): string | undefined {
  const turns = spans.filter(({ kind }) => kind === "turn");
  const [turn] = turns;
  if (turns.length !== 1 || turn.parent !== undefined) return undefined;
  const isAlone = spans.every(({ kind }) => kind === "turn" || kind === "tool" || kind === "judge");
  return isAlone ? turn.conversation : undefined;
}
