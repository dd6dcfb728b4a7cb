// The page in a real browser, opened from disk. Screenshots go to test/artefacts/replay/.
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { atOnce } from "../../src/experiment/inThread.ts";
import { nextInstructive } from "../../src/experiment/replay/instructive.ts";
import { replayOf } from "../../src/experiment/replay/watch.ts";
import { replayPage } from "../../src/pages/replay/page.ts";
import { financeReplays, shipped, TELLING } from "../pages/replay/support.ts";
import { scenario } from "../support/scenarios.ts";

const CHROMIUM = "/usr/bin/chromium";
const FLAGS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const ARTEFACTS = join(import.meta.dirname, "..", "artefacts", "replay");
const LAPTOP = { width: 1440, height: 900 };

const where = existsSync(CHROMIUM) ? "" : ` (skipped: needs ${CHROMIUM}; apt-get install chromium)`;

describe.skipIf(where !== "")(`a replay in a browser${where}`, () => {
  let browser: Browser;
  const troubles: string[] = [];

  beforeAll(async () => {
    mkdirSync(ARTEFACTS, { recursive: true });
    browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS });
    const [pair, hybrid] = [["independent", "centralized"], ["hybrid"]];
    write("pair", replayPage(await financeReplays(TELLING, ...pair)));
    write("hybrid", replayPage(await financeReplays(TELLING, ...hybrid)));
  }, 60_000);
  afterAll(() => browser?.close());

  const write = (name: string, text: string) =>
    writeFileSync(join(ARTEFACTS, `${name}.html`), text);

  /** Pages that need nothing special are opened one after the other in this one. */
  let plain: Page | undefined;

  /** Opens a page; whatever it complains of or asks a network for ends up in `troubles`. */
  async function open(name: string, options: BrowserContextOptions = {}): Promise<Page> {
    troubles.length = 0;
    const isPlain = Object.keys(options).length === 0;
    const page = (isPlain ? plain : undefined) ?? (await newPage(options));
    if (isPlain) plain = page;
    await page.goto(pathToFileURL(join(ARTEFACTS, `${name}.html`)).href);
    return page;
  }

  async function newPage(options: BrowserContextOptions): Promise<Page> {
    const page = await browser.newPage({ viewport: LAPTOP, ...options });
    page.on("console", (message) => troubles.push(message.text()));
    page.on("pageerror", (error) => troubles.push(String(error)));
    page.on("request", (request) => {
      if (!/^(file|data):/.test(request.url())) troubles.push(request.url());
    });
    return page;
  }

  /** With what moves by itself at its end. */
  async function shoot(page: Page, name: string): Promise<void> {
    await page.screenshot({ path: join(ARTEFACTS, `${name}.png`), animations: "disabled" });
  }

  /** Until so much simulated time has passed. */
  async function reach(page: Page, least: number): Promise<void> {
    await page.waitForFunction(
      (t) => Number((document.getElementById("time") as HTMLInputElement).value) > t,
      least,
    );
  }

  /** Two frames, in which a page that plays would go on. */
  const frames = (page: Page) =>
    page.evaluate(
      () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))),
    );

  const time = (page: Page) =>
    page.locator("#time").evaluate((e) => Number((e as never as { value: string }).value));
  const caption = (page: Page, team = 0) => page.locator(`#caption-${team}`).innerText();
  const slots = (page: Page, look: string) => page.locator(`.agent .slot.${look}`).count();

  test("draws all agents with their ledgers, without a complaint or a request", async () => {
    const page = await open("hybrid");
    expect(await page.locator(".agent").count()).toBe(4);
    expect(await page.locator(".agent .slot").count()).toBe(4 * 16);
    expect(await page.locator(".tray .slot").count()).toBe(16);
    expect(await page.locator(".edges path:not(.handover, .arrow)").count()).toBe(6);
    await shoot(page, "hybrid-begin");
    await page.keyboard.press("End");
    expect(await caption(page)).toMatch(/^(Success|Failure)/);
    await shoot(page, "hybrid-end");
    expect(troubles).toEqual([]);
  });

  test("plays and pauses by button and by key, at the speed that is chosen", async () => {
    const page = await open("pair");
    await page.click("#play");
    await reach(page, 0.2);
    await page.click("#play");
    const paused = await time(page);
    await frames(page);
    expect(await time(page)).toBe(paused);
    await page.selectOption("#speed", "4");
    await page.locator("body").press(" ");
    await reach(page, paused + 4);
    await shoot(page, "pair-playing");
    await page.keyboard.press(" ");
    expect(await page.locator("#play").getAttribute("aria-label")).toBe("Play");
    expect(troubles).toEqual([]);
  });

  test("plays to the end, and then from the beginning", async () => {
    const page = await open("pair");
    await page.keyboard.press("End");
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press(" ");
    await page.waitForFunction(() => !document.body.classList.contains("playing"), null, {
      timeout: 20_000,
    });
    expect(await page.locator(".status.good").innerText()).toBe("Success");
    expect(await caption(page, 1)).toBe("Success: every claim is there and right");
    await page.keyboard.press(" ");
    expect(await time(page)).toBeLessThan(10);
  });

  test("shows messages on their way, and turns as they go on", async () => {
    const page = await open("pair");
    // Step by step, so that what is seen does not depend on how fast the machine plays.
    const isSeen = async (what: string) => {
      for (let i = 0; i < 30; i++) {
        if ((await page.locator(what).count()) > 0) return true;
        await page.keyboard.press("ArrowRight");
      }
      return false;
    };
    expect(await isSeen(".working")).toBe(true);
    expect(await isSeen(".message")).toBe(true);
    const message = page.locator(".message").first();
    const before = await message.getAttribute("transform");
    await page.selectOption("#speed", "0.25");
    await page.locator("body").press(" ");
    // Here until it moves, or the test takes too long.
    await page.waitForFunction(
      (at) => document.querySelector(".message")?.getAttribute("transform") !== at,
      before,
    );
    await page.keyboard.press(" ");
    await shoot(page, "pair-message");
  });

  test("scrubs to any moment and back", async () => {
    const page = await open("hybrid");
    const set = (share: number) =>
      page.locator("#time").evaluate((element, s) => {
        const slider = element as HTMLInputElement;
        slider.value = `${Number(slider.max) * s}`;
        slider.dispatchEvent(new Event("input"));
      }, share);
    const missingAtStart = await slots(page, "missing");
    await set(0.6);
    const missing = await slots(page, "missing");
    const clock = await page.locator("#clock").innerText();
    expect(missing).toBeLessThan(missingAtStart);
    await set(1);
    expect(await page.locator(".stage.over").count()).toBe(1);
    await set(0.6);
    expect(await slots(page, "missing")).toBe(missing);
    expect(await page.locator("#clock").innerText()).toBe(clock);
    await set(0);
    expect(await slots(page, "missing")).toBe(missingAtStart);
  });

  test("steps forward and back with the arrows, and says what happens", async () => {
    const page = await open("pair");
    const said: string[] = [await page.locator("#live").innerText()];
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press("ArrowRight");
      said.push(await page.locator("#live").innerText());
    }
    for (let i = 11; i >= 0; i--) {
      await page.keyboard.press("ArrowLeft");
      expect(await page.locator("#live").innerText()).toBe(said[i]);
    }
    expect(new Set(said).size).toBeGreaterThan(6);
    await page.click("#forward");
    expect(await page.locator("#live").innerText()).toBe(said[1]);
  });

  test("jumps to the next error until there is none: born, delivered here, caught there", async () => {
    const page = await open("pair");
    const seen: string[] = [];
    for (let i = 0; i < 20; i++) {
      await page.keyboard.press("n");
      const said = await page.locator("#live").innerText();
      if (said === "No further error.") break;
      seen.push(said);
    }
    expect(seen[0]).toContain("independent worker.2 makes c10 wrong: own fault");
    expect(seen.some((text) => text.includes("independent Failure: 1 claim wrong"))).toBe(true);
    expect(seen.at(-1)).toContain("centralized orchestrator catches the wrong c10");
    await shoot(page, "pair-caught");
    await page.keyboard.press("N");
    expect(await page.locator("#live").innerText()).toBe(seen.at(-2));
    await page.click("#next-error");
    expect(await page.locator("#live").innerText()).toBe(seen.at(-1));
  });

  test("opens the lineage of a version that is clicked", async () => {
    const page = await open("pair");
    await page.keyboard.press("End");
    await page.locator("#stage-0 .tray .slot.wrong").click();
    const detail = page.locator("#detail");
    expect(await detail.innerText()).toContain("The error begins: own fault.");
    expect(await detail.innerText()).toContain("The fault reached the deliverable");
    await shoot(page, "pair-lineage");
    // The same fault in the other team is one click away.
    await detail.locator("button.twin").click();
    expect(await detail.innerText()).toContain("centralized");
    expect(await detail.innerText()).toContain("The fault was caught");
    await page.keyboard.press("Escape");
    expect(await detail.innerText()).toContain("Click a version");
  });

  test("opens the lineage of what just happened by Enter, with carrier and checks", async () => {
    const page = await open("pair");
    await page.keyboard.press("n");
    await page.keyboard.press("n");
    await page.keyboard.press("End");
    await page.keyboard.press("Enter");
    const text = await page.locator("#detail").innerText();
    expect(text).toMatch(/message \d+ brings it from worker\.2 to orchestrator/);
    expect(text).toContain("Caught by the orchestrator check of orchestrator");
    expect(await page.locator(".edges .carrier").count()).toBe(1);
    expect(troubles).toEqual([]);
  });

  test("is there for a keyboard alone: from an agent to its ledger to a lineage", async () => {
    const page = await open("hybrid");
    await page.keyboard.press("End");
    const isOn = (selector: string) =>
      page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);
    for (let i = 0; i < 12 && !(await isOn(".agent")); i++) await page.keyboard.press("Tab");
    expect(await isOn(".agent")).toBe(true);
    await shoot(page, "hybrid-focus");
    await page.keyboard.press("Enter");
    expect(await page.locator("#detail h3").innerText()).toMatch(/^Ledger of /);
    expect(await isOn("#detail button")).toBe(true);
    await page.keyboard.press("Enter");
    expect(await page.locator("#detail h3").innerText()).toMatch(/^Where .* comes from$/);
    expect(await isOn("#detail button")).toBe(true);
    await page.keyboard.press("Escape");
    expect(await isOn(".agent")).toBe(true);
  });

  test("is dark where the reader wants it dark", async () => {
    const ground = (page: Page) =>
      page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
    const light = await open("pair");
    const dark = await open("pair", { colorScheme: "dark" });
    expect(await ground(dark)).not.toBe(await ground(light));
    await dark.keyboard.press("End");
    await dark.keyboard.press("Enter");
    await shoot(dark, "pair-dark");
  });

  test("moves nothing where the reader wants no motion", async () => {
    const page = await open("pair", { reducedMotion: "reduce" });
    for (let i = 0; i < 30 && (await page.locator(".message").count()) === 0; i++)
      await page.keyboard.press("ArrowRight");
    const message = page.locator(".message").first();
    const before = await message.getAttribute("transform");
    await page.selectOption("#speed", "0.25");
    const began = await time(page);
    await page.locator("body").press(" ");
    await reach(page, began);
    await page.keyboard.press(" ");
    expect(await message.getAttribute("transform")).toBe(before);
  });

  test("fits on a telephone, and stands cards below each other there", async () => {
    const page = await open("pair", { viewport: { width: 390, height: 844 } });
    await page.keyboard.press("n");
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(390);
    await shoot(page, "pair-telephone");
    const boxes = async () => {
      const cards = await page.locator("#stage-0 .agent > .card").all();
      return Promise.all(cards.map(async (card) => (await card.boundingBox()) as DOMRect));
    };
    const [high, low] = await boxes();
    expect(low.y).toBeGreaterThan(high.y + high.height);
    // A name that fits a card is read without a glass.
    expect(high.width).toBeGreaterThan(110);
    await page.setViewportSize({ width: 1440, height: 500 });
    await page.waitForFunction(() => {
      const tops = [...document.querySelectorAll("#stage-0 .agent > .card")].map(
        (card) => card.getBoundingClientRect().top,
      );
      return Math.abs(tops[0] - tops[1]) < 1;
    });
  });

  test.each([
    { width: 1440, height: 900 },
    { width: 390, height: 844 },
  ])("keeps everything in its place while it plays: $width wide", async (viewport) => {
    const page = await open("pair", { viewport });
    const place = () =>
      page.locator("#stage-1").evaluate((stage) => {
        const { top, height } = stage.getBoundingClientRect();
        return `${Math.round(top)} ${Math.round(height)}`;
      });
    const before = await place();
    const places = new Set<string>();
    for (let i = 0; i < 60; i++) {
      await page.keyboard.press("ArrowRight");
      places.add(await place());
    }
    expect([...places]).toEqual([before]);
  });

  test("fills the window where there is room, and no more", async () => {
    for (const [width, height] of [
      [1440, 900],
      [2200, 1200],
    ]) {
      const page = await open("hybrid", { viewport: { width, height } });
      const whole = await page.evaluate(() => document.documentElement.scrollHeight);
      expect(whole).toBe(height);
      const stage = await page.locator("#stage-0 svg").boundingBox();
      expect(stage?.height).toBeGreaterThan(0.55 * height);
    }
  });

  test("writes the names that an author gave to claims", async () => {
    const names = ["facts", "documents", "payout"];
    const named = scenario({
      task: { graph: { shape: "graph", claims: { facts: [], documents: [], payout: ["facts"] } } },
      models: { base: { errorRate: 0 } },
      agents: { clerk: {}, idle: {} },
      protocol: [
        { work: { who: "clerk", turns: 2 } },
        { aggregate: { how: "concatenate", from: ["clerk"] } },
      ],
    });
    write("named", replayPage([replayOf(named)]));
    const page = await open("named");
    expect(
      await page.locator("#stage-0 .agent").first().locator(".claim").allTextContents(),
    ).toEqual(names);
    expect(await page.locator(".tray .claim").allTextContents()).toEqual(names);
    await page.keyboard.press("End");
    const faults = await page.locator("#faults").innerText();
    for (const claim of await page.locator(".tray .lost .claim").allTextContents())
      expect(faults).toContain(`${claim}\n`);
    await shoot(page, "named");
    expect(troubles).toEqual([]);
  });

  test("lists what the deliverable lacks", async () => {
    const [replay] = await financeReplays(TELLING, "independent");
    const lacks = replay.tasks[0].deliverable.indexOf(0);
    expect(lacks).toBeGreaterThan(-1);
    const page = await open("pair");
    const faults = await page.locator("#faults").innerText();
    expect(faults).toContain("independent · 1 fault, 4 missing claims");
    expect(faults).toContain(`${replay.claims[lacks].name}\nmissing\nwas not made: `);
  });

  test("writes names as text, whatever is in them", async () => {
    const [replay] = await financeReplays(TELLING, "centralized");
    const evil = '<img src=x onerror="document.title=1">';
    const agents = replay.agents.map((agent) => ({ ...agent, name: evil }));
    const claims = replay.claims.map((claim) => ({ ...claim, name: evil }));
    write("names", replayPage([{ ...replay, scenario: evil, agents, claims }]));
    const page = await open("names");
    await page.keyboard.press("n");
    await page.keyboard.press("Enter");
    expect(await page.locator("img").count()).toBe(0);
    expect(await page.locator("#detail").innerText()).toContain(evil);
    expect(troubles).toEqual([]);
  });

  test("plays a thousand agents", async () => {
    write("mesh", replayPage([replayOf(await shipped("patterns/mesh"))]));
    const page = await open("mesh");
    expect(await page.locator(".dot").count()).toBe(1000);
    await page.keyboard.press("n");
    expect(await page.locator(".dot.wrong").count()).toBe(1);
    await page.keyboard.press(" ");
    await reach(page, 0.5);
    await page.keyboard.press(" ");
    await page.keyboard.press("End");
    await page.locator(".dot").first().focus();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    expect(await page.locator("#detail h3").innerText()).toBe("Ledger of peer.2");
    await shoot(page, "mesh");
    expect(troubles).toEqual([]);
  });

  test("draws people and programs as what they are, and says who is off shift and what was lost", async () => {
    const desk = scenario({
      task: { graph: { shape: "graph", claims: { payout: { owner: "clerk", loss: 4000 } } } },
      models: { base: { errorRate: 1 } },
      agents: {
        clerk: {},
        rules: { kind: "code" },
        reviewer: {
          kind: "human",
          ...{ errorRate: 0, duration: { distribution: "constant", mean: "1min" } },
          ...{ price: { perTurn: 8 }, staff: 2, shifts: { days: "mon-fri", hours: "9:00-17:00" } },
          checks: { peer: { recall: 0 } },
        },
      },
      topology: { preset: "complete" },
      protocol: [
        { work: { who: "clerk" } },
        { send: { from: "clerk", to: "reviewer" } },
        { check: { by: "reviewer" } },
        { aggregate: { how: "concatenate", from: "reviewer" } },
      ],
      workload: { arrivals: "fixed", interval: "1h", tasks: 1, start: "mon 8:00" },
    });
    write("desk", replayPage([replayOf(desk)]));
    const page = await open("desk");
    const reviewer = page.locator(".agent").last();
    expect(await page.locator(".agent .mark.human").count()).toBe(1);
    expect(await page.locator(".agent .mark.code").count()).toBe(1);
    expect(await reviewer.locator(".staff").textContent()).toBe("off shift");
    expect(await reviewer.getAttribute("aria-label")).toMatch(
      /^reviewer, a person, 2 people, mon-fri 9:00-17:00, off shift:/,
    );
    await page.keyboard.press("End");
    expect(await reviewer.locator(".staff").textContent()).toBe("2 people, mon-fri 9:00-17:00");
    expect(await caption(page)).toBe("Failure: 1 claim wrong; lost $4,000: payout is wrong");
    expect(await page.locator("#status-0").innerText()).toMatch(/^Failure · spent \$8/);
    expect(await page.locator("#faults").innerText()).toContain("owner clerk, loss $4,000");
    await shoot(page, "desk");
    expect(troubles).toEqual([]);
  });

  test("lets one choose among the tasks of a stream", async () => {
    const stream = scenario({
      task: { graph: { shape: "layers", layers: [2, 2] } },
      models: { base: { errorRate: 0.3 } },
      agents: { worker: { count: 2 } },
      protocol: [{ work: { who: "worker" } }, { aggregate: { how: "majority", from: "worker" } }],
      workload: { arrivals: "poisson", interval: "5s", tasks: 3 },
    });
    write("stream", replayPage([replayOf(stream)]));
    const page = await open("stream");
    await page.keyboard.press("End");
    const first = await page.locator("#status-0").innerText();
    await page.selectOption("#task", "2");
    expect(await time(page)).toBe(0);
    expect(await page.locator("#status-0").innerText()).not.toBe(first);
    await page.locator("body").press("End");
    expect(await page.locator("#status-0").innerText()).toMatch(/^(Success|Failure)/);
    expect(troubles).toEqual([]);
  });

  test.each([
    ["chain", 4],
    ["tree", 6],
  ])("draws a %s", async (name, edges) => {
    const of = await shipped(`patterns/${name}`);
    const replication = atOnce(nextInstructive([of], {}));
    write(name, replayPage([replayOf(of, { replication })]));
    const page = await open(name);
    for (let i = 0; i < 2; i++) await page.keyboard.press("n");
    await page.keyboard.press("Enter");
    await shoot(page, name);
    expect(await page.locator(".edges path:not(.handover, .arrow)").count()).toBe(edges);
    expect(await page.locator(".arrow").count()).toBe(name === "chain" ? edges : 0);
    expect(troubles).toEqual([]);
  });
});
