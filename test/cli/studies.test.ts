import { describe, expect, test } from "vitest";
import { STUDIES } from "../../src/literature/studies.ts";
import { faultline } from "./memoryWorld.ts";

describe("faultline studies", () => {
  test("lists every study with its question", async () => {
    const { code, stdout } = await faultline(["studies"], { columns: 200 });
    expect(code).toBe(0);
    for (const { name, question } of STUDIES)
      expect(stdout.replace(/\s+/g, " ")).toContain(`${name} ${question}`);
  });

  test("--json is one document", async () => {
    const { stdout } = await faultline(["studies", "--json"]);
    const { schema, studies } = JSON.parse(stdout);
    expect(schema).toBe("faultline/studies@1");
    expect(studies.map(({ name }: { name: string }) => name)).toEqual(
      STUDIES.map(({ name }) => name),
    );
  });
});
