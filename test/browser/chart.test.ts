// A chart as a page, in a real browser: opened from disk, for light and dark ground, with the pointer, and on paper.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeChart } from "../../src/charts/chart.ts";
import { toHtml } from "../../src/render/render.ts";
import { crossing } from "../charts/support.ts";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run"];
const ARTEFACTS = join(import.meta.dirname, "..", "artefacts");
const FILE = join(ARTEFACTS, "chart.html");

const where = existsSync(CHROMIUM) ? "" : ` (skipped: needs ${CHROMIUM}; apt-get install chromium)`;

describe.skipIf(where !== "")(`a chart in a browser${where}`, () => {
  let browser: Browser;
  const troubles: string[] = [];

  beforeAll(async () => {
    mkdirSync(ARTEFACTS, { recursive: true });
    const [light, dark] = (["light", "dark"] as const).map((theme) =>
      makeChart("sweep-line", crossing(), { theme }),
    );
    writeFileSync(FILE, await toHtml(light, dark));
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
  }, 60_000);
  afterAll(() => browser?.close());

  /** Opens the page; what it complains of or asks a network for ends up in `troubles`. */
  async function open(options: BrowserContextOptions = {}): Promise<Page> {
    troubles.length = 0;
    const page = await browser.newPage(options);
    page.on("console", (message) => troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) troubles.push(request.url());
    });
    await page.goto(pathToFileURL(FILE).href);
    return page;
  }

  const ground = (page: Page) =>
    page.locator(".drawing svg").evaluate((svg) => getComputedStyle(svg).backgroundColor);

  test("is drawn, and tells the value that the pointer is on", async () => {
    const page = await open();
    await page.locator("figure.drawn").waitFor();
    expect(await page.locator(".still").isVisible()).toBe(false);
    const mark = page.locator(".mark-symbol path[aria-roledescription]").first();
    await mark.hover({ force: true });
    await page.locator(".tip.shown").waitFor();
    expect(await page.locator(".tip").textContent()).not.toBe("");
    await page.screenshot({ path: join(ARTEFACTS, "chart-light.png") });
    expect(troubles).toEqual([]);
  });

  test("follows the reader between light and dark", async () => {
    const page = await open({ colorScheme: "dark" });
    await page.locator("figure.drawn").waitFor();
    expect(await ground(page)).toBe("rgb(22, 25, 29)");
    await page.screenshot({ path: join(ARTEFACTS, "chart-dark.png") });
    await page.emulateMedia({ colorScheme: "light" });
    await expect.poll(() => ground(page)).toBe("rgb(255, 255, 255)");
    expect(troubles).toEqual([]);
  });

  test("is the still picture on paper, and without scripts", async () => {
    const page = await open({ colorScheme: "dark" });
    await page.locator("figure.drawn").waitFor();
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".still").isVisible()).toBe(true);
    expect(await page.locator(".drawing").isVisible()).toBe(false);
    const plain = await open({ javaScriptEnabled: false });
    expect(await plain.locator(".still svg").isVisible()).toBe(true);
  });
});
