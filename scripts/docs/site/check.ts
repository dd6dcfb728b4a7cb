// node --import ./scripts/typescript/register.mjs scripts/docs/checkSite.ts: opens every page of the built site in a browser,
// on light and dark ground and on a phone, and reports what it complains of, asks a network for, or what does not fit the width.
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { ROOT } from "../session/pages.ts";

const SITE = join(ROOT, "out", "site");
const CHROMIUM = "/usr/bin/chromium";
const TYPES: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".ttf": "font/ttf",
};
const DESK = { width: 1400, height: 900 };
const READERS: Readonly<Record<string, BrowserContextOptions>> = {
  light: { colorScheme: "light", viewport: DESK },
  dark: { colorScheme: "dark", viewport: DESK },
  phone: { colorScheme: "light", viewport: { width: 390, height: 844 }, isMobile: true },
};

/** Serves the site. @returns its address, and how to stop */
function serve() {
  const server = createServer(({ url = "/" }, response) => {
    const path = join(SITE, decodeURIComponent(url.split("?")[0]));
    const file = existsSync(path) && statSync(path).isDirectory() ? join(path, "index.html") : path;
    if (!existsSync(file)) return void response.writeHead(404).end();
    const type = TYPES[extname(file)] ?? "application/octet-stream";
    response.writeHead(200, { "content-type": type }).end(readFileSync(file));
  }).listen(0);
  const { port } = server.address() as AddressInfo;
  return { address: `http://localhost:${port}`, stop: () => server.close() };
}

/** What is wrong with a page as it is shown. */
async function troublesOf(page: Page, address: string, path: string): Promise<string[]> {
  const troubles: string[] = [];
  const told = ({ type, text }: { type(): string; text(): string }) => {
    if (["error", "warning"].includes(type())) troubles.push(text());
  };
  page.on("console", told);
  page.on("pageerror", (error) => troubles.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(address) && !request.url().startsWith("data:"))
      troubles.push(`asks for ${request.url()}`);
  });
  await page.goto(address + path, { waitUntil: "load" });
  // Once scripts have taken over the page, what they complain of has been said.
  await page.waitForFunction("document.querySelector('#app').__vue_app__ !== undefined");
  const excess = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  if (excess > 0) troubles.push(`is ${excess} pixels too wide`);
  page.removeAllListeners();
  return troubles;
}

const pages = readdirSync(SITE, { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".html") && path !== "404.html")
  .map((path) => `/${path}`);
if (!existsSync(CHROMIUM)) {
  console.error(`the site is not looked at: that needs ${CHROMIUM}`);
  process.exit(0);
}
const { address, stop } = serve();
const browser = await chromium.launch({
  executablePath: CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--no-first-run"],
});
let found = 0;
for (const [reader, options] of Object.entries(READERS)) {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  for (const path of pages)
    for (const trouble of await troublesOf(page, address, path)) {
      found++;
      console.error(`${path} (${reader}): ${trouble}`);
    }
  await context.close();
}
await browser.close();
stop();
console.log(
  `${pages.length} pages, three readers each: ${found === 0 ? "nothing to complain of" : found}`,
);
process.exitCode = found === 0 ? 0 : 1;
