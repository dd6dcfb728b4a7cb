// Writes the drawings of the documents: docs/pictures/mechanism/*.svg and docs/pictures/house.svg; a part of npm run docs.
import { mkdirSync, writeFileSync } from "node:fs";
import { house } from "./house.ts";
import { MECHANISM } from "./mechanism.ts";

export function writeDrawings(): void {
  mkdirSync("docs/pictures/mechanism", { recursive: true });
  for (const [name, draw] of Object.entries(MECHANISM))
    writeFileSync(`docs/pictures/mechanism/${name}.svg`, draw());
  writeFileSync("docs/pictures/house.svg", house());
}
