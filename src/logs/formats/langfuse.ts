// Exports of Langfuse: a trace with its observations, several of them, or observations and scores alone.
import type { LogFormat, LogRecord, Place } from "../format.ts";
import { scoreIn, spanOf, taskIn } from "../spans/conventions.ts";
import { attributesIn, type Envelope, firstOf, idIn } from "../spans/envelope.ts";
import type { Evaluation, Span } from "../spans/span.ts";
import { SpanRuns } from "../spans/spanRuns.ts";
import { tokensOf } from "../tokens.ts";
import { type Fields, fieldsIn, listIn, numberIn, textIn, timeIn } from "../values.ts";

export const langfuse: LogFormat = {
  name: "langfuse",
  title: "traces of Langfuse",
  recognises: ({ value }) => {
    const fields = named(fieldsIn(value));
    return isObservation(fields) || isScore(fields) || isTrace(traceIn(fields));
  },
  begin(sink) {
    const runs = new SpanRuns(sink);
    let around: LogRecord["document"];
    return {
      take({ value, place, document }) {
        if (document !== undefined && document !== around) {
          around = document;
          for (const facts of factsOf(document, place)) runs.add(facts);
        }
        const fields = named(fieldsIn(value));
        const within = idIn(traceIn(document ?? {}).id);
        if (isObservation(fields)) {
          const span = observation(fields, within, place);
          if (span !== undefined) runs.add(span);
        } else if (isScore(fields)) for (const one of scores([fields], place)) runs.add(one);
        else for (const facts of factsOf(fields, place)) runs.add(facts);
      },
      end: () => runs.end(),
    };
  },
};

/** Exports to storage write names with underscores, as the columns of Langfuse's database; the API does not. */
function named(fields: Fields): Fields {
  if (!OF_STORAGE.some((name) => name in fields)) return fields;
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [
      name.replace(/_([a-z])/g, (_, letter) => letter.toUpperCase()),
      value,
    ]),
  );
}

const OF_STORAGE = ["project_id", "parent_observation_id", "observation_id"];

/** The API writes observations with a type; those of old exports come without their trace. */
const isObservation = ({ id, type, startTime, traceId, parentObservationId }: Fields) =>
  id !== undefined &&
  typeof type === "string" &&
  startTime !== undefined &&
  (traceId !== undefined || parentObservationId !== undefined);

const isScore = ({ traceId, name, value, stringValue, type, spanId }: Fields) =>
  traceId !== undefined &&
  name !== undefined &&
  type === undefined &&
  spanId === undefined &&
  (value !== undefined || stringValue !== undefined);

/** A trace, which stands by itself or under its name. */
const traceIn = (fields: Fields): Fields =>
  typeof fields.trace === "object" && fields.trace !== null ? fieldsIn(fields.trace) : fields;

const isTrace = (fields: Fields) =>
  fields.id !== undefined &&
  (fields.timestamp !== undefined || fields.createdAt !== undefined) &&
  (fields.projectId !== undefined ||
    fields.htmlPath !== undefined ||
    fields.sessionId !== undefined ||
    fields.scores !== undefined ||
    fields.observations !== undefined);

/** What is known of a trace as a whole: its task, its cost and its scores. */
function factsOf(document: Fields, place: Place): Span[] {
  const trace = traceIn(document);
  const id = idIn(trace.id);
  if (id === undefined || !isTrace(trace)) return [];
  const metadata = attributesIn(trace.metadata);
  const facts: Span = {
    trace: id,
    place,
    kind: "facts",
    task: taskIn(metadata) ?? taskIn(attributesIn(metadata.attributes)),
    dollars: numberIn(trace.totalCost),
  };
  const judged = [...listIn(trace.scores), ...(trace === document ? [] : listIn(document.scores))];
  return [facts, ...scores(judged.map(fieldsIn), place, id)];
}

/** Scores of a trace, or of an observation: as a judge of it. */
const scores = (list: readonly Fields[], place: Place, within?: string): Span[] =>
  list.flatMap((score) => {
    const trace = idIn(score.traceId) ?? within;
    const evaluation = evaluationOf(score);
    if (trace === undefined || evaluation === undefined) return [];
    const parent = idIn(score.observationId);
    const kind = parent === undefined ? "facts" : "judge";
    return [{ trace, parent, place, kind, evaluations: [evaluation] }];
  });

function evaluationOf(score: Fields): Evaluation | undefined {
  const name = textIn(score.name);
  if (name === undefined) return undefined;
  const isCategory = score.dataType === "CATEGORICAL";
  return {
    name,
    score: isCategory ? undefined : scoreIn(score.value),
    label: textIn(score.stringValue) ?? textIn(score.value),
  };
}

const INPUT = [
  "input",
  "inputTokens",
  "promptTokens",
  "prompt_tokens",
  "input_tokens",
  "inputUsage",
];
const OUTPUT = [
  "output",
  "outputTokens",
  "completionTokens",
  "completion_tokens",
  "output_tokens",
  "outputUsage",
];
const CACHED = [
  "input_cache_read",
  "cache_read_input_tokens",
  "input_cached_tokens",
  "prompt_details.cache_read",
  "input_cached",
];
const WRITTEN = [
  "input_cache_creation",
  "cache_creation_input_tokens",
  "input_cache_write",
  "prompt_details.cache_write",
];
const REASONING = [
  "output_reasoning",
  "output_reasoning_tokens",
  "reasoning_tokens",
  "completion_details.reasoning",
];
const TOTAL = ["total", "totalTokens", "total_tokens"];

/** Judges that Langfuse runs itself, and other work of its own, stand in environments that begin so. */
const OWN_ENVIRONMENT = /^langfuse-/;

function observation(fields: Fields, within: string | undefined, place: Place): Span | undefined {
  const trace = idIn(fields.traceId) ?? within;
  if (trace === undefined || OWN_ENVIRONMENT.test(textIn(fields.environment) ?? ""))
    return undefined;
  const start = timeIn(fields.startTime);
  // An event is a moment.
  const end = timeIn(fields.endTime) ?? (fields.type === "EVENT" ? start : undefined);
  const metadata = attributesIn(fields.metadata);
  const type = textIn(fields.type)?.toLowerCase();
  const envelope: Envelope = {
    trace,
    id: idIn(fields.id),
    parent: idIn(fields.parentObservationId),
    place,
    name: textIn(fields.name) ?? "",
    start,
    end,
    hasFailed: fields.level === "ERROR",
    reason: textIn(fields.statusMessage) ?? "",
    attributes: {
      ...metadata,
      ...attributesIn(metadata.attributes),
      // A plain span may be anything, as its other attributes say.
      ...(type !== "span" && { "gen_ai.operation.name": type }),
    },
    events: [],
    links: [],
  };
  const span = { ...spanOf(envelope), conversation: textIn(fields.sessionId) };
  return span.kind === "tool" ? span : { ...span, ...usageOf(fields, span) };
}

function usageOf(fields: Fields, span: Span): Partial<Span> {
  const usage = { ...attributesIn(fields.usage), ...attributesIn(fields.usageDetails) };
  const number = (names: readonly string[], among: Fields = usage) =>
    firstOf(among, names, numberIn);
  const tokens = tokensOf({
    input: number(INPUT) ?? number(INPUT, fields),
    output: number(OUTPUT) ?? number(OUTPUT, fields),
    cached: number(CACHED),
    written: number(WRITTEN),
    reasoning: number(REASONING),
    total: number(TOTAL),
  });
  const cost = attributesIn(fields.costDetails).total ?? fields.calculatedTotalCost;
  return {
    model: textIn(fields.model) ?? textIn(fields.providedModelName) ?? span.model,
    inputTokens: tokens.inputTokens ?? span.inputTokens,
    cachedTokens: tokens.cachedTokens ?? span.cachedTokens,
    outputTokens: tokens.outputTokens ?? span.outputTokens,
    dollars: numberIn(cost) ?? numberIn(fields.totalCost) ?? span.dollars,
  };
}
