import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { ENTRIES, type Exported, exportsOf } from "../../scripts/docs/reference/apiExports.ts";
import { openSession } from "../../scripts/docs/session/run.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const EXAMPLES = join(ROOT, "examples");
const LONG = 300_000;
/** A line that no program prints. */
const END = "-- end of the program --";

const SINGLE = `
task: { graph: { shape: chain, size: 3 } }
models: { base: { errorRate: 0.2 } }
agents: { worker: { count: 1 } }
protocol: [{ work: { who: worker } }, { aggregate: { how: majority } }]
`;

/** What each program prints that a reader runs beside two scenarios, in order. One process imports them all, to be fast. */
async function printedBy(programs: readonly string[]): Promise<string[]> {
  const fence = "```";
  const names = programs.map((_, i) => `program-${i}.mjs`);
  const all = names.map((name) => `await import("./${name}");\nconsole.log("${END}");`).join("\n");
  const page = [
    `${fence}yaml\n# single.yaml${SINGLE}${fence}`,
    `${fence}yaml\n# team.yaml\n{ extends: single.yaml, agents: { worker: { count: 3 } } }\n${fence}`,
    ...programs.map((text, i) => `${fence}js\n// ${names[i]}\n${text.trimEnd()}\n${fence}`),
    `${fence}js\n// all.mjs\n${all}\n${fence}`,
    `${fence}sh\nnode all.mjs\n${fence}`,
  ].join("\n\n");
  const session = openSession();
  const { outcomes } = await session.run(page);
  session.close();
  const [{ stdout, stderr }] = outcomes.filter((outcome) => outcome !== null);
  expect(stderr).toBe("");
  return stdout.split(`${END}\n`).slice(0, programs.length);
}

describe("programs", () => {
  const programs = readdirSync(EXAMPLES).filter((name) => name.endsWith(".mjs"));
  const textOf = (name: string) => readFileSync(join(EXAMPLES, name), "utf8");

  test(
    "print what stands beside them",
    async () => {
      for (const [i, printed] of (await printedBy(programs.map(textOf))).entries())
        await expect(printed).toMatchFileSnapshot(
          join(EXAMPLES, programs[i].replace(/mjs$/, "out")),
        );
    },
    LONG,
  );

  test("there are eight, and the first has fifteen lines", () => {
    expect(programs).toHaveLength(8);
    const [, ...first] = textOf("first-comparison.mjs").split("\n");
    expect(first.filter((line) => line.trim() !== "").length).toBeLessThanOrEqual(15);
  });
});

// ---------------------------------------------------------------- examples of exports

const SOURCES = Object.keys(ENTRIES).map((entry) => join(ROOT, "src", "api", `${entry}.ts`));
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ["lib.es2023.d.ts"],
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  types: ["node"],
  strict: true,
  verbatimModuleSyntax: true,
  allowImportingTsExtensions: true,
  skipLibCheck: true,
  allowJs: true,
  checkJs: true,
  noEmit: true,
  paths: {
    faultline: [join(ROOT, "src/api/index.ts")],
    "faultline/*": [join(ROOT, "src/api/*.ts")],
  },
};

describe("documentation", () => {
  const program = ts.createProgram(SOURCES, OPTIONS);
  const entries = Object.keys(ENTRIES) as (keyof typeof ENTRIES)[];
  const exported = entries
    .flatMap(exportsOf)
    .filter(({ kind }) => kind === "function" || kind === "class");
  const examples = [...new Set(exported.flatMap(({ comment }) => comment.examples))];

  test("every function and class has an example; errors can share one", () => {
    const all = examples.join("\n");
    const isTold = ({ name, comment }: Exported) =>
      comment.examples.length > 0 || (name.endsWith("Error") && all.includes(name));
    expect(exported.filter((one) => !isTold(one)).map(({ name }) => name)).toEqual([]);
    expect(examples.length).toBeGreaterThan(20);
  });

  test(
    "examples and programs compile",
    () => {
      const place = join(ROOT, "node_modules", ".cache", "faultline-tests", "examples");
      rmSync(place, { recursive: true, force: true });
      mkdirSync(place, { recursive: true });
      const files = examples.map((text, i) => {
        const file = join(place, `${i}.mts`);
        writeFileSync(file, text);
        return file;
      });
      const programs = readdirSync(EXAMPLES)
        .filter((name) => name.endsWith(".mjs"))
        .map((name) => join(EXAMPLES, name));
      const all = ts.createProgram([...files, ...programs], OPTIONS, undefined, program);
      const faults = [...files, ...programs].flatMap((file) => {
        const source = all.getSourceFile(file) as ts.SourceFile;
        return [...all.getSyntacticDiagnostics(source), ...all.getSemanticDiagnostics(source)].map(
          ({ messageText, start = 0 }) =>
            `${source.text.slice(start, start + 60)}: ${ts.flattenDiagnosticMessageText(messageText, "\n")}`,
        );
      });
      expect(faults).toEqual([]);
    },
    LONG,
  );

  test(
    "examples run, and print what their comments say",
    async () => {
      const scripts = examples.map(
        (text) =>
          ts.transpileModule(text, {
            compilerOptions: { target: OPTIONS.target, module: ts.ModuleKind.ESNext },
          }).outputText,
      );
      const printed = await printedBy(scripts);
      for (const [i, text] of examples.entries())
        for (const [, expected] of text.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm))
          expect(printed[i]).toContain(expected);
    },
    LONG,
  );
});
