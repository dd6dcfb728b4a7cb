// A report in a real browser: opened from disk, with the pointer, with the keyboard alone, on dark ground, on paper.
// Pictures of it are kept in test/artefacts/, for people to look at.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { reportOf } from "../../src/pages/report/report.ts";
import { EVIL, FULL, run, sweep } from "../pages/report/support.ts";

const CHROMIUM = "/usr/bin/chromium";
const hasBrowser = existsSync(CHROMIUM);
if (!hasBrowser) console.warn("skipped: no Chromium; install it with: apt-get install chromium");

const ARTEFACTS = join(import.meta.dirname, "..", "artefacts");
const ARGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

let browser: Browser;
let folder: string;

interface Opened {
  readonly page: Page;
  /** Errors of scripts and of the console. */
  readonly errors: string[];
  /** What was asked for other than the file itself and what stands in it. */
  readonly requests: string[];
}

async function open(
  name: string,
  scheme: "light" | "dark" = "light",
  viewport = { width: 1280, height: 900 },
): Promise<Opened> {
  const context = await browser.newContext({
    colorScheme: scheme,
    reducedMotion: "reduce",
    viewport,
  });
  const page = await context.newPage();
  const url = pathToFileURL(join(folder, name)).href;
  const errors: string[] = [];
  const requests: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") errors.push(message.text());
  });
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("request", (request) => {
    if (request.url() !== url && !/^(data|blob):/.test(request.url())) requests.push(request.url());
  });
  await page.goto(url);
  return { page, errors, requests };
}

/** Scrolls through the page, so that all its charts are drawn. */
async function drawAll(page: Page): Promise<number> {
  const figures = page.locator("figure.chart");
  const number = await figures.count();
  for (let i = 0; i < number; i++) {
    // Without waiting for frames, which a browser without a window may hold back on a busy machine.
    await figures.nth(i).evaluate((figure) => figure.scrollIntoView());
    await page
      .locator("figure.chart")
      .nth(i)
      .locator(".drawing svg path")
      .first()
      .waitFor({ state: "attached" });
  }
  return number;
}

describe.skipIf(!hasBrowser)("a report in Chromium", () => {
  beforeAll(async () => {
    mkdirSync(ARTEFACTS, { recursive: true });
    folder = mkdtempSync(join(tmpdir(), "faultline-report-"));
    const pages = {
      "full.html": [FULL],
      "several.html": [FULL, run([{ name: EVIL }])],
      "sweep.html": [sweep(40, 25)],
    };
    for (const [name, results] of Object.entries(pages)) {
      const inputs = results.map((result) => ({ result }));
      writeFileSync(join(folder, name), await reportOf(inputs, { format: "html" }));
    }
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGS });
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  afterEach(async () => {
    const kept = (await shared)?.page.context();
    for (const context of browser?.contexts() ?? []) if (context !== kept) await context.close();
  });

  /** A page with all its charts drawn, which several tests look at one after the other and leave as they found it. */
  let shared: Promise<Opened> | undefined;
  async function drawn(): Promise<Opened> {
    shared ??= open("full.html").then(async (opened) => {
      expect(await drawAll(opened.page)).toBeGreaterThan(0);
      return opened;
    });
    return shared;
  }

  test("draws every chart, without errors and without asking the network", async () => {
    const { page, errors, requests } = await drawn();
    expect(await page.locator("figure.still-only").count()).toBe(0);
    expect(await page.locator(".still").first().isVisible()).toBe(false);
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
    await page.screenshot({ path: join(ARTEFACTS, "report-light.png"), fullPage: true });
  });

  test("shows what the pointer is on", async () => {
    const { page } = await drawn();
    const mark = page.locator("figure.chart .mark-symbol path[aria-roledescription]").first();
    await mark.scrollIntoViewIfNeeded();
    await mark.hover({ force: true });
    await page.locator(".tip.shown").waitFor();
    expect(await page.locator(".tip").textContent()).toMatch(/single|independent/);
  });

  test("is dark where the reader wants it, charts included, and follows a change", async () => {
    const { page, errors } = await open("full.html", "dark");
    await drawAll(page);
    const ground = () =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    expect(await ground()).toBe("rgb(22, 25, 29)");
    const before = await page.locator(".drawing").first().innerHTML();
    await page.screenshot({ path: join(ARTEFACTS, "report-dark.png"), fullPage: true });
    await page.emulateMedia({ colorScheme: "light" });
    await page.waitForFunction(
      (html) => document.querySelector(".drawing")?.innerHTML !== html,
      before,
    );
    expect(await ground()).toBe("rgb(255, 255, 255)");
    expect(errors).toEqual([]);
  });

  test("can be read with the keyboard alone", async () => {
    const { page } = await drawn();
    await page.evaluate(() => {
      scrollTo(0, 0);
      // The next press of Tab goes on from here, wherever the tests before have been.
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute("tabindex");
    });
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.className)).toBe("skip");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
    const reached = new Set<string>();
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const element = document.activeElement as HTMLElement;
        const { outlineStyle } = getComputedStyle(element);
        return { what: element.className || element.tagName, outlineStyle };
      });
      if (at.what === "BODY") break;
      expect(at.outlineStyle, at.what).toBe("solid");
      reached.add(at.what);
    }
    expect([...reached]).toEqual(
      expect.arrayContaining(["scroll", "drawing", "enlarge no-print", "SUMMARY"]),
    );
  });

  test("says of a table that it scrolls where it is wider than the window, and only there", async () => {
    const { page } = await drawn();
    const key = page.locator(".result .scroll").first();
    const look = () => key.evaluate((box) => [...box.classList].join(" "));
    const hint = () => key.evaluate((box) => getComputedStyle(box, "::before").content);
    await page.setViewportSize({ width: 1440, height: 900 });
    await page.waitForFunction(() => document.querySelectorAll(".part .overflows").length === 0);
    expect(await hint()).toBe("none");
    await page.setViewportSize({ width: 320, height: 844 });
    await page.waitForFunction(() => document.querySelector(".scroll.overflows.more-right"));
    expect(await look()).toBe("scroll overflows more-right");
    expect(await hint()).toBe('"Scroll →"');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await key.evaluate((box) => box.scrollTo(10_000, 0));
    await page.waitForFunction(() => !document.querySelector(".scroll")?.matches(".more-right"));
    expect(await hint()).toBe('"← Scroll"');
    await page.setViewportSize({ width: 1280, height: 900 });
  });

  test("enlarges a chart and puts it back, by keyboard", async () => {
    const { page, errors } = await drawn();
    await page.locator("button.enlarge").first().focus();
    await page.keyboard.press("Enter");
    await page.locator("dialog.large[open] svg").waitFor();
    await page.screenshot({ path: join(ARTEFACTS, "report-enlarged.png") });
    const width = async () =>
      (await page.locator("dialog.large svg").first().boundingBox())?.width ?? 0;
    const before = await width();
    await page.keyboard.press("+");
    expect(await width()).toBeGreaterThan(1.3 * before);
    await page.screenshot({ path: join(ARTEFACTS, "report-zoomed.png") });
    await page.keyboard.press("Escape");
    await page.locator("figure.chart").first().locator(".drawing svg").waitFor();
    expect(errors).toEqual([]);
  });

  test("zooms in on a chart with the wheel and Ctrl, by dragging, and by keys", async () => {
    const { page, errors } = await drawn();
    const figure = page.locator("figure.chart", {
      has: page.locator('.drawing[aria-label*="cost" i]'),
    });
    const drawing = figure.locator(".drawing");
    const picture = () => drawing.innerHTML();
    const whole = await picture();
    const labels = async () => (await drawing.locator("text").allTextContents()).sort();
    const allLabels = await labels();
    const at = () => page.evaluate(() => scrollY);
    const plot = drawing.locator('path.background:not([d="M0,0h0v0h0Z"])').first();
    await plot.scrollIntoViewIfNeeded();
    await plot.hover({ force: true });
    const before = await at();

    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -200);
    await page.keyboard.up("Control");
    await figure.locator(".drawing.zoomed").waitFor();
    const closer = await picture();
    expect(closer).not.toBe(whole);
    expect(await at()).toBe(before);
    await drawing.screenshot({ path: join(ARTEFACTS, "report-zoomed-axes.png") });

    await page.mouse.down();
    const box = (await plot.boundingBox()) as { x: number; y: number };
    await page.mouse.move(box.x + 20, box.y + 20, { steps: 3 });
    await page.mouse.up();
    await expect.poll(picture).not.toBe(closer);

    await plot.dblclick({ force: true });
    await figure.locator(".drawing:not(.zoomed)").waitFor();
    await drawing.focus();
    const focused = await at();
    await page.keyboard.press("+");
    await figure.locator(".drawing.zoomed").waitFor();
    const centred = await picture();
    await page.keyboard.press("ArrowRight");
    await expect.poll(picture).not.toBe(centred);
    expect(await at()).toBe(focused);
    await page.keyboard.press("0");
    await figure.locator(".drawing:not(.zoomed)").waitFor();
    await page.mouse.move(0, 0);
    expect(await labels()).toEqual(allLabels);
    // The wheel alone scrolls the page, also over a chart.
    await plot.hover({ force: true });
    const still = await at();
    await page.mouse.wheel(0, -200);
    await expect.poll(at).not.toBe(still);
    expect(await drawing.getAttribute("class")).toBe("drawing");
    expect(errors).toEqual([]);
  });

  test("prints, with still pictures in place of the live ones", async () => {
    const { page } = await open("full.html", "dark");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".still").first().isVisible()).toBe(true);
    expect(await page.locator(".drawing").first().isVisible()).toBe(false);
    expect(
      await page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor),
    ).toBe("rgb(255, 255, 255)");
    await page.screenshot({ path: join(ARTEFACTS, "report-print.png"), fullPage: true });
    const pdf = await page.pdf({ path: join(ARTEFACTS, "report.pdf"), preferCSSPageSize: true });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
  });

  test("of 1,000 cells opens with little work: few elements, and no chart that is far from view", async () => {
    const { page, errors } = await open("sweep.html");
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    const opened = await page.evaluate(() => ({
      elements: document.querySelectorAll("*").length,
      far: [...document.querySelectorAll("figure.chart")]
        .filter((figure) => figure.getBoundingClientRect().top > innerHeight + 400)
        .map((figure) => figure.classList.contains("drawn")),
    }));
    expect(opened.elements).toBeLessThan(40_000);
    expect(opened.far).not.toEqual([]);
    expect(opened.far).not.toContain(true);
    await drawAll(page);
    expect(errors).toEqual([]);
    await page.screenshot({ path: join(ARTEFACTS, "report-sweep.png"), fullPage: true });
  });

  test("fits a narrow window", async () => {
    const { page } = await open("full.html", "light", { width: 390, height: 800 });
    await drawAll(page);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await page.screenshot({ path: join(ARTEFACTS, "report-narrow.png") });
  });

  test("of several results leads to each, and shows markup in names as text", async () => {
    const { page, errors } = await open("several.html");
    await page.locator(".contents a").nth(1).click();
    expect(await page.locator("section.result").nth(1).locator("h2").first().isVisible()).toBe(
      true,
    );
    await drawAll(page);
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("main script:not([type='application/json'])").count()).toBe(0);
    expect(errors).toEqual([]);
  });

  test("without scripts shows the still pictures", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, "full.html")).href);
    expect(await page.locator(".still svg").first().isVisible()).toBe(true);
  });
});
