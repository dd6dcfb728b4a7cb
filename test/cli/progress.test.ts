// Progress as a terminal and as a log see it.
import { describe, expect, test } from "vitest";
import { Progress } from "../../src/cli/progress.ts";
import type { World } from "../../src/cli/world.ts";
import { ESCAPE } from "./memoryWorld.ts";

function progressOn(stderr: { isTTY: boolean; columns?: number }, quiet = false) {
  const state = { now: 5000, text: "" };
  const write = (text: string) => {
    state.text += text;
  };
  const world = { stderr: { ...stderr, write }, clock: () => state.now } as unknown as World;
  const progress = new Progress(world, "run", 1_000_000, quiet);
  return {
    progress,
    at(seconds: number, ...update: Parameters<Progress["update"]>) {
      state.now = 5000 + 1000 * seconds;
      progress.update(...update);
    },
    get text() {
      return state.text;
    },
  };
}

const ERASE = `\r${ESCAPE}[K`;

describe("in a terminal", () => {
  test("one line is written over and over, at most ten times per second, and taken away", () => {
    const seen = progressOn({ isTTY: true, columns: 200 });
    seen.at(1, 0.1);
    seen.at(1.05, 0.11);
    seen.at(2, 0.2, "phase two");
    seen.progress.end();
    const first = "run · 10 % · 100,000 of 1,000,000 replications · 100,000 per second · 9 s left";
    const second = first
      .replace("10 %", "20 % · phase two")
      .replace("· 100,000 of", "· 200,000 of");
    expect(seen.text).toBe(`${ERASE}${first}${ERASE}${second.replace("9 s", "8 s")}${ERASE}`);
  });

  test("does not wrap", () => {
    const seen = progressOn({ isTTY: true, columns: 30 });
    seen.at(1, 0.1);
    expect(seen.text).toHaveLength(ERASE.length + 29);
  });
});

describe("in a log", () => {
  test("a plain line comes every ten seconds, none of short work", () => {
    const seen = progressOn({ isTTY: false });
    for (let second = 0; second <= 30; second++) seen.at(second, second / 100);
    seen.progress.end();
    expect(seen.text).toBe(
      [
        "run · 10 % · 100,000 of 1,000,000 replications · 10,000 per second · 90 s left\n",
        "run · 20 % · 200,000 of 1,000,000 replications · 10,000 per second · 80 s left\n",
        "run · 30 % · 300,000 of 1,000,000 replications · 10,000 per second · 70 s left\n",
      ].join(""),
    );
  });

  test("remarks are told as well, and lines become rare", () => {
    const seen = progressOn({ isTTY: false });
    for (let minute = 1; minute <= 600; minute++) seen.at(60 * minute, minute / 1000, "phase two");
    const lines = seen.text.split("\n");
    expect(lines[0]).toContain("phase two");
    expect(lines.length).toBeGreaterThan(20);
    expect(lines.length).toBeLessThan(60);
  });
});

test("the total may become known on the way", () => {
  const seen = progressOn({ isTTY: false });
  seen.at(10, 0.5, undefined, 4000);
  expect(seen.text).toBe("run · 50 % · 2,000 of 4,000 replications · 200 per second · 10 s left\n");
});

test("nothing is told when it is to be quiet", () => {
  for (const isTTY of [true, false]) {
    const seen = progressOn({ isTTY }, true);
    seen.at(60, 0.5);
    seen.progress.end();
    expect(seen.text).toBe("");
  }
});
