// The engine of the playground in a real browser: the same numbers and bytes as in the terminal, results on the way, and an end at once.
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundlePlay } from "../../scripts/bundle.mjs";
import { jsonText } from "../../src/cli/json.ts";
import { remembering, textsOf } from "../../src/documents/reading/files.ts";
import { nodeFiles } from "../../src/documents/reading/nodeFiles.ts";
import type { MetricValue } from "../../src/experiment/result.ts";
import type { Answer, Ask } from "../../src/play/messages.ts";
import { loadScenario } from "../../src/scenario/load.ts";
import { faultline } from "../cli/memoryWorld.ts";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run"];
/** Of every kind of team, with files that extend others, with formulas, with uncertain numbers, as a stream. */
const SHIPPED = [
  "scenarios/kim2025/finance-agent-single.yaml",
  "scenarios/kim2025/finance-agent-independent.yaml",
  "scenarios/kim2025/finance-agent-centralized.yaml",
  "scenarios/kim2025/browsecomp-plus-hybrid.yaml",
  "scenarios/debate/llama-all.yaml",
  "scenarios/contagion/mesh.yaml",
  "scenarios/clear/agent.yaml",
  "scenarios/templates/pipeline.yaml",
  "scenarios/templates/voting.yaml",
  "scenarios/templates/support-desk.yaml",
];

/** Texts of a scenario and of all files that it needs. */
async function textsFor(path: string): Promise<Record<string, string>> {
  const sources = new Map<string, string | Uint8Array>();
  await loadScenario(path, { files: remembering(nodeFiles(path), sources) });
  return textsOf(sources);
}

const where = existsSync(CHROMIUM) ? "" : ` (skipped: needs ${CHROMIUM}; apt-get install chromium)`;

describe.skipIf(where !== "")(`the engine in a browser${where}`, () => {
  const folder = mkdtempSync(join(tmpdir(), "faultline-play-"));
  const troubles: string[] = [];
  let server: Server;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    await bundlePlay(folder);
    server = createServer(({ url = "/" }, response) => {
      const type = url.endsWith(".js") ? "text/javascript" : "text/html";
      const text = url === "/" ? '<!doctype html><link rel="icon" href="data:," />' : read(url);
      response.writeHead(text === undefined ? 404 : 200, { "content-type": type }).end(text);
    }).listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    page = await browser.newPage();
    page.on("console", (message) => troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(String(error)));
    await page.goto(`http://127.0.0.1:${port}/`);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    server?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const read = (url: string) =>
    existsSync(join(folder, url)) ? readFileSync(join(folder, url)) : undefined;

  /** All answers of an engine of its own. */
  const asked = (ask: Omit<Ask, "id">): Promise<Answer[]> =>
    page.evaluate(
      (question) =>
        new Promise<Answer[]>((resolve, reject) => {
          const worker = new Worker("/engine.js", { type: "module" });
          const answers: Answer[] = [];
          worker.onerror = (error) => reject(new Error(error.message));
          worker.onmessage = ({ data }: MessageEvent<Answer>) => {
            answers.push(data);
            if (data.kind === "so far") return;
            worker.terminate();
            resolve(answers);
          };
          worker.postMessage({ id: 7, ...question });
        }),
      ask,
    );

  test.each(SHIPPED)(
    "%s has the bytes of faultline run --json",
    async (path) => {
      const files = await textsFor(path);
      const args = ["run", path, "--json", "--no-save", "--replications", "256"];
      const { stdout } = await faultline(args, { files });
      const answer = (await asked({ files, scenarios: [path], replications: 256 })).at(-1);
      expect(answer?.kind === "done" && jsonText(answer.result)).toBe(stdout);
      expect(troubles).toEqual([]);
    },
    60_000,
  );

  test("intervals narrow while it runs", async () => {
    const path = SHIPPED[1];
    const files = await textsFor(path);
    const answers = await asked({ files, scenarios: [path], replications: 40_000 });
    const widths = answers.flatMap((answer) => {
      if (answer.kind !== "so far" && answer.kind !== "done") return [];
      const { ci } = answer.result.scenarios[0].metrics.success as MetricValue;
      return [(ci[1] ?? 1) - (ci[0] ?? 0)];
    });
    expect(widths.length).toBeGreaterThan(2);
    expect(widths.at(-1)).toBeLessThan(widths[0] / 2);
    const shares = answers.map((answer) => (answer.kind === "so far" ? answer.share : 1));
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
  }, 60_000);

  test("problems are those of the terminal, with their places", async () => {
    const files = { "team.yaml": "models: { base: { errorRate: high } }\nagnets: {}\n" };
    const [answer] = await asked({ files, scenarios: ["team.yaml"] });
    if (answer.kind !== "problems") throw new Error(answer.kind);
    const { stderr } = await faultline(["run", "team.yaml"], { files });
    expect(answer.problems.length).toBeGreaterThan(1);
    for (const { file, line, column, message } of answer.problems)
      expect(stderr).toContain(`${file}:${line}:${column}: error: ${message}`);
  });

  test("a long run is cut at once, and another engine answers", async () => {
    const path = SHIPPED[2];
    const files = await textsFor(path);
    const milliseconds = await page.evaluate(
      async (question) => {
        const endless = new Worker("/engine.js", { type: "module" });
        await new Promise((resolve) => {
          endless.onmessage = resolve;
          endless.postMessage({ ...question, id: 1, replications: 100_000_000 });
        });
        const begun = performance.now();
        endless.terminate();
        const other = new Worker("/engine.js", { type: "module" });
        await new Promise((resolve) => {
          other.onmessage = resolve;
          other.postMessage({ ...question, id: 2, replications: 64 });
        });
        other.terminate();
        return performance.now() - begun;
      },
      { files, scenarios: [path] },
    );
    expect(milliseconds).toBeLessThan(20_000);
  }, 60_000);
});
