// A record as a line of a part: one JSON document, so that every tool that reads NDJSON reads a store, with all that an
// index needs at the front, so that opening a store parses no JSON.
//
//     {"sum":"9ae0daaf","semantics":1,"final":true,"key":"64 digits","inputs":{...},"outcome":{...}}
//
// The sum is the CRC-32 of everything between its comma and the end of the line. It finds every torn line and every
// burst of up to 32 wrong bits, and misses other damage with a chance of 2^-32. It is against accident, not against forgers,
// and takes a quarter of the time of a cryptographic hash.
import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";
import { canonicalJson } from "../documents/canonicalJson.ts";

export interface StoredRecord {
  /** Plain values that decide the outcome. */
  readonly inputs: object;
  /** Plain values. */
  readonly outcome: object;
  /** Whether the outcome is certain to be the same every time; one that is not stands until a final one comes. */
  readonly final: boolean;
}

/** Inputs as text: made once for key and record, and smaller than the values while an outcome is waited for. */
export class InputsText {
  readonly text: string;

  private constructor(text: string) {
    this.text = text;
  }

  /** @throws TypeError for values that JSON cannot hold */
  static of(inputs: object): InputsText {
    return inputs instanceof InputsText ? inputs : new InputsText(canonicalJson(inputs));
  }

  /** Inputs that were text already. */
  static from(text: string): InputsText {
    return new InputsText(text);
  }
}

export interface Head {
  readonly key: string;
  readonly semantics: number;
  readonly final: boolean;
}

const HEAD =
  /^\{"sum":"([0-9a-f]{8})","semantics":(\d{1,15}),"final":(true|false),"key":"([0-9a-f]{64})","inputs":/;
/** Longest head. */
const HEAD_LENGTH = 160;
const SUM_AT = '{"sum":"'.length;
const SUMMED_FROM = '{"sum":"00000000",'.length;

/**
 * The key of inputs: SHA-256, as 64 hexadecimal digits, of the JSON text of `{semantics, inputs}`. The keys of maps are
 * taken as they come, not sorted: in a normalised scenario their order is fixed where it has no meaning, and where it has
 * one (of groups of agents, of models) another order has other results.
 * @throws TypeError for values that JSON cannot hold
 */
export function keyOf(inputs: object | InputsText, semantics: number): string {
  const text = `{"semantics":${semantics},"inputs":${InputsText.of(inputs).text}}`;
  return createHash("sha256").update(text).digest("hex");
}

/** The line of a record, without its end, and its key. @throws TypeError for values that JSON cannot hold */
export function encodeRecord(
  { inputs, outcome, final }: StoredRecord,
  semantics: number,
): { readonly key: string; readonly line: Buffer } {
  const made = InputsText.of(inputs);
  const key = keyOf(made, semantics);
  const line = Buffer.from(
    `{"sum":"00000000","semantics":${semantics},"final":${final},"key":"${key}","inputs":${made.text},"outcome":${canonicalJson(outcome)}}`,
  );
  line.write(sumOf(line), SUM_AT, "latin1");
  return { key, line };
}

/** The head of a line, or undefined where the line is not what was once written. */
export function readHead(line: Buffer): Head | undefined {
  const match = HEAD.exec(line.toString("latin1", 0, HEAD_LENGTH));
  if (match === null || match[1] !== sumOf(line)) return undefined;
  return { semantics: Number(match[2]), final: match[3] === "true", key: match[4] };
}

export function decodeRecord(line: Buffer): StoredRecord {
  const { inputs, outcome, final } = JSON.parse(line.toString());
  return { inputs, outcome, final };
}

function sumOf(line: Buffer): string {
  return crc32(line.subarray(SUMMED_FROM)).toString(16).padStart(8, "0");
}
