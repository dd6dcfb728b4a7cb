// Kinds of files by their content. A new kind is a file beside this one, and its line here.
import { jsonFile } from "./json.ts";
import type { Opener } from "./opener.ts";

/** In this order: the first that opens a file has it. */
export const OPENERS: readonly Opener[] = [jsonFile];
