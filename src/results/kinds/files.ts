// Documents about files: the manifest beside a result, the marker of a store, what `validate` found.
import { z } from "zod";
import * as f from "../fields.ts";
import { type ContentOf, documentKind } from "../kind.ts";

const scenario = z
  .looseObject({ name: f.named("Name") })
  .refine((value) => f.isShallow(value))
  .meta({ title: "Scenario", description: "As it was run, with all defaults.", unit: "nested" });

const manifestFields = {
  command: f.words("Command", "What to type to get the result again.").optional(),
  engine: f.engine().optional(),
  seed: f.words("Seed").optional(),
  replications: f.whole("Replications").optional(),
  precision: f.anything("Precision").optional(),
  cap: f.whole("Most replications").optional(),
  baseline: f.named("Baseline").optional(),
  scenarios: f.list(scenario, "Scenarios").optional(),
  files: f.byName(f.words("Text"), "Files", "Of a sweep: texts of its files, by path.").optional(),
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
  fields: { semantics: f.whole("Semantics"), version: f.words("Version") },
});

export const validate = documentKind("validate", {
  called: "a list of problems",
  title: "Problems of scenario files",
  description: "What `validate` found.",
  fields: {
    files: f.list(
      f.map(
        {
          file: f.words("File"),
          ok: f.flag("Whether it is valid"),
          problems: f.list(
            f.map(
              {
                file: f.words("File"),
                line: f.whole("Line"),
                column: f.whole("Column"),
                path: f.words("Path"),
                message: f.words("Message"),
                rule: f.words("Rule").optional(),
                hint: f.words("Hint").optional(),
                topic: f
                  .words("Topic", "Of a warning: its section in docs/reference/troubleshooting.md.")
                  .optional(),
                severity: f.word("Severity", ["error", "warning"]),
                source: f.words("Line of the file").optional(),
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
