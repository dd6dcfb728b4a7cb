// The drawings of docs/background/mechanism.md.
import {
  arrow,
  bar,
  block,
  box,
  CLAIM,
  claim,
  drawing,
  legend,
  type Part,
  text,
} from "./drawing.ts";

const W = 680;

/** A ledger: a box with the versions that one agent holds. */
function ledger(
  x: number,
  y: number,
  title: string,
  held: readonly (readonly [string, "right" | "wrong" | "missing"])[],
): Part {
  const width = Math.max(150, 24 + held.length * (CLAIM.width + 8) - 8);
  return (
    box(x, y, width, 72, { title }) +
    held
      .map(([name, state], i) => claim(x + 12 + i * (CLAIM.width + 8), y + 36, name, state))
      .join("")
  );
}

function task() {
  const at = { c1: [40, 44], c2: [200, 44], c3: [200, 116], c4: [360, 80] } as const;
  const edge = (from: keyof typeof at, to: keyof typeof at) =>
    arrow([
      [at[from][0] + CLAIM.width + 4, at[from][1] + 12],
      [at[to][0] - 4, at[to][1] + 12 + Math.sign(at[from][1] - at[to][1]) * 5],
    ]);
  return drawing(W, 160, "A task is a graph of claims: c2 builds on c1, c4 on c2 and c3.", [
    text(40, 28, "a task: four claims and what each one builds on", { tone: "muted" }),
    edge("c1", "c2"),
    edge("c2", "c4"),
    edge("c3", "c4"),
    ...Object.entries(at).map(([name, [x, y]]) => claim(x, y, name, "right")),
    text(440, 76, "c2 and c3 are premises of c4.", { within: 220 }),
    text(440, 94, "c1 and c3 have no premises:", { within: 220 }),
    text(440, 112, "two agents can make them at once.", { within: 220 }),
  ]);
}

function turn() {
  return drawing(W, 168, "One turn: an agent makes the next claim from its ledger.", [
    ledger(24, 24, "ledger before", [
      ["c1", "right"],
      ["c3", "right"],
    ]),
    arrow([
      [178, 60],
      [234, 60],
    ]),
    box(238, 24, 204, 88, {
      title: "one turn = one model call",
      lines: ["makes the next claim, c2", "takes simulated seconds", "costs tokens and money"],
      isAccent: true,
    }),
    arrow([
      [446, 60],
      [492, 60],
    ]),
    ledger(496, 24, "ledger after", [
      ["c1", "right"],
      ["c3", "right"],
      ["c2", "wrong"],
    ]),
    text(24, 142, "c2 can be wrong by a fault, or because a premise was wrong or missing.", {
      tone: "muted",
    }),
    legend(508, 131, ["right", "wrong"]),
  ]);
}

function message() {
  return drawing(W, 236, "A message carries versions; one is left out and one arrives wrong.", [
    box(24, 24, 140, 160, { title: "sender's ledger" }),
    box(516, 24, 140, 160, { title: "receiver's ledger" }),
    claim(74, 60, "c1", "right"),
    claim(74, 98, "c2", "right"),
    claim(74, 136, "c3", "right"),
    claim(566, 60, "c1", "right"),
    claim(566, 98, "c2", "wrong"),
    claim(566, 136, "c3", "missing"),
    arrow([
      [168, 72],
      [512, 72],
    ]),
    arrow(
      [
        [168, 110],
        [512, 110],
      ],
      { tone: "wrong" },
    ),
    arrow(
      [
        [168, 148],
        [340, 148],
      ],
      { isDashed: true },
    ),
    text(340, 64, "arrives as it was", { anchor: "middle" }),
    text(340, 102, "distorted: arrives wrong", { anchor: "middle", tone: "wrong" }),
    text(348, 152, "omitted: does not arrive", { tone: "muted" }),
    text(340, 36, "one message: tokens and latency", { anchor: "middle", tone: "muted" }),
    legend(24, 200, ["right", "wrong", "missing"]),
  ]);
}

function check() {
  const outcomes = [
    [50, "flagged (recall): made again", "text"],
    [76, "not flagged: the error stays", "wrong"],
    [122, "flagged (false alarm): made again", "text"],
    [148, "accepted", "text"],
  ] as const;
  return drawing(
    W,
    206,
    "A check flags wrong versions with its recall, right ones by false alarm.",
    [
      claim(40, 51, "c2", "wrong"),
      claim(40, 123, "c2", "right"),
      ...[63, 135].map((y) =>
        arrow([
          [86, y],
          [196, y],
        ]),
      ),
      box(200, 30, 150, 138, {
        title: "a check",
        lines: ["one more look by", "the maker, a peer or", "an orchestrator"],
        isAccent: true,
      }),
      ...outcomes.flatMap(([y, label, tone]) => [
        arrow(
          [
            [354, y],
            [420, y],
          ],
          { tone: tone === "wrong" ? tone : "muted" },
        ),
        text(428, y + 4, label, { tone, within: 240 }),
      ]),
      legend(40, 178, ["right", "wrong"]),
    ],
  );
}

function round() {
  const lane = (y: number, label: string) => [
    text(24, y + 16, label, { tone: "muted", within: 96 }),
    `<rect x="124" y="${y}" width="532" height="24" rx="4" class="box"/>`,
  ];
  return drawing(W, 216, "One round of a team with an orchestrator, over simulated time.", [
    ...lane(24, "orchestrator"),
    ...lane(76, "worker 1"),
    ...lane(128, "worker 2"),
    bar(124, 24, 70, "assign"),
    bar(234, 76, 66, "turn"),
    bar(304, 76, 58, "turn"),
    bar(234, 128, 92, "turn"),
    bar(330, 128, 84, "turn"),
    bar(440, 24, 78, "check"),
    bar(546, 24, 96, "aggregate"),
    arrow([
      [196, 36],
      [212, 36],
      [212, 140],
      [231, 140],
    ]),
    arrow([
      [212, 88],
      [231, 88],
    ]),
    arrow([
      [364, 88],
      [460, 88],
      [460, 51],
    ]),
    arrow([
      [416, 140],
      [488, 140],
      [488, 51],
    ]),
    text(24, 190, "time →", { tone: "muted" }),
    text(
      124,
      190,
      "The check waits for the slower worker. What it rejects is made again in the next round.",
      {
        tone: "muted",
        within: 540,
      },
    ),
  ]);
}

function deliverable() {
  return drawing(
    W,
    232,
    "The aggregator builds the deliverable; E counts the wrong versions it reads.",
    [
      ledger(24, 24, "ledger of agent 1", [
        ["c1", "right"],
        ["c2", "wrong"],
      ]),
      ledger(24, 124, "ledger of agent 2", [
        ["c1", "right"],
        ["c3", "right"],
        ["c4", "missing"],
      ]),
      arrow([
        [188, 60],
        [262, 100],
      ]),
      arrow([
        [188, 160],
        [262, 120],
      ]),
      block(266, 86, 100, 48, "aggregate"),
      arrow([
        [370, 110],
        [426, 110],
      ]),
      box(430, 70, 224, 80, { title: "deliverable" }),
      claim(442, 108, "c1", "right"),
      claim(492, 108, "c2", "wrong"),
      claim(542, 108, "c3", "right"),
      claim(592, 108, "c4", "missing"),
      text(430, 172, "One wrong, one missing: failure.", { within: 240 }),
      text(24, 220, "E = 1: one wrong version reaches aggregation", { tone: "wrong" }),
      legend(430, 209, ["right", "wrong", "missing"]),
    ],
  );
}

/** The drawings by file name, without the ending. */
export const MECHANISM: Readonly<Record<string, () => string>> = {
  task,
  turn,
  message,
  check,
  round,
  deliverable,
};
