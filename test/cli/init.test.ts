// faultline init: every template makes a scenario that is valid and runs without a warning, in any folder.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { SHIPPED } from "../../src/documents/reading/nodeFiles.ts";
import { faultline } from "./memoryWorld.ts";

const FOLDER = join(SHIPPED, "templates");
const NAMES = ["single", "pipeline", "support-desk", "review", "debate", "voting", "router", "react"];

const shippedText = (name: string) => readFileSync(join(FOLDER, `${name}.yaml`), "utf8");
const withoutSchema = (text: string) => text.slice(text.indexOf("\n"));

test("the templates are the files of their folder", async () => {
  const files = readdirSync(FOLDER).filter((file) => file.endsWith(".yaml"));
  expect(files.sort()).toEqual(NAMES.map((name) => `${name}.yaml`).sort());
  const { code, stdout, stderr, written } = await faultline(["init", "--template", "list"]);
  expect({ code, stderr, written }).toEqual({ code: 0, stderr: "", written: {} });
  expect(stdout.match(/^[\w-]+/gm)).toEqual(NAMES);
});

describe.each(NAMES)("the template %s", (name) => {
  test("is short, and explains the sections that it has", () => {
    const lines = shippedText(name).trimEnd().split("\n");
    expect(lines.length).toBeGreaterThanOrEqual(30);
    expect(lines.length).toBeLessThanOrEqual(64);
    expect(lines.filter((line) => line.includes("# ")).length).toBeGreaterThan(lines.length / 4);
  });

  test("makes a scenario with which every suggested command goes well, without a warning", async () => {
    const made = await faultline(["init", "teams/first", "--template", name]);
    expect(made.code).toBe(0);
    const commands = made.stderr.match(/faultline .*?(?= +#)/g) ?? [];
    expect(commands.map((command) => command.split(" ")[1])).toEqual(["validate", "run", "trace"]);
    for (const command of commands.map((typed) => typed.split(" ").slice(1))) {
      const args = command[0] === "run" ? [...command, "--json", "--jobs", "1"] : command;
      const { code, stdout, stderr } = await faultline(args, { files: made.written });
      expect(code, command.join(" ")).toBe(0);
      expect(stderr).not.toContain("warning");
      if (command[0] === "run") expectPromising(stdout);
    }
  });

  test("tells what to type next with npx, where it was called so", async () => {
    const { stderr } = await faultline(["init", "team"], { env: { npm_command: "exec" } });
    expect(stderr.match(/npx faultline/g)).toHaveLength(3);
    expect((await faultline(["init", "team"])).stderr).not.toContain("npx");
  });
});

/** Passes its thresholds, has a chance of succeeding eight times in a row if tasks are repeated, and gives nothing to warn of. */
function expectPromising(json: string): void {
  const [{ metrics, thresholds, warnings }] = JSON.parse(json).scenarios;
  expect(warnings).toEqual([]);
  expect(thresholds.map(({ verdict }: { verdict: string }) => verdict)).toEqual(["pass"]);
  expect(metrics.passHat8.ci[0] ?? metrics.success.ci[0]).toBeGreaterThan(0);
}

describe("faultline init", () => {
  test("writes the default template, review, and says the name of the file", async () => {
    const { code, stdout, written } = await faultline(["init", "my-team"]);
    expect({ code, stdout }).toEqual({ code: 0, stdout: "my-team.yaml\n" });
    expect(Object.keys(written)).toEqual(["my-team.yaml"]);
    expect(withoutSchema(written["my-team.yaml"])).toBe(withoutSchema(shippedText("review")));
    expect(parse(written["my-team.yaml"])).toHaveProperty("agents.editor");
  });

  test.each([
    ["teams/claims", "teams/claims.yaml"],
    ["teams/claims.yaml", "teams/claims.yaml"],
    ["teams/claims.yml", "teams/claims.yml"],
    ["./a/../team", "team.yaml"],
    ["my teams/claims", "my teams/claims.yaml"],
  ])("%s writes %s", async (asked, path) => {
    const { stdout, written } = await faultline(["init", asked]);
    expect(stdout).toBe(`${path}\n`);
    expect(Object.keys(written)).toEqual([path]);
  });

  const schemaOf = async (path: string, present: string) => {
    const files = present === "" ? {} : { [present]: "{}" };
    const { written } = await faultline(["init", path], { files });
    return /^# yaml-language-server: \$schema=(.*)/.exec(Object.values(written)[0])?.[1];
  };

  test.each([
    ["a", "", "./node_modules/faultline/scenarios/schema.json"],
    ["a/b/c", "", "../../node_modules/faultline/scenarios/schema.json"],
    ["a", "scenarios/schema.json", "./scenarios/schema.json"],
    ["scenarios/mine/a", "scenarios/schema.json", "../schema.json"],
    ["teams/a", "scenarios/schema.json", "../scenarios/schema.json"],
    ["a", "../node_modules/faultline/scenarios/schema.json", undefined],
    ["../a", "../scenarios/schema.json", "./scenarios/schema.json"],
  ])("%s, where %j exists, finds the schema from its own folder", async (path, present, schema) => {
    expect(await schemaOf(path, present)).toBe(schema ?? `./${present}`.replace("./..", ".."));
  });

  test("quotes what a shell would take apart", async () => {
    const { stderr } = await faultline(["init", "my teams/claims"]);
    expect(stderr).toContain("faultline run 'my teams/claims.yaml' ");
  });

  test("leaves a file alone that is there, unless it is forced", async () => {
    const files = { "teams/a.yaml": "mine" };
    const refused = await faultline(["init", "teams/a"], { files });
    expect(refused).toMatchObject({ code: 2, stdout: "", written: {} });
    expect(refused.stderr).toContain("teams/a.yaml is there already");
    const forced = await faultline(["init", "teams/a", "--force"], { files });
    expect(Object.keys(forced.written)).toEqual(["teams/a.yaml"]);
  });

  test.each(["1a", "a b", "-", "teams/a.json", "..", "teams/.yaml"])(
    "refuses the name %j",
    async (name) => {
      const { code, written, stderr } = await faultline(["init", name]);
      expect(code).toBe(2);
      expect(written).toEqual({});
      expect(stderr).toContain("a name starts with a letter");
    },
  );

  test("asks for a file where a folder is named", async () => {
    const { code, stderr } = await faultline(["init", "teams/"]);
    expect(code).toBe(2);
    expect(stderr).toContain('"teams/" is a folder');
    expect(stderr).toContain("such as teams/team.yaml");
  });

  test("tells of an unknown template with all that there are, a line each", async () => {
    const { code, stdout, stderr, written } = await faultline([
      "init",
      "team",
      "--template",
      "vote",
    ]);
    expect({ code, stdout, written }).toEqual({ code: 2, stdout: "", written: {} });
    expect(stderr).toContain("there is no template vote");
    for (const name of NAMES) expect(stderr).toMatch(new RegExp(`^ *${name} +\\w`, "m"));
  });

  test("needs a path for all but the list", async () => {
    const { code, stderr } = await faultline(["init", "--template", "voting"]);
    expect(code).toBe(2);
    expect(stderr).toContain("init needs PATH");
  });
});
