// The font that pictures are set in, as style rules to be put into a page.
import { readFileSync } from "node:fs";
import { FONT } from "../charts/theme.ts";
import { FONT_FILES } from "./font.ts";

/** Weights of the font's files, in their order. */
const WEIGHTS = [400, 600];

/** Style rules with the shipped font in them. */
export function fontFaces(): string {
  return FONT_FILES.map((file, i) => {
    const data = readFileSync(file).toString("base64");
    return `@font-face { font-family: "${FONT}"; font-weight: ${WEIGHTS[i]}; src: url(data:font/ttf;base64,${data}) format("truetype"); }`;
  }).join("\n");
}
