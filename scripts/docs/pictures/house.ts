// The picture of the house in DESIGN.md: six storeys, the rooms of each (in several rows where they are many), and which way imports go.
import { arrow, block, drawing, text } from "./drawing.ts";

const STOREYS = [
  ["doors", ["api", "cli"]],
  ["surfaces", ["terminal", "charts", "render", "pages", "browser", "export"]],
  ["results", ["results", "wording"]],
  [
    "laboratory",
    ["metrics", "experiment", "store", "sweep", "calibrate"],
    ["logs", "estimate", "decide", "advise", "literature"],
  ],
  ["language", ["documents", "scenario"]],
  ["foundation", ["numerics", "kernel", "model"]],
] as const satisfies readonly (readonly [string, ...(readonly string[])[]])[];

const [LEFT, ROOM, GAP, ROW] = [112, 78, 8, 46];

export function house() {
  const rows = STOREYS.flatMap(([name, first, ...others]) => [
    { name, rooms: first },
    ...others.map((rooms) => ({ name: "", rooms })),
  ]);
  const height = 24 + rows.length * ROW + 34;
  const storeys = rows.flatMap(({ name, rooms }, i) => {
    const y = 20 + i * ROW;
    return [
      text(20, y + 21, name, { bold: true, within: LEFT - 24 }),
      ...rooms.map((room, j) => block(LEFT + j * (ROOM + GAP), y, ROOM, 34, room)),
    ];
  });
  return drawing(
    760,
    height,
    "The six storeys of the house and their rooms; imports go downwards.",
    [
      ...storeys,
      arrow([
        [734, 24],
        [734, 20 + rows.length * ROW - 12],
      ]),
      text(
        20,
        height - 16,
        "Imports go down: a room imports from the storeys below it, never from those above.",
        {
          tone: "muted",
          within: 720,
        },
      ),
    ],
  );
}
