// Spans as OTLP/JSON writes them (opentelemetry.io/docs/specs/otlp, encoding of protobuf in JSON): whole numbers of 64 bits as
// text, times in nanoseconds, identifiers in hexadecimal digits.

/** 2026-01-01T00:00:00Z in microseconds, which are ticks: where simulated time begins. */
const EPOCH = 1_767_225_600_000_000;

export type Value =
  | { readonly stringValue: string }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly boolValue: boolean }
  | { readonly arrayValue: { readonly values: readonly Value[] } };

export interface Attribute {
  readonly key: string;
  readonly value: Value;
}

/** What an attribute can be made of: text, a yes or no, a count, an amount that need not be whole, or several texts. */
export type Plain = string | boolean | number | { readonly amount: number } | readonly string[];

/** Attributes by their names; those without a value are left out. */
export type Facts = Record<string, Plain | undefined>;

/** A span that is being recorded. Times are ticks. */
export interface Span {
  readonly id: string;
  readonly parent?: string;
  readonly name: string;
  start: number;
  /** NaN as long as it has not ended. */
  end: number;
  readonly facts: Facts;
  readonly events: { readonly at: number; readonly name: string; readonly facts: Facts }[];
  /** Identifiers of the spans of the same trace that it builds on. */
  readonly links: Set<string>;
  /** How it failed, in a word. */
  error?: string;
}

/** One document: the spans of one trace. */
export function document(
  resource: Facts,
  scope: { readonly name: string; readonly version: string },
  trace: string,
  spans: readonly Span[],
) {
  const written = spans.map((span) => writtenSpan(trace, span));
  return {
    resourceSpans: [
      {
        resource: { attributes: attributes(resource) },
        scopeSpans: [{ scope, spans: written }],
      },
    ],
  };
}

const INTERNAL = 1;
const CLIENT = 3;
const ERROR = 2;

function writtenSpan(traceId: string, span: Span) {
  const { id, parent, name, start, end, facts, events, links, error } = span;
  return {
    traceId,
    spanId: id,
    ...(parent === undefined ? {} : { parentSpanId: parent }),
    name,
    // A call of a provider is a call of a service.
    kind: facts["gen_ai.provider.name"] === undefined ? INTERNAL : CLIENT,
    startTimeUnixNano: nanoseconds(start),
    endTimeUnixNano: nanoseconds(end),
    attributes: [...attributes(facts), ...attributes({ "error.type": error })],
    ...(events.length === 0 ? {} : { events: events.map(writtenEvent) }),
    ...(links.size === 0 ? {} : { links: [...links].map((spanId) => ({ traceId, spanId })) }),
    ...(error === undefined ? {} : { status: { code: ERROR } }),
  };
}

const writtenEvent = ({ at, name, facts }: Span["events"][number]) => ({
  timeUnixNano: nanoseconds(at),
  name,
  attributes: attributes(facts),
});

/** A tick is a thousand nanoseconds, and ticks are exact where nanoseconds are too many for a number. */
const nanoseconds = (ticks: number) => `${EPOCH + ticks}000`;

function attributes(facts: Facts): Attribute[] {
  const found: Attribute[] = [];
  for (const key in facts) {
    const plain = facts[key];
    if (plain !== undefined) found.push({ key, value: written(plain) });
  }
  return found;
}

function written(plain: Plain): Value {
  if (typeof plain === "string") return { stringValue: plain };
  if (typeof plain === "boolean") return { boolValue: plain };
  if (typeof plain === "number")
    return Number.isSafeInteger(plain) ? { intValue: `${plain}` } : { doubleValue: plain };
  if ("amount" in plain) return { doubleValue: plain.amount };
  return { arrayValue: { values: plain.map((stringValue) => ({ stringValue })) } };
}
