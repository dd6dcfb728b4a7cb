// What every damaged file is held to: the command that reads it ends as a user's mistake should, and says where. Runs
// trials by number, so that a number repeats one.
import type { Outcome } from "../cli/memoryWorld.ts";
import { type Random, randomOf } from "./mutations.ts";

/** Most time of the processor that a trial may take, in microseconds: what else the machine does is not counted. */
const LONGEST = 8_000_000;

/** A file that is damaged, and what is wrong with how it is met; undefined where nothing is. */
export interface Trial {
  readonly path: string;
  readonly text: string;
  faultOf(text: string): Promise<string | undefined>;
}

/** The trial of a number. */
export type Trials = (random: Random) => Trial;

/** How many trials, and from which on: few in the suite, many with `npm run fuzz`. */
export const COUNT = Number(process.env.FAULTLINE_FUZZ_COUNT ?? 0);
const FIRST = Number(process.env.FAULTLINE_FUZZ_SEED ?? 1);
const MOST_FOUND = 8;

/** What is found by a trial, with the fewest lines that show it; undefined where it passes. */
export async function foundBy(trials: Trials, seed: number): Promise<string | undefined> {
  const trial = trials(randomOf(seed));
  const fault = await checked(trial, trial.text);
  if (fault === undefined) return undefined;
  const isSame = async (text: string) => kindOf(await checked(trial, text)) === kindOf(fault);
  const text = await fewestLines(trial.text, isSame);
  const shown = text.length > 3000 ? `${text.slice(0, 3000)}…` : text;
  return `${trial.path}, seed ${seed}: ${fault}\n${shown}\nrepeat: npm run fuzz -- --seed ${seed} --count 1`;
}

/** What is found at length, one of each kind. */
export async function foundAtLength(trials: Trials): Promise<string[]> {
  const found = new Map<string, string>();
  for (let seed = FIRST; seed < FIRST + COUNT && found.size < MOST_FOUND; seed++) {
    const fault = await foundBy(trials, seed);
    // So that a run that is ended before has told how far it came.
    if ((seed - FIRST + 1) % 500 === 0)
      console.log(`${seed - FIRST + 1} tried, ${found.size} found`);
    if (fault !== undefined) found.set(kindOf(fault.slice(fault.indexOf(": ") + 2)) ?? "", fault);
  }
  return [...found.values()];
}

const kindOf = (fault: string | undefined) => fault?.replace(/\d+/g, "N").slice(0, 60);

async function checked({ faultOf }: Trial, text: string): Promise<string | undefined> {
  const begun = process.cpuUsage();
  try {
    const fault = await faultOf(text);
    const { user, system } = process.cpuUsage(begun);
    return fault ?? (user + system > LONGEST ? "it takes too long" : undefined);
  } catch (error) {
    return `it throws: ${error instanceof Error ? error.stack : error}`;
  }
}

/** What acts on a terminal, or hides or reverses text. */
const ACTING =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]|\p{Surrogate}/u;
const STACK = /internal error|\n\s+at \S+ .*:\d+:\d+/;

/**
 * What is wrong with how a command ended.
 * @param codes exit codes with which it may end
 */
export function faultOfOutcome(
  args: readonly string[],
  { code, stdout, stderr }: Outcome,
  codes: readonly number[],
): string | undefined {
  const fault = (what: string) => `${what}: ${args.join(" ")}\n${stderr.slice(0, 1500)}`;
  if (!codes.includes(code)) return fault(`exit code ${code}`);
  if (STACK.test(stderr)) return fault("words of the program");
  if (ACTING.test(stdout) || ACTING.test(stderr)) return fault("a character acts on the terminal");
  if (code !== 0 && stderr === "" && stdout === "") return fault("not a word");
  return undefined;
}

/** The fewest lines of a text that still fail (delta debugging: Zeller and Hildebrandt 2002, of lines one size after the other). */
async function fewestLines(
  text: string,
  fails: (text: string) => Promise<boolean>,
): Promise<string> {
  let lines = text.split("\n");
  let left = 500;
  for (let size = lines.length >> 1; size >= 1; size >>= 1)
    for (let at = 0; at < lines.length && left-- > 0; ) {
      const fewer = lines.toSpliced(at, size);
      if (await fails(fewer.join("\n"))) lines = fewer;
      else at += size;
    }
  return lines.join("\n");
}
