// OTLP as JSON: exported batches, by the line or as a document, and single spans in the same writing.
import type { LogFormat, LogRecord, Place } from "../format.ts";
import { spanOf } from "../spans/conventions.ts";
import { attributesIn, type Envelope, idIn } from "../spans/envelope.ts";
import { SpanRuns } from "../spans/spanRuns.ts";
import { type Fields, fieldsIn, listIn, numberIn, textIn, timeIn } from "../values.ts";

export const otlp: LogFormat = {
  name: "otlp",
  title: "OTLP/JSON with GenAI or OpenInference attributes",
  recognises({ value }) {
    const fields = fieldsIn(value);
    return Array.isArray(scopesIn(fields)) || isSpan(fields);
  },
  begin(sink) {
    const runs = new SpanRuns(sink);
    return {
      take(record) {
        for (const envelope of envelopesIn(record)) runs.add(spanOf(envelope));
      },
      end: () => runs.end(),
    };
  },
};

/** The spans of a resource come in scopes, which were once called libraries. */
const scopesIn = (fields: Fields): unknown =>
  fields.scopeSpans ??
  fields.scope_spans ??
  fields.instrumentationLibrarySpans ??
  fields.instrumentation_library_spans;

const isSpan = (fields: Fields) =>
  (fields.traceId !== undefined && fields.spanId !== undefined) ||
  (fields.trace_id !== undefined &&
    fields.span_id !== undefined &&
    fields.start_time_unix_nano !== undefined);

function* envelopesIn({ value, place }: LogRecord): Generator<Envelope> {
  const fields = fieldsIn(value);
  const scopes = scopesIn(fields);
  if (scopes === undefined) yield* envelope(fields, place);
  else
    for (const scope of listIn(scopes))
      for (const span of listIn(fieldsIn(scope).spans)) yield* envelope(fieldsIn(span), place);
}

/** A span as it was written; none if it belongs to no trace. */
function* envelope(span: Fields, place: Place): Generator<Envelope> {
  const trace = idIn(span.traceId ?? span.trace_id);
  if (trace === undefined) return;
  const status = fieldsIn(span.status);
  yield {
    trace,
    id: idIn(span.spanId ?? span.span_id),
    parent: idIn(span.parentSpanId ?? span.parent_span_id),
    place,
    name: textIn(span.name) ?? "",
    start: momentIn(span.startTimeUnixNano ?? span.start_time_unix_nano ?? span.startTime),
    end: momentIn(span.endTimeUnixNano ?? span.end_time_unix_nano ?? span.endTime),
    hasFailed: numberIn(status.code) === 2 || /error/i.test(textIn(status.code) ?? ""),
    reason: textIn(status.message) ?? "",
    attributes: attributesIn(span.attributes),
    events: listIn(span.events).map((event) => {
      const { name, attributes } = fieldsIn(event);
      return { name: textIn(name) ?? "", attributes: attributesIn(attributes) };
    }),
    links: listIn(span.links)
      .map((link) => idIn(fieldsIn(link).spanId ?? fieldsIn(link).span_id))
      .filter((id) => id !== undefined),
  };
}

/** Protocol buffers write zero for a time that is missing. */
function momentIn(value: unknown): number | undefined {
  const time = timeIn(value);
  return time === 0 ? undefined : time;
}
