// Documents about files: the manifest beside a result, the marker of a store, what `validate` found.
import { z } from "zod";
import {
  anything,
  byName,
  engine,
  flag,
  isShallow,
  list,
  map,
  named,
  whole,
  word,
  words,
} from "../fields.ts";
import { type ContentOf, documentKind } from "../kind.ts";

const scenario = z
  .looseObject({ name: named("Name") })
  .refine((value) => isShallow(value))
  .meta({ title: "Scenario", description: "As it was run, with all defaults.", unit: "nested" });

const manifestFields = {
  command: words("Command", "What to type to get the result again.").optional(),
  engine: engine().optional(),
  seed: words("Seed").optional(),
  replications: whole("Replications").optional(),
  precision: anything("Precision").optional(),
  cap: whole("Most replications").optional(),
  baseline: named("Baseline").optional(),
  scenarios: list(scenario, "Scenarios").optional(),
  files: byName(words("Text"), "Files", "Of a sweep: texts of its files, by path.").optional(),
};

export type Manifest = ContentOf<typeof manifestFields>;

export const manifest = documentKind("manifest", {
  called: "a manifest",
  title: "Manifest",
  description: "How a result came about: it lies beside result.json.",
  fields: manifestFields,
});

export const store = documentKind("store", {
  called: "the marker of a store",
  title: "Marker of a store",
  description: "store.json: whose results a store holds.",
  fields: { semantics: whole("Semantics"), version: words("Version") },
});

export const validate = documentKind("validate", {
  called: "a list of problems",
  title: "Problems of scenario files",
  description: "What `validate` found.",
  fields: {
    files: list(
      map(
        {
          file: words("File"),
          ok: flag("Whether it is valid"),
          problems: list(
            map(
              {
                file: words("File"),
                line: whole("Line"),
                column: whole("Column"),
                path: words("Path"),
                message: words("Message"),
                rule: words("Rule").optional(),
                hint: words("Hint").optional(),
                severity: word("Severity", ["error", "warning"]),
                source: words("Line of the file").optional(),
              },
              "Problem",
            ),
            "Problems",
          ),
        },
        "File",
      ),
      "Files",
    ),
  },
});
