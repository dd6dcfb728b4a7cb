// Spans as SDKs and viewers dump them: attributes as a plain object, ids in a context, in decimal or hexadecimal digits. Jaeger and
// Zipkin call attributes tags.
import type { LogFormat, LogRecord } from "../format.ts";
import { spanOf } from "../spans/conventions.ts";
import { attributesIn, type Envelope, idIn } from "../spans/envelope.ts";
import { SpanRuns } from "../spans/spanRuns.ts";
import { type Fields, fieldsIn, listIn, numberIn, textIn, timeIn, truthIn } from "../values.ts";

export const sdk: LogFormat = {
  name: "sdk",
  title: "spans as OpenTelemetry SDKs, Phoenix and Jaeger dump them",
  recognises: ({ value }) => traceOf(fieldsIn(value)) !== undefined,
  begin(sink) {
    const runs = new SpanRuns(sink);
    return {
      take(record) {
        const envelope = envelopeOf(record);
        if (envelope !== undefined) runs.add(spanOf(envelope));
      },
      end: () => runs.end(),
    };
  },
};

/**
 * The trace of a span: Python and Phoenix write it in a context, tables of Phoenix with dotted names, and JavaScript and Zipkin
 * beside the span's `id`; Jaeger has names of its own.
 */
function traceOf(span: Fields): string | undefined {
  const context = contextOf(span);
  const inContext = idIn(context.trace_id ?? context.traceId ?? span["context.trace_id"]);
  if (inContext !== undefined) return inContext;
  if (span.spanID !== undefined) return idIn(span.traceID);
  const isOfConsole =
    (span.attributes ?? span.tags) !== undefined &&
    span.timestamp !== undefined &&
    span.duration !== undefined;
  return isOfConsole ? idIn(span.traceId) : undefined;
}

const contextOf = (span: Fields) => fieldsIn(span.context ?? span._spanContext);

function envelopeOf({ value, place }: LogRecord): Envelope | undefined {
  const span = fieldsIn(value);
  const trace = traceOf(span);
  if (trace === undefined) return undefined;
  const context = contextOf(span);
  const parent = fieldsIn(span.parent ?? span.parentSpanContext);
  const start = momentIn(span.start_time ?? span.startTime ?? span.timestamp);
  const microseconds = numberIn(span.duration);
  const lasted =
    start === undefined || microseconds === undefined ? undefined : start + microseconds / 1e6;
  return {
    trace,
    id: idIn(
      context.span_id ?? context.spanId ?? span["context.span_id"] ?? span.id ?? span.spanID,
    ),
    parent: idIn(
      parent.span_id ??
        parent.spanId ??
        span.parent_id ??
        span.parentId ??
        span.parentSpanId ??
        parentReferredTo(span),
    ),
    place,
    name: textIn(span.name ?? span.operationName) ?? "",
    start,
    end: momentIn(span.end_time ?? span.endTime) ?? lasted,
    ...statusOf(span),
    attributes: attributesOf(span),
    events: listIn(span.events).map((event) => {
      const { name, attributes } = fieldsIn(event);
      return { name: textIn(name) ?? "", attributes: attributesIn(attributes) };
    }),
    links: listIn(span.links)
      .map((link) => {
        const { context, span_id } = fieldsIn(link);
        return idIn(fieldsIn(context).span_id ?? fieldsIn(context).spanId ?? span_id);
      })
      .filter((id) => id !== undefined),
  };
}

/** Jaeger writes parents among references. */
const parentReferredTo = ({ references }: Fields): unknown =>
  listIn(references)
    .map(fieldsIn)
    .find(({ refType }) => refType === "CHILD_OF")?.spanID;

function statusOf(span: Fields): Pick<Envelope, "hasFailed" | "reason"> {
  const status = fieldsIn(span.status);
  const tags = attributesIn(span.tags);
  const code =
    status.status_code ??
    status.code ??
    span.status_code ??
    span.status ??
    tags["otel.status_code"];
  return {
    hasFailed:
      numberIn(code) === 2 ||
      /error/i.test(textIn(code) ?? "") ||
      (tags.error !== undefined && truthIn(tags.error) !== false),
    reason: textIn(status.description ?? status.message ?? span.status_message) ?? "",
  };
}

/** Attributes as an object; tables have a column `attributes.NAME` for each, and the kind of the span beside them. */
function attributesOf(span: Fields): Fields {
  const kind = textIn(span.span_kind);
  const columns = Object.entries(span)
    .filter(([name]) => name.startsWith("attributes."))
    .map(([name, value]) => [name.slice("attributes.".length), value]);
  const attributes = attributesIn(span.attributes ?? span.tags);
  if (kind === undefined && columns.length === 0) return attributes;
  return { span_kind: kind, ...attributes, ...Object.fromEntries(columns) };
}

/** A time, also one that JavaScript writes as seconds and nanoseconds. */
function momentIn(value: unknown): number | undefined {
  if (!Array.isArray(value)) return timeIn(value);
  const [seconds, nanoseconds] = value.map(numberIn);
  return seconds === undefined ? undefined : seconds + (nanoseconds ?? 0) / 1e9;
}
