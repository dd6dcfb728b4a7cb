// Pictures of pages follow the reader's choice of light or dark: each is there twice, and the style shows one of them.
import { readFileSync } from "node:fs";
import type MarkdownIt from "markdown-it";
import type { Plugin } from "vite";
import { type Ground, onGround } from "../../scripts/docs/pictures/grounds.ts";

const GROUNDS: readonly Ground[] = ["light", "dark"];

/** Writes every SVG of a page twice: `x.svg?ground=light` and `x.svg?ground=dark`. */
export function pairedPictures(md: MarkdownIt): void {
  const plain = md.renderer.rules.image;
  md.renderer.rules.image = (tokens, i, ...rest) => {
    const source = tokens[i].attrGet("src") ?? "";
    if (plain === undefined || !source.endsWith(".svg")) return plain?.(tokens, i, ...rest) ?? "";
    const images = GROUNDS.map((ground) => {
      tokens[i].attrSet("src", `${source}?ground=${ground}`);
      tokens[i].attrSet("class", `on-${ground}`);
      return plain(tokens, i, ...rest);
    });
    tokens[i].attrSet("src", source);
    return images.join("");
  };
}

/** Makes the two pictures when the page is built. */
export function pictureGrounds(): Plugin {
  return {
    name: "picture-grounds",
    enforce: "pre",
    load(id) {
      const [, file, ground] = /^(.+\.svg)\?ground=(light|dark)$/.exec(id) ?? [];
      if (file === undefined) return undefined;
      const svg = onGround(readFileSync(file, "utf8"), ground as Ground);
      const data = Buffer.from(svg).toString("base64");
      return `export default "data:image/svg+xml;base64,${data}"`;
    },
  };
}
