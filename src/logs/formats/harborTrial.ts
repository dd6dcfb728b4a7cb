// What stands beside a trajectory in ATIF of how its trial ended. Harbor puts `agent/trajectory.json` beside `result.json` and
// `verifier/reward.txt` or `verifier/reward.json`; others put `result.json`, `reward.txt` or `NAME.reward` beside the trajectory.
import { readFileSync, statSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type Fields, fieldsIn, textIn } from "../values.ts";

export interface Trial {
  readonly task?: string | undefined;
  /** As it is written. */
  readonly reward?: unknown;
  /** False if an exception, such as a time-out, ended it. */
  readonly isComplete: boolean;
}

/** Bytes of a file that is read; no result is longer. */
const LONGEST = 1 << 22;

/**
 * What is known of the trial of which a file is the trajectory.
 * @param file its path; there need be no such file, as with one from an archive, and then nothing is known
 */
export function trialBeside(file: string): Trial {
  const folder = dirname(file);
  const folders = basename(folder) === "agent" ? [dirname(folder), folder] : [folder];
  const read = (...names: readonly string[]) =>
    folders.flatMap((one) => names.map((name) => textOf(join(one, name)))).find(isText);
  const result = objectOf(read("result.json"));
  const text =
    textOf(file.replace(/(\.json)?$/, ".reward")) ?? read("verifier/reward.txt", "reward.txt");
  const scores = objectOf(read("verifier/reward.json", "reward.json"));
  return {
    task: textIn(result.task_name),
    reward:
      text ??
      rewardIn(scores) ??
      rewardIn(fieldsIn(result.verifier_result).rewards) ??
      rewardIn(result),
    isComplete: result.exception_info === undefined || result.exception_info === null,
  };
}

const isText = (text: string | undefined): text is string => text !== undefined;

function textOf(path: string): string | undefined {
  try {
    const stat = statSync(path);
    return stat.isFile() && stat.size <= LONGEST ? readFileSync(path, "utf8") : undefined;
  } catch {
    return undefined;
  }
}

function objectOf(text: string | undefined): Fields {
  try {
    return fieldsIn(JSON.parse(text ?? ""));
  } catch {
    return {};
  }
}

const REWARDS = ["reward", "success", "score", "is_resolved", "resolved"];

function rewardIn(scores: unknown): unknown {
  const fields = fieldsIn(scores);
  const name = REWARDS.find((one) => fields[one] !== undefined && fields[one] !== null);
  return name === undefined ? undefined : fields[name];
}
