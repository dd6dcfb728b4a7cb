import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readEnsemble } from "../../src/calibrate/ensemble/file.ts";
import { ONE, FILES as SCENARIOS, TARGETS } from "../calibrate/support.ts";
import { ESCAPE, faultline, type Outcome, type Setting } from "./memoryWorld.ts";

/** Enough to see everything that is written; how well it is fitted is tested elsewhere. */
const SHORT = ONE.replace(
  /search:.*/s,
  "search: { levels: [{ replications: 80, evaluations: 12 }], descent: 0, polish: 0, final: 160 }\n",
);

/** Longer than anybody waits. */
const LONG = SHORT.replace("evaluations: 12", "evaluations: 1000000");

const FILES = { ...SCENARIOS, [TARGETS]: SHORT };
const OUT = "out/calibrate-fit";

const calibrate = (args: readonly string[] = [], setting: Setting = {}): Promise<Outcome> =>
  faultline(["calibrate", TARGETS, "--jobs", "1", ...args], { files: FILES, ...setting });

describe("faultline calibrate", () => {
  test("prints fits and parameters, and what is pinned down", async () => {
    const { code, stdout, stderr } = await calibrate();
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^fit: 1 parameter fitted to 2 figures\nseed calibrate · \d+ evaluations/,
    );
    expect(stdout).toMatch(/\nsuccess\n {2}one +0\.8 .* ±0\.02 .*(✓ in range|✗ off)\n/);
    expect(stdout).toMatch(/\n {2}two +0\.64 .* 0\.6 to 0\.68 .*, not fitted\n/);
    expect(stdout).toMatch(
      /\nmodels\.yaml\n {2}models\.base\.errorRate +0\.5 +0\.\d+ +yes +0\.\d+ to 0\.\d+ +0\.01 ·*━*●━*·* 0\.9\n/,
    );
    expect(stdout).toMatch(/\n\d of 2 in range · loss [\d.]+ \(start \d+/);
    expect(stderr).toContain(`saved   ${OUT}/`);
  });

  test("writes presets with their provenance, the result and the state", async () => {
    const { written } = await calibrate();
    expect(Object.keys(written).sort()).toEqual([
      `${OUT}/calibration.json`,
      `${OUT}/models.yaml`,
      `${OUT}/state.json`,
    ]);
    const preset = written[`${OUT}/models.yaml`];
    expect(preset).toMatch(
      /^# Calibrated by Faultline [\d.]+ \(semantics \d+\)\n# targets: targets\.yaml \(sha256 [0-9a-f]{64}\)\n# seed: calibrate\n# search: \d+ evaluations, loss /,
    );
    expect(preset).toMatch(
      /\n# models\.yaml: models\.base\.errorRate: 0\.5 → 0\.\d+\n#\n# The models\./,
    );
    expect(preset).toContain("}   # to be fitted\n");
    const { parameters } = JSON.parse(written[`${OUT}/calibration.json`]);
    expect(parse(preset)).toEqual({
      models: {
        base: {
          errorRate: parameters[0].fitted,
          latency: { distribution: "constant", mean: 1 },
        },
      },
    });
  });

  test("--ensemble adds sets in proportion to their likelihood, as a table of their own", async () => {
    const ensemble =
      "final: 160, ensemble: { waves: 1, points: 16, candidates: 16, replications: 64, moves: 1 } }";
    const files = { ...FILES, [TARGETS]: SHORT.replace("final: 160 }", ensemble) };
    const { stdout, written } = await calibrate(["--ensemble", "12"], { files });
    expect(stdout).toMatch(
      /\nEnsemble of 12 parameter sets\n1 wave of 16 points · 16 candidates worth [\d]+ independent draws · 1 move per set, \d+ % accepted · \d+ different sets · 64\s+replications per scenario\n/,
    );
    expect(stdout).toMatch(/\n {2}models\.base\.errorRate +0\.\d+ .* 0\.\d\d +0\.01 to 0\.9\n/);
    expect(stdout).toMatch(/\n {2}two +0\.64 +0\.\d+ +0\.\d+ *\n/);
    const text = written[`${OUT}/ensemble.csv`];
    expect(text).toMatch(
      /^# Ensemble of 12 parameter sets .* \(semantics \d+\)\n# input: targets\.yaml \(sha256 [0-9a-f]{64}\)\n/,
    );
    expect(text).toMatch(
      /\n# seed: calibrate\n# command: faultline calibrate fit\/targets\.yaml --ensemble 12\n/,
    );
    const result = JSON.parse(written[`${OUT}/calibration.json`]);
    const { parameters, members } = readEnsemble(text, "ensemble.csv");
    expect(parameters).toEqual([{ path: "models.base.errorRate", in: "models.yaml" }]);
    expect(members).toHaveLength(12);
    expect(members).toEqual(result.ensemble.members);
  });

  test("--json prints what calibration.json holds", async () => {
    const { stdout, written } = await calibrate(["--json", "--quiet"]);
    expect(stdout).toBe(written[`${OUT}/calibration.json`]);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "faultline/calibrate@1",
      interrupted: false,
    });
  });

  test("the preset, laid over a scenario, gives the figures that the table tells", async () => {
    const everywhere = SHORT.replace(", in: models.yaml", "");
    const { stdout, written } = await calibrate(["--json"], {
      files: { ...FILES, [TARGETS]: everywhere },
    });
    const files = {
      ...FILES,
      "fit/preset.yaml": written[`${OUT}/preset.yaml`],
      "fit/both.yaml": "extends: [one.yaml, preset.yaml]\n",
    };
    // Every replication of a calibration is an instance of its own.
    const once = ["--replications", "160", "--set", "repeats=1"];
    const args = ["run", "fit/both.yaml", ...once, "--json", "--no-save"];
    const run = await faultline([...args, "--seed", "calibrate/final/one"], { files });
    const { targets } = JSON.parse(stdout);
    expect(JSON.parse(run.stdout).scenarios[0].metrics.success).toEqual(targets[0].simulated);
  });

  test("gives the same bytes with one and with two workers", async () => {
    const one = await calibrate(["--json"]);
    const two = await faultline(["calibrate", TARGETS, "--json", "--jobs", "2"], { files: FILES });
    expect(two.code).toBe(0);
    expect(two.stdout).toBe(one.stdout);
    expect(two.written).toEqual(one.written);
  });

  test("--seed takes the place of the file's, and --out of the folder", async () => {
    const { stdout, written } = await calibrate(["--seed", "x", "--out", "there", "--json"]);
    expect(JSON.parse(stdout).seed).toBe("x");
    expect(Object.keys(written)).toContain("there/models.yaml");
    expect(written["there/models.yaml"]).toContain("# seed: x\n");
  });
});

describe("an interrupted calibration", () => {
  const interrupted = () =>
    calibrate([], { files: { ...FILES, [TARGETS]: LONG }, interrupt: true });

  test("keeps the best point so far and exits with 130", async () => {
    const { code, stdout, stderr, written } = await interrupted();
    expect(code).toBe(130);
    expect(stdout).toContain("interrupted: the best point so far");
    expect(stderr).toContain(`faultline calibrate ${TARGETS} --resume`);
    expect(JSON.parse(written[`${OUT}/calibration.json`])).toMatchObject({
      interrupted: true,
      parameters: [{ profile: null }],
    });
    expect(written[`${OUT}/models.yaml`]).toContain("interrupted: the best point so far");
    expect(JSON.parse(written[`${OUT}/state.json`])).toMatchObject({
      schema: "faultline/calibrate-state@1",
      finished: false,
      inputs: {
        seed: "calibrate",
        "targets.yaml": expect.any(String),
        "models.yaml": expect.any(String),
      },
    });
  });

  test("goes on with --resume, only with what it was begun with", async () => {
    const { written } = await interrupted();
    const files = { ...FILES, [TARGETS]: LONG, ...written };
    const evaluations = (text: string) => JSON.parse(text).search.evaluations;
    const before = evaluations(written[`${OUT}/state.json`]);
    const more = await calibrate(["--resume"], { files, interrupt: true });
    expect(more.code).toBe(130);
    expect(evaluations(more.written[`${OUT}/state.json`])).toBeGreaterThan(before);

    const changed = { ...files, "fit/models.yaml": files["fit/models.yaml"].replace("0.5", "0.4") };
    const other = await calibrate(["--resume", "--seed", "x"], { files: changed });
    expect(other.code).toBe(8);
    expect(other.stderr).toContain(
      "another calibration: seed has changed, models.yaml has changed",
    );
    expect(other.written).toEqual({});
  });

  test("is not replaced unless one says so", async () => {
    const { written } = await interrupted();
    const { code, stderr } = await calibrate([], { files: { ...FILES, ...written } });
    expect(code).toBe(2);
    expect(stderr).toContain("not finished");
    expect((await calibrate(["--force"], { files: { ...FILES, ...written } })).code).toBe(0);
  });

  test("one that is finished is not begun again by --resume, and gives the same", async () => {
    const first = await calibrate(["--json"]);
    const again = await calibrate(["--json", "--resume"], {
      files: { ...FILES, ...first.written },
    });
    expect(again.code).toBe(0);
    expect(again.stdout).toBe(first.stdout);
  });

  test("needs a state to resume", async () => {
    const nothing = await calibrate(["--resume"]);
    expect(nothing.code).toBe(2);
    expect(nothing.stderr).toContain(`there is nothing to resume in ${OUT}`);
    const broken = await calibrate(["--resume"], {
      files: { ...FILES, [`${OUT}/state.json`]: "{" },
    });
    expect(broken.code).toBe(3);
    expect(broken.stderr).toContain(`${OUT}/state.json:1:2: error: the file ends here`);
  });
});

describe("what cannot be calibrated", () => {
  test("is told with every problem, and nothing is written", async () => {
    const text = SHORT.replace("metric: success, of: one", "metric: sucess, of: oen").replace(
      "[0.01, 0.9]",
      "[0.9, 0.01]",
    );
    const { code, stderr, stdout, written } = await calibrate([], {
      files: { ...FILES, [TARGETS]: text },
    });
    expect(code).toBe(3);
    expect(stdout).toBe("");
    expect(written).toEqual({});
    expect(stderr).toContain(`${TARGETS}:6:24: error: there is no metric sucess\n`);
    expect(stderr).toContain("hint: did you mean success?");
    expect(stderr).toContain("there is no scenario oen");
    expect(stderr).toContain("the range is inverted");
  });

  test("a file that is not there is a usage error", async () => {
    const { code, stderr } = await faultline(["calibrate", "nothing.yaml"]);
    expect(code).toBe(2);
    expect(stderr).toContain("nothing.yaml: there is no such file");
  });

  test("a figure that never has a value ends with 5", async () => {
    const text = SHORT.replace("metric: success, of: one", "metric: passHat8, of: other").replace(
      "{ one: one.yaml",
      "{ other: other.yaml",
    );
    const { code, stderr } = await calibrate([], { files: { ...FILES, [TARGETS]: text } });
    expect(code).toBe(5);
    expect(stderr).toContain("no point that was tried gives every target a value: one had none");
  });

  test("a full disk is told", async () => {
    const { code, stderr } = await calibrate([], { diskError: "no space left on device" });
    expect(code).toBe(9);
    expect(stderr).toMatch(/the result is not saved: cannot write \S+: no space left on device/);
  });
});

describe("progress", () => {
  test("is one line in a terminal, with evaluations, loss and the time that is left", async () => {
    const { stderr } = await calibrate([], { isTTY: true, columns: 200 });
    expect(stderr).toContain(`\r${ESCAPE}[K`);
    expect(stderr).toMatch(/calibrate · \d+ % · search, \d+ evaluations?, best loss [\d.]+ at 80 /);
    expect(stderr).toMatch(/ left/);
  });

  test("is nothing elsewhere while it is short, and with --quiet", async () => {
    expect((await calibrate()).stderr).toBe("saved   out/calibrate-fit/\n");
    expect((await calibrate(["--quiet"])).stderr).toBe("");
  });
});

describe("faultline schema", () => {
  test("targets prints the schema of targets files", async () => {
    const { code, stdout } = await faultline(["schema", "targets"]);
    expect(code).toBe(0);
    const schema = JSON.parse(stdout);
    expect(schema.properties.targets.items.properties).toHaveProperty("tolerance");
    expect(schema.properties.parameters.items.required).toEqual(["path", "range"]);
  });

  test("of anything else is a usage error", async () => {
    const { code, stderr } = await faultline(["schema", "target"]);
    expect(code).toBe(2);
    expect(stderr).toContain("there is no schema target; did you mean targets?");
  });
});
