// A phase stands in one file of the language and in the table: nothing else there has to know it by name.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { PHASES } from "../../src/scenario/protocol/phases.ts";

const ROOM = join(import.meta.dirname, "..", "..", "src", "scenario");

test("each phase has a file of its name, and one with the prose of its page", () => {
  const files = readdirSync(join(ROOM, "protocol", "phases"));
  expect(files.sort()).toEqual(
    Object.keys(PHASES)
      .flatMap((kind) => [`${kind}.md`, `${kind}.ts`])
      .sort(),
  );
});

test("a phase that no other depends on is named in its own file and in the table only", () => {
  const files = readdirSync(ROOM, { recursive: true, encoding: "utf8" });
  const naming = files
    .filter((file) => file.endsWith(".ts"))
    .filter((file) => /\bescalate\b/.test(readFileSync(join(ROOM, file), "utf8")));
  expect(naming.sort()).toEqual(
    [join("protocol", "phases.ts"), join("protocol", "phases", "escalate.ts")].sort(),
  );
});
