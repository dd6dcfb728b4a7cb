// Patterns of paths, such as `logs/**/*.json`, for shells that leave them as they are.
import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";

export const isPattern = (path: string): boolean => /[*?[]/.test(path);

/**
 * All paths that a pattern means, by name. A star is any part of a name, a question mark one character, `[…]` one of several, and
 * `**` any folders, links left out. What is hidden is meant by patterns only that begin with a dot themselves.
 */
export function matching(pattern: string): string[] {
  const parts = pattern.split("/");
  return pattern.startsWith("/") ? below("/", parts.slice(1)) : below("", parts);
}

function below(folder: string, [part, ...rest]: readonly string[]): string[] {
  if (part === undefined) return [folder];
  if (part === "**")
    return [
      ...below(folder, rest),
      ...entriesOf(folder)
        .filter((entry) => entry.isDirectory() && !entry.name.startsWith("."))
        .flatMap(({ name }) => below(join(folder, name), [part, ...rest])),
    ];
  if (!isPattern(part)) return below(join(folder, part), rest);
  const wanted = expressionOf(part);
  return entriesOf(folder)
    .map(({ name }) => name)
    .filter((name) => wanted.test(name) && (part.startsWith(".") || !name.startsWith(".")))
    .flatMap((name) => below(join(folder, name), rest));
}

function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder || ".", { withFileTypes: true }).sort((a, b) =>
      a.name < b.name ? -1 : 1,
    );
  } catch {
    return [];
  }
}

function expressionOf(part: string): RegExp {
  const source = part.replace(/\[!?[^\]]+\]|./gsu, (one) => {
    if (one === "*") return ".*";
    if (one === "?") return ".";
    if (one.length > 2) return one.replace(/^\[!/, "[^").replaceAll("\\", "\\\\");
    return one.replace(/[\\^$.*+?()[\]{}|]/, "\\$&");
  });
  return new RegExp(`^${source}$`, "su");
}
