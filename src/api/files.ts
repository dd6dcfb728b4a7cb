// Files that a program writes: their format follows from their name.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** The format that a file's ending says. @throws RangeError if it says none of these */
export function formatOf<const F extends string>(file: string, formats: readonly F[]): F {
  const format = formats.find((one) => file.toLowerCase().endsWith(`.${one}`));
  if (format !== undefined) return format;
  throw new RangeError(
    `${file}: its name must end with ${formats.map((one) => `.${one}`).join(", ")}`,
  );
}

/** Writes a file, and makes the folders above it. */
export function writeFile(file: string, content: string | Uint8Array): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
