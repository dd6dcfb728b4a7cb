// Examples are documents that run: the programs of examples/ print what stands beside them, and every example in the
// documentation of an export compiles and runs. All of them import from the sources, so that nothing can be stale.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ENTRIES, type Exported, exportsOf } from "../../scripts/docs/reference/apiExports.ts";

const ROOT = join(import.meta.dirname, "..", "..");
const EXAMPLES = join(ROOT, "examples");
const HOOK = join(ROOT, "test", "support", "packageFromSources.mjs");
const LONG = 300_000;

const execute = promisify(execFile);
const node = (file: string, cwd: string) => execute("node", ["--import", HOOK, file], { cwd });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "faultline-"));
  writeFileSync(join(folder, "single.yaml"), SINGLE);
  writeFileSync(
    join(folder, "team.yaml"),
    "{ extends: single.yaml, agents: { worker: { count: 3 } } }\n",
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

const SINGLE = `
task: { graph: { shape: chain, size: 3 } }
models: { base: { errorRate: 0.2 } }
agents: { worker: { count: 1 } }
protocol: [{ work: { who: worker } }, { aggregate: { how: majority } }]
`;

describe("programs", () => {
  const programs = readdirSync(EXAMPLES).filter((name) => name.endsWith(".mjs"));

  test.each(programs)(
    "%s prints what stands beside it, and ends by itself",
    async (program) => {
      const { stdout, stderr } = await node(join(EXAMPLES, program), folder);
      expect(stderr).toBe("");
      await expect(stdout).toMatchFileSnapshot(join(EXAMPLES, program.replace(/mjs$/, "out")));
    },
    LONG,
  );

  test("there are eight, and the first has fifteen lines", () => {
    expect(programs).toHaveLength(8);
    const [, ...first] = readFileSync(join(EXAMPLES, "first-comparison.mjs"), "utf8").split("\n");
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
      for (const [i, text] of examples.entries()) {
        const { outputText } = ts.transpileModule(text, {
          compilerOptions: { target: OPTIONS.target, module: ts.ModuleKind.ESNext },
        });
        writeFileSync(join(folder, `example-${i}.mjs`), outputText);
      }
      writeFileSync(join(folder, "all.mjs"), runner(examples.length));
      const { stdout } = await node(join(folder, "all.mjs"), folder);
      const printed: string[] = JSON.parse(stdout);
      for (const [i, text] of examples.entries())
        for (const [, expected] of text.matchAll(/console\.log\(.*\); \/\/ (.+)$/gm))
          expect(printed[i]).toContain(expected);
    },
    LONG,
  );
});

/** A program that runs the examples one after the other and prints, as JSON, what each prints. */
const runner = (count: number) => `
import { format } from "node:util";
const { log } = console;
const printed = [];
for (let i = 0; i < ${count}; i++) {
  printed[i] = "";
  console.log = (...values) => { printed[i] += format(...values) + "\\n"; };
  await import(\`./example-\${i}.mjs\`);
}
log(JSON.stringify(printed));
`;
