// The process in which pages are tried: it gets a page's files and commands, does what a reader would do in an empty
// project that has installed Faultline, and answers with what the commands printed.
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { nodeWorld } from "../../../src/cli/nodeWorld.ts";
import { main } from "../../../src/cli/program.ts";
import { type CommandLine, readCommandLine } from "./commandLine.ts";
import type { Step } from "./page.ts";
import { ROOT } from "./pages.ts";
import { type Ended, runProgram } from "./program.ts";

/** What came of a page. */
export interface Tried {
  /** What the commands of each step did; null for a step that is no command. */
  readonly outcomes: readonly (Outcome | null)[];
  /** Pictures that the commands drew, by name. */
  readonly pictures: Readonly<Record<string, string>>;
}

/** What the commands of one step did. */
export interface Outcome {
  readonly stdout: string;
  readonly stderr: string;
  /** Commands that failed although the page does not show it, and commands that do not exist. */
  readonly problems: readonly string[];
}

process.on("message", async (steps: readonly Step[]) => {
  const home = process.cwd();
  const folder = mkdtempSync(join(tmpdir(), "faultline-page-"));
  process.chdir(folder);
  writeFileSync("package.json", '{ "private": true, "type": "module" }\n');
  mkdirSync("node_modules");
  symlinkSync(ROOT, join("node_modules", "faultline"));
  const outcomes: (Outcome | null)[] = [];
  for (const step of steps) outcomes.push(await take(step));
  const drawn = readdirSync(".").filter((name) => name.endsWith(".svg"));
  const pictures = Object.fromEntries(drawn.map((name) => [name, readFileSync(name, "utf8")]));
  process.chdir(home);
  rmSync(folder, { recursive: true });
  process.send?.({ outcomes, pictures } satisfies Tried);
});

async function take(step: Step): Promise<Outcome | null> {
  if (step.kind === "file") write(step.name, step.block.text);
  if (step.kind !== "commands") return null;
  const done = { stdout: "", stderr: "", problems: [] as string[] };
  for (const line of step.commands) {
    const command = readCommandLine(line);
    const { stdout, stderr, code } = await run(command);
    if (command.target === undefined) done.stdout += stdout;
    else write(command.target, stdout);
    done.stderr += stderr;
    if (command.echo !== undefined) done.stdout += `${command.echo.replace("$?", String(code))}\n`;
    const isTold = command.echo !== undefined || step.shown?.note === "stderr";
    if (code !== 0 && !isTold) done.problems.push(`${line}: exit code ${code}\n${stderr}`);
  }
  return done;
}

function write(path: string, text: string) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

const NODE = nodeWorld();
const NOTHING: Ended = { stdout: "", stderr: "", code: 0 };

async function run({ words: [program, ...args], comment }: CommandLine): Promise<Ended> {
  if (program === "faultline")
    return /\bminutes?\b/.test(comment) ? understand(args) : faultline(args);
  if (program === "node") return runProgram(resolve(args[0]));
  if (program === "cat") return { ...NOTHING, stdout: readFileSync(args[0], "utf8") };
  // Those that prepare a folder: it is prepared.
  if (["npm", "cd", "git", "mkdir"].includes(program)) return NOTHING;
  return { ...NOTHING, code: 127, stderr: `pages do not know ${program}` };
}

/** Reads a command that takes minutes, without running it. */
async function understand(args: readonly string[]): Promise<Ended> {
  const { parse } = await import("../../../src/cli/parse.ts");
  try {
    parse(args.map((arg) => arg.replaceAll(/\$\{?\w+\}?/g, "1")));
    return NOTHING;
  } catch (error) {
    return { ...NOTHING, code: 2, stderr: String(error) };
  }
}

async function faultline(args: readonly string[]): Promise<Ended> {
  const text = { stdout: "", stderr: "" };
  const stream = (name: keyof typeof text) => ({
    isTTY: false,
    write: (more: string) => {
      text[name] += more;
    },
  });
  const world = {
    ...NODE,
    args,
    // Pages type npx.
    env: { NO_COLOR: "1", COLUMNS: "100", npm_command: "exec" },
    stdout: stream("stdout"),
    stderr: stream("stderr"),
    clock: () => 0,
    onInterrupt: () => () => {},
  };
  const code = await main(world);
  return { ...text, code };
}
