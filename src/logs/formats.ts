// All formats of logs. A new format is a file in `formats/`, and its line here.
import type { LogFormat } from "./format.ts";
import { atif } from "./formats/atif.ts";
import { inspect } from "./formats/inspect.ts";
import { langfuse } from "./formats/langfuse.ts";
import { otlp } from "./formats/otlp.ts";
import { sdk } from "./formats/sdk.ts";
import { tableFormat } from "./formats/table.ts";
import { tauBench } from "./formats/tauBench.ts";
import { whoAndWhen } from "./formats/whoAndWhen.ts";

/** How the columns of a table are called: by the names that Faultline knows. */
export type Mapping = Readonly<Record<string, string>>;

/** The formats, in this order: the first that recognises a record has it. */
export function logFormats(map: Mapping = {}): readonly LogFormat[] {
  return [otlp, sdk, langfuse, inspect, tauBench, atif, whoAndWhen, tableFormat(map)];
}
