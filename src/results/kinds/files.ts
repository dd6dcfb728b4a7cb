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
  schemaName,
  whole,
  word,
  words,
} from "../fields.ts";
import { documentKind } from "../kind.ts";

const scenario = z
  .looseObject({ name: named("Name") })
  .refine((value) => isShallow(value))
  .meta({ title: "Scenario", description: "As it was run, with all defaults.", unit: "nested" });

const manifestSchema = map(
  {
    schema: schemaName("manifest"),
    command: words("Command", "What to type to get the result again.").optional(),
    engine: engine().optional(),
    seed: words("Seed").optional(),
    replications: whole("Replications").optional(),
    precision: anything("Precision").optional(),
    cap: whole("Most replications").optional(),
    baseline: named("Baseline").optional(),
    scenarios: list(scenario, "Scenarios").optional(),
    files: byName(words("Text"), "Files", "Of a sweep: texts of its files, by path.").optional(),
  },
  "Manifest",
  "How a result came about: it lies beside result.json.",
);

export type Manifest = z.output<typeof manifestSchema>;

export const manifest = documentKind({ called: "a manifest", schema: manifestSchema });

export const store = documentKind({
  called: "the marker of a store",
  schema: map(
    { schema: schemaName("store"), semantics: whole("Semantics"), version: words("Version") },
    "Marker of a store",
    "store.json: whose results a store holds.",
  ),
});

export const validate = documentKind({
  called: "a list of problems",
  schema: map(
    {
      schema: schemaName("validate"),
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
    "Problems of scenario files",
    "What `validate` found.",
  ),
});
