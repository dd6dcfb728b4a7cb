// Documents in pieces: an object with one of these lists comes item by item.
import type { LogRecord, Place } from "../format.ts";

/** Lists that documents of logs are made of. */
export const LISTS: ReadonlySet<string> = new Set([
  "spans",
  "resourceSpans",
  "resource_spans",
  "batches",
  "samples",
  "observations",
  "data",
  "traces",
]);

type Document = Readonly<Record<string, unknown>>;

/** What answers of servers wrap a document in. */
const WRAPPERS = ["trace", "result", "data"];

/** A value as records: its pieces, those of its pieces, and so on; or itself, if it has none. */
export function* piecesOf(
  value: unknown,
  place: Place,
  around: Pick<LogRecord, "within" | "document"> = {},
): Generator<LogRecord> {
  const lists = isObject(value) ? Object.entries(value).filter(isListOfPieces) : [];
  if (lists.length === 0) {
    const inner = wrappedIn(value);
    if (inner === undefined) yield { value, place, ...around };
    else yield* piecesOf(inner, place, around);
    return;
  }
  const document = aroundLists(value as Document);
  for (const [within, items] of lists)
    for (const item of items as unknown[]) yield* piecesOf(item, place, { within, document });
}

/** The document that a value is nothing but a wrapping of, if it has lists. */
function wrappedIn(value: unknown): Document | undefined {
  if (!isObject(value)) return undefined;
  return WRAPPERS.map((key) => value[key])
    .filter(isObject)
    .find((inner) => Object.entries(inner).some(isListOfPieces));
}

/** A document without its lists. */
export const aroundLists = (document: Document): Document =>
  Object.fromEntries(
    Object.entries(document).filter(
      ([key, value]) => !isListOfPieces([key, value]) && !(LISTS.has(key) && isEmpty(value)),
    ),
  );

/** As when a document is cut while it comes, the first item of a list tells whether it is one of records. */
const isListOfPieces = ([key, value]: readonly [string, unknown]) =>
  LISTS.has(key) && Array.isArray(value) && isObject(value[0]);

const isEmpty = (value: unknown) => Array.isArray(value) && value.length === 0;

export const isObject = (value: unknown): value is Document =>
  typeof value === "object" && value !== null && !Array.isArray(value);
