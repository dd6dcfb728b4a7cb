// What a span tells, whatever the tool that wrote it.
import type { Place } from "../format.ts";

/**
 * - `turn`: a call of a model
 * - `tool`: a call of a tool
 * - `agent`: an agent at work, with its turns inside
 * - `judge`: an evaluation of the span that it stands in
 * - `message`: something that one agent tells another
 * - `facts`: no span, but what is known of the trace as a whole
 */
export type SpanKind = "turn" | "tool" | "agent" | "judge" | "message" | "facts" | "other";

/** Names, numbers and verdicts of a span; none of its texts. */
export interface Span {
  readonly trace: string;
  readonly id?: string | undefined;
  readonly parent?: string | undefined;
  readonly place: Place;
  readonly kind: SpanKind;
  /** The agent that the span names: the one that acts in it. */
  readonly agent?: string | undefined;
  readonly agentId?: string | undefined;
  readonly model?: string | undefined;
  readonly tool?: string | undefined;
  /** Seconds since 1970. */
  readonly start?: number | undefined;
  readonly end?: number | undefined;
  readonly inputTokens?: number | undefined;
  readonly cachedTokens?: number | undefined;
  readonly outputTokens?: number | undefined;
  readonly dollars?: number | undefined;
  readonly failure?: "error" | "timeout" | undefined;
  readonly evaluations?: readonly Evaluation[] | undefined;
  /** Ids of spans that it builds on. */
  readonly links?: readonly string[] | undefined;
  readonly makes?: string | undefined;
  readonly reviews?: readonly SpanReview[] | undefined;
  readonly message?: SpanMessage | undefined;
  /** Who called the agent, and whom it hands over to. */
  readonly caller?: string | undefined;
  readonly transfersTo?: string | undefined;
  /** What several traces may have in common. */
  readonly conversation?: string | undefined;
  readonly task?: string | undefined;
}

export interface Evaluation {
  readonly name: string;
  readonly score?: number | undefined;
  readonly label?: string | undefined;
}

export interface SpanReview {
  readonly of?: string | undefined;
  readonly isAccepted: boolean;
  readonly isCorrect?: boolean | undefined;
}

export interface SpanMessage {
  readonly from: string;
  readonly to: string;
  readonly results?: number | undefined;
  readonly omitted?: number | undefined;
  readonly distorted?: number | undefined;
  readonly tokens?: number | undefined;
}
