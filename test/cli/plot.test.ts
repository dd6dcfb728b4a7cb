import { describe, expect, test } from "vitest";
import { CHARTS } from "../../src/charts/chart.ts";
import { crossing } from "../charts/support.ts";
import { memoryDisk } from "./memoryDisk.ts";
import { faultline } from "./memoryWorld.ts";

const TEXT = JSON.stringify(crossing());

function plot(args: readonly string[], text = TEXT, diskError?: string) {
  const disk = memoryDisk();
  disk.makeFolder("out/known");
  disk.files.set("out/known/result.json", Buffer.from(text));
  return faultline(["plot", ...args], { disk, ...(diskError === undefined ? {} : { diskError }) });
}

describe("faultline plot", () => {
  test("draws the chart that shows a result best as SVG, of a folder as of a file", async () => {
    const { code, stdout, stderr } = await plot(["out/known"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^<svg .*<\/svg>\n$/s);
    expect(stdout).toContain("Best by success: known");
    expect((await plot(["out/known/result.json"])).stdout).toBe(stdout);
  });

  test("--chart list tells which charts fit", async () => {
    const { code, stdout } = await plot(["out/known", "--chart", "list"]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^sweep-map +over two factors .*\nsweep-line +.*\ncost +.*\n$/);
  });

  test("--chart list without a result tells all charts, and the results that each is drawn of", async () => {
    const { code, stdout, stderr } = await faultline(["plot", "--chart", "list"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const lines = stdout.trimEnd().split("\n");
    expect(lines.map((line) => line.split(" ")[0])).toEqual([
      ...CHARTS.map(({ name }) => name),
      "STUDY-FIGURE",
    ]);
    expect(stdout).toMatch(/^differences +paired differences .* \(compare\)$/m);
    expect(stdout).toMatch(/^lineage .* \(trace --json\)$/m);
  });

  test("all but the list needs a result", async () => {
    const { code, stderr } = await faultline(["plot", "--chart", "cost"]);
    expect(code).toBe(2);
    expect(stderr).toContain("plot needs RESULT");
  });

  test("--format vl.json prints the specification", async () => {
    const { stdout } = await plot(["out/known", "--chart", "cost", "--format", "vl.json"]);
    expect(JSON.parse(stdout).$schema).toContain("vega-lite");
  });

  test("--out writes the file and says its name, whose ending tells the format", async () => {
    const png = await plot(["out/known", "--out", "pictures/map.png"]);
    expect(png).toMatchObject({ code: 0, stdout: "pictures/map.png\n" });
    expect(png.written["pictures/map.png"]).toMatch(/^\u0089PNG/);
    const short = await plot(["-o", "map.png", "out/known"]);
    expect(short.written["map.png"]).toBe(png.written["pictures/map.png"]);
    const html = await plot(["out/known", "-o=map.html"]);
    expect(html.written["map.html"]).toMatch(/^<!doctype html>/);
    const spec = await plot(["out/known", "--out", "map.vl.json"]);
    expect(JSON.parse(spec.written["map.vl.json"]).$schema).toContain("vega-lite");
  });

  test("a chart that cannot tell is left out, said, and refused by its name", async () => {
    const sweep = crossing();
    const rows = sweep.rows.filter(({ factors }) => factors.agents === 1);
    const text = JSON.stringify({ ...sweep, rows });
    const list = await plot(["out/known", "--chart", "list"], text);
    expect(list.stdout).toMatch(/^sweep-line +.*\ncost +.*\n$/);
    expect(list.stderr).toBe(
      "left out: sweep-map: A map needs two factors: this sweep varies rate alone.\nleft out: tornado: The points lie on a grid, where sweep-line shows each factor.\n",
    );
    expect((await plot(["out/known"], text)).stdout).toContain("Success by rate: known");
    const { code, stdout, stderr } = await plot(["out/known", "--chart", "sweep-map"], text);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("--chart: sweep-map would tell nothing of this result: A map needs");
    expect(stderr).toContain("What it can be drawn as: sweep-line, cost.");
  });

  test("a page has its chart for light and for dark ground", async () => {
    const { written } = await plot(["out/known", "-o", "map.html"]);
    const html = written["map.html"];
    expect(html).toContain("prefers-color-scheme: dark");
    const specs = /<script type="application\/json">(.*?)<\/script>/s.exec(html) ?? [];
    const { light, dark } = JSON.parse(specs[1]);
    expect([light.background, dark.background]).toEqual(["#ffffff", "#16191d"]);
  });

  test("an empty sweep is drawn as a picture that says so", async () => {
    const empty = JSON.stringify({ ...crossing(), rows: [], cells: 0 });
    const { code, stdout } = await plot(["out/known"], empty);
    expect(code).toBe(0);
    expect(stdout).toContain("The sweep has no cells.");
  });
});

test.each([
  [["out/nowhere"], TEXT, "there is no out/nowhere"],
  [
    ["out/known", "--chart", "pie"],
    TEXT,
    "--chart: there is no chart pie; of this result can be made: sweep-map",
  ],
  [["out/known", "--chart", "latency"], TEXT, "--chart: latency is made of"],
  [["out/known", "--format", "md"], TEXT, '--format: "md" is none of vl.json, svg, png, html'],
  [["out/known", "--format", "png"], TEXT, "a PNG goes to a file: name it with --out"],
  [["out/known/result.json", "--out", "out/known/result.json"], TEXT, "is the result itself"],
])("faultline plot %j refuses", async (args, text, message) => {
  const { code, stdout, stderr } = await plot(args, text);
  expect(code).toBe(2);
  expect(stdout).toBe("");
  expect(stderr).toContain(message);
});

test("a target that cannot be written is told", async () => {
  const { code, stderr } = await plot(["out/known", "--out", "x.svg"], TEXT, "ENOSPC: full");
  expect(code).toBe(9);
  expect(stderr).toContain("cannot write x.svg: ENOSPC: full");
  const onFolder = await plot(["out/known", "--out", "out/known"]);
  expect(onFolder.code).toBe(9);
  expect(onFolder.stderr).toContain("cannot write out/known: it is a folder (EISDIR)");
});
