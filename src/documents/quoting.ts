// How messages show what comes from a file: values, words, paths, numbers and lists, each in a few characters.

import type { Text } from "./checking/problems.ts";
import { type Path, pathText } from "./reading/tree.ts";

const LONGEST_QUOTE = 60;

/**
 * A value from a file as it is shown in a message: short, and with its kind.
 * @param written a number as it was written, where it is not what it came to be
 */
export function quote(value: unknown, written?: string): string {
  if (value === null || value === undefined) return "empty";
  if (typeof value === "string") return `the text ${JSON.stringify(shorten(value))}`;
  if (typeof value === "boolean") return `the yes/no ${value}`;
  if (typeof value === "number") return `the number ${shorten(written ?? String(value))}`;
  return Array.isArray(value) ? "a list" : "a map";
}

/** A word from a file as it is shown in a message. */
export function word(text: string): string {
  return `"${shorten(text)}"`;
}

export function shorten(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

/** A path as it is shown in a message. */
export const called = (path: Path): string =>
  path.length === 0 ? "the top level" : shorten(pathText(path));

export function list(words: readonly string[], most = 20): string {
  if (words.length === 0) return "none";
  const more = words.length - most;
  return words.slice(0, most).map(shorten).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

export type Hint = Pick<Text, "hint" | "replacement">;

/** The near word as a hint and as what to write. */
export function meant(near: string | undefined, replacement = near): Hint {
  return near === undefined ? {} : { hint: didYouMean(near), replacement };
}

export function didYouMean(near: string | undefined): string | undefined {
  return near && `did you mean ${near}?`;
}

/** A number, with thousands set apart if it is whole. */
export const grouped = (value: number) =>
  Number.isInteger(value) ? String(value).replace(/\B(?=(\d{3})+$)/g, ",") : String(value);

export const plural = (count: number, one: string) =>
  `${grouped(count)} ${one}${count === 1 ? "" : "s"}`;
