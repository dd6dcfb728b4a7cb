// The documents that pictures and reports are made of, read from text and told apart by their schema.
import type { ExperimentResult, ScenarioResult } from "../experiment/result.ts";
import type { Trace, TraceEvent } from "../experiment/trace.ts";
import type { Reproduction } from "../literature/reproduce.ts";
import type { SweepHeader, SweepRow } from "../sweep/running/result.ts";

/** A row of a sweep's result: a scenario of a cell, with the fields of its result where it has one. */
export type SweepResultRow = Omit<SweepRow, "result"> & Partial<Omit<ScenarioResult, "name">>;

/** result.json of a sweep. */
export interface SweepResult extends SweepHeader {
  readonly rows: readonly SweepResultRow[];
}

/** The event log of one replication, as `faultline trace` prints it. */
export interface TraceLog {
  readonly schema: "faultline/trace@1";
  readonly scenario: string;
  readonly seed: string;
  readonly replication: number;
  readonly events: readonly TraceEvent[];
}

/** The documents by schema. */
export interface Documents {
  readonly "faultline/run@1": ExperimentResult;
  readonly "faultline/compare@1": ExperimentResult;
  readonly "faultline/sweep@1": SweepResult;
  readonly "faultline/reproduce@1": Reproduction;
  readonly "faultline/trace@1": TraceLog;
  readonly "faultline/lineage@1": Trace;
}

export type Schema = keyof Documents;

export type ResultDocument = Documents[Schema];

/** Every schema that can be read, and the list of it that every document has. */
const SCHEMAS = {
  "faultline/run@1": "scenarios",
  "faultline/compare@1": "scenarios",
  "faultline/sweep@1": "rows",
  "faultline/reproduce@1": "targets",
  "faultline/trace@1": "events",
  "faultline/lineage@1": "tasks",
} as const satisfies Record<Schema, string>;

/** The text is no result, or none that this version knows. */
export class ResultError extends Error {
  override readonly name = "ResultError";
}

/**
 * Reads a result.
 * @param text a JSON document, or an event log of one JSON object a line
 * @param where what to call it in messages
 * @throws ResultError when it is no result, or one of an unknown version
 */
export function parseResult(text: string, where: string): ResultDocument {
  const value = readJson(text) ?? readLog(text);
  if (value === undefined)
    throw new ResultError(
      `${where} is no JSON: a result is the JSON that Faultline prints with --json`,
    );
  const { schema } = value;
  if (typeof schema !== "string")
    throw new ResultError(`${where} is no result of Faultline: it names no schema`);
  if (!Object.hasOwn(SCHEMAS, schema))
    throw new ResultError(
      `${where} has the schema ${JSON.stringify(schema)}, which is not known; known are ${Object.keys(SCHEMAS).join(", ")}`,
    );
  const list = SCHEMAS[schema as Schema];
  if (!Array.isArray(value[list]))
    throw new ResultError(`${where} is damaged: ${schema} has a list called ${list}`);
  return value as unknown as ResultDocument;
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readJson(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return undefined;
  }
}

/** An event log: its first event says what was traced. */
function readLog(text: string): Json | undefined {
  const events = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(readJson);
  const [began] = events;
  if (began?.event !== "began" || events.includes(undefined)) return undefined;
  const { schema, scenario, seed, replication } = began;
  return { schema, scenario, seed, replication, events };
}
