// The site of the documentation: npm run site.
import { cpSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type DefaultTheme, defineConfig } from "vitepress";
import { CHAPTERS, type Chapter, titleOf } from "../../scripts/docs/site/contents.ts";
import { VERSION } from "../../src/version.ts";
import { pairedPictures, pictureGrounds } from "./pictures.ts";

type Item = DefaultTheme.SidebarItem;

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const linkOf = (folder: string, page: string) => `/${folder}/${page.replace(/index$/, "")}`;

/** Pages that TypeDoc writes when the site is built. */
const API: Item = {
  text: "Library, in full",
  collapsed: true,
  items: ["", "/charts", "/report", "/studies", "/engine"].map((entry) => ({
    text: `faultline${entry}`,
    link: `/reference/api/faultline${entry}`,
  })),
};

/** The pages of a chapter; those of a folder within it are a group that opens. */
function itemsOf({ folder, pages }: Chapter): Item[] {
  const items: Item[] = [];
  const groups = new Map<string, Item[]>();
  for (const page of pages) {
    const item = { text: titleOf(`${folder}/${page}`), link: linkOf(folder, page) };
    const [group, name] = page.split("/");
    if (name === undefined) {
      items.push(item);
      continue;
    }
    const members = groups.get(group);
    if (members !== undefined) {
      members.push(item);
      continue;
    }
    const first: Item[] = name === "index" ? [] : [item];
    groups.set(group, first);
    const heading = name === "index" ? item : { text: capitalized(group) };
    items.push({ ...heading, collapsed: true, items: first });
  }
  return items;
}

const capitalized = (text: string) => `${text[0].toUpperCase()}${text.slice(1)}`;

const sidebarOf = (chapter: Chapter): Item[] => [
  {
    text: chapter.title,
    items: [...itemsOf(chapter), ...(chapter.folder === "reference" ? [API] : [])],
  },
];

export default defineConfig({
  title: "Faultline",
  description: "A deterministic simulator of how errors spread in teams of LLM agents",
  base: process.env.FAULTLINE_SITE_BASE ?? "/",
  outDir: path("../../out/site"),
  cacheDir: path("../../node_modules/.cache/vitepress"),
  head: [["link", { rel: "icon", href: "/logo.svg", type: "image/svg+xml" }]],
  markdown: { config: pairedPictures },
  vite: {
    publicDir: path("./public"),
    plugins: [pictureGrounds()],
    // The index of the search is one file.
    build: { chunkSizeWarningLimit: 4000 },
  },
  // Programs read Markdown: llms.txt leads to it.
  buildEnd: ({ outDir, srcDir }) =>
    cpSync(srcDir, outDir, { recursive: true, filter: (from) => !/\.vitepress|\.svg$/.test(from) }),
  themeConfig: {
    logo: "/logo.svg",
    search: { provider: "local" },
    outline: [2, 3],
    nav: CHAPTERS.map(({ title, folder, pages }) => ({
      text: title,
      link: linkOf(folder, pages[0]),
      activeMatch: `/${folder}/`,
    })),
    sidebar: Object.fromEntries(
      CHAPTERS.map((chapter) => [`/${chapter.folder}/`, sidebarOf(chapter)]),
    ),
    footer: { message: `Faultline ${VERSION} · MIT licence` },
  },
});
