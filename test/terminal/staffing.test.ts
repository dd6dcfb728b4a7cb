// How the offered load and the staff that it takes are told.
import { expect, test } from "vitest";
import type { OfferedLoad } from "../../src/experiment/offeredLoad.ts";
import type { GroupStaffing } from "../../src/experiment/staffing.ts";
import { loadLines, staffingLines } from "../../src/terminal/staffing.ts";

const about = (mean: number, half = 0.01) => ({ mean, ci: [mean - half, mean + half] as const });
const load = (mean: number, more: Partial<OfferedLoad> = {}): OfferedLoad => ({
  staff: 1,
  work: about(60, 1),
  load: about(mean),
  ...more,
});

test("the load tells who cannot keep up, where that is certain, and who falls behind at the peak", () => {
  expect(
    loadLines({
      lazy: load(0.5, { peak: about(0.8) }),
      slow: load(2.02, { staff: 2, peak: about(4) }),
      edge: load(1, { peak: about(2) }),
      peak: load(0.5, { peak: about(2) }),
    }).slice(1),
  ).toEqual([
    "  agent  staff  load         at the peak  seconds per task",
    "  lazy   1      0.500 ±.010  0.800 ±.010  60.0 ±1.0",
    "  slow   2      2.020 ±.010  4.000 ±.010  60.0 ±1.0         cannot keep up",
    "  edge   1      1.000 ±.010  2.000 ±.010  60.0 ±1.0         may not keep up",
    "  peak   1      0.500 ±.010  2.000 ±.010  60.0 ±1.0         falls behind at the peak",
  ]);
});

test("of many agents those with the most load for their staff are told, in the order of the file", () => {
  const loads = Object.fromEntries(
    Array.from({ length: 15 }, (_, i) => [`worker.${i + 1}`, load(0.1 + 0.05 * i)]),
  );
  const lines = loadLines(loads);
  expect(lines.slice(2, -1).map((line) => line.trim().split(" ")[0])).toEqual(
    Object.keys(loads).slice(3),
  );
  expect(lines.at(-1)).toBe("  and 3 agents with less for each of their staff");
});

test.each<[string, Partial<GroupStaffing>, string]>([
  ["3 staff", { range: [3, 3] }, "3 staff: 0.960 ±.010 on time with 3, 0.900 ±.010 with 2"],
  [
    "3 to 4 staff",
    { range: [3, 4] },
    "3 to 4 staff: 0.960 ±.010 on time with 3, 0.900 ±.010 with 2",
  ],
  [
    "2 or more",
    { range: [2, null] },
    "2 or more staff: 0.960 ±.010 on time with 3, 0.900 ±.010 with 2",
  ],
  [
    "3 staff that fall behind later",
    { range: [3, 3], load: about(3.5) },
    "3 staff: 0.960 ±.010 on time with 3, 0.900 ±.010 with 2; it takes more where tasks come for longer, see the load",
  ],
  [
    "none",
    { staff: null, range: [null, null], onTime: about(0.9) },
    "no number of staff is enough: 0.900 ±.010 on time at most, others hold it up",
  ],
  [
    "none, perhaps",
    { staff: null, range: [7, null], onTime: about(0.945) },
    "7 or more, or no number of staff is enough: 0.945 ±.010 on time at most, others hold it up",
  ],
])("the staff is %s", (_, found, text) => {
  const clerk: GroupStaffing = {
    ...{ stated: 1, staff: 3, range: [3, 3], onTime: about(0.96), onTimeBelow: about(0.9) },
    ...found,
  };
  const lines = staffingLines({
    ...{ objective: 3600, wanted: 0.95, replications: 100 },
    ...{ asStated: about(0.5), withoutQueues: about(0.98), groups: { clerk } },
  });
  expect(lines).toEqual([
    "staff that keeps 95 % of the tasks within 60 min, all else as stated (100 replications):",
    "  as stated  0.500 ±.010 on time",
    `  clerk      ${text}`,
  ]);
});
