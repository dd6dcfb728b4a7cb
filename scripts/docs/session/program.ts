// Runs a program of a reader within this process, which has Faultline loaded already. The program prints with console.log.
import { pathToFileURL } from "node:url";
import { format } from "node:util";

export interface Ended {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}

/** A module runs once per address, so every run has one of its own. */
let runs = 0;

export async function runProgram(path: string): Promise<Ended> {
  const { log } = console;
  let stdout = "";
  console.log = (...values: unknown[]) => {
    stdout += `${format(...values)}\n`;
  };
  try {
    await import(`${pathToFileURL(path).href}?run=${runs++}`);
    return { stdout, stderr: "", code: Number(process.exitCode ?? 0) };
  } catch (error) {
    return { stdout, stderr: `${error instanceof Error ? error.stack : error}\n`, code: 1 };
  } finally {
    console.log = log;
    process.exitCode = undefined;
  }
}
