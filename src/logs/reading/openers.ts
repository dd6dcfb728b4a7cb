// Kinds of files by their content. A new kind is a file beside this one, and its line here.
import { csvFile } from "./csv.ts";
import { jsonFile } from "./json.ts";
import type { Opener } from "./opener.ts";
import { parquetFile } from "./parquet.ts";
import { zipFile } from "./zip.ts";

const PLAIN: readonly Opener[] = [parquetFile, jsonFile, csvFile];

/** In this order: the first that opens a file has it. */
export const OPENERS: readonly Opener[] = [zipFile(PLAIN), ...PLAIN];
