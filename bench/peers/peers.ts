// The peers as programs: what is installed, how they are built, and how they are run.
import { spawnSync } from "node:child_process";
import { mkdirSync } from "node:fs";

/** Where what the benchmark makes goes: programs and the parameter file. */
export const WORKSHOP = "out/bench";

const SOURCES = "bench/peers";
const PYTHON = "/usr/bin/python3";

/** A program of a peer, and what it is called. */
export interface Peer {
  readonly name: "SimPy" | "C";
  /** Runs a program of the peer ("centralized", "hold") and returns the JSON document that it prints. */
  run(program: string, ...options: readonly (string | number)[]): unknown;
}

/** The peers that can be run here; says in a line what to install for those that cannot. */
export function availablePeers(): Peer[] {
  mkdirSync(WORKSHOP, { recursive: true });
  return [simpy(), c()].filter((peer) => peer !== undefined);
}

function simpy(): Peer | undefined {
  if (!works(PYTHON, ["-c", "import simpy"])) {
    console.log("SimPy is left out: apt-get install python3-simpy3");
    return undefined;
  }
  return {
    name: "SimPy",
    run: (program, ...options) => output(PYTHON, [`${SOURCES}/${program}.py`, ...options]),
  };
}

function c(): Peer | undefined {
  if (!works("gcc", ["--version"])) {
    console.log("C is left out: apt-get install gcc libc6-dev");
    return undefined;
  }
  for (const program of ["centralized", "hold"])
    output("gcc", [
      "-std=c11",
      "-O2",
      "-o",
      `${WORKSHOP}/${program}`,
      `${SOURCES}/${program}.c`,
      "-lm",
    ]);
  return { name: "C", run: (program, ...options) => output(`${WORKSHOP}/${program}`, options) };
}

function works(command: string, options: readonly string[]): boolean {
  return spawnSync(command, options).status === 0;
}

/** What a program prints, as JSON; undefined where it prints nothing. */
function output(command: string, options: readonly (string | number)[]): unknown {
  const { status, stdout, stderr, error } = spawnSync(command, options.map(String), {
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`${command} failed: ${error?.message ?? stderr}`);
  return stdout === "" ? undefined : JSON.parse(stdout);
}
