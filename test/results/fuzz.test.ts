// Whatever is in a document, commands that read it draw it or say what is wrong with it, and never fail by themselves.
import { beforeAll, expect, test } from "vitest";
import { memoryDisk } from "../cli/memoryDisk.ts";
import { FILES, faultline } from "../cli/memoryWorld.ts";
import {
  type Json,
  mutateDocument,
  mutateText,
  type Random,
  randomOf,
} from "../support/mutations.ts";
import { shippedDocuments, type Written, writtenDocuments } from "./documents.ts";

const READ = ["run", "precise", "compare", "sweep", "trace", "lineage"];

let written: Written;
let results: readonly string[];

beforeAll(async () => {
  written = await writtenDocuments();
  results = [...READ.map((name) => written[name]), ...Object.values(await shippedDocuments())];
}, 120_000);

/** A damaged document: an event log by its events, others by their values, and some by their text. */
function damaged(text: string, random: Random): string {
  if (random() < 0.25) return mutateText(text, random);
  if (!text.startsWith('{"t":')) return JSON.stringify(mutateDocument(JSON.parse(text), random));
  const events = text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as Json);
  const mutated = mutateDocument(events, random);
  return (Array.isArray(mutated) ? mutated : [mutated])
    .map((event) => `${JSON.stringify(event)}\n`)
    .join("");
}

const diskWith = (result: string, manifest: string) => {
  const disk = memoryDisk();
  disk.files.set("r/result.json", Buffer.from(result));
  disk.files.set("r/manifest.json", Buffer.from(manifest));
  return disk;
};

test("results and manifests", async () => {
  const random = randomOf("results");
  const codes = new Set<number>();
  for (let i = 0; i < 100; i++) {
    const result = damaged(results[i % results.length], random);
    const manifest = i % 4 === 0 ? damaged(written.manifest, random) : written.manifest;
    const disk = diskWith(result, manifest);
    const asked = [
      ["plot", "r", "--chart", "list"],
      ["report", "r", "--format", "md"],
    ];
    for (const args of asked) {
      const { code, stderr } = await faultline(args, { disk });
      expect([0, 2, 3], `${i} ${args}: ${stderr}\n${result.slice(0, 500)}`).toContain(code);
      codes.add(code);
    }
  }
  expect(codes).toContain(3);
});

test("plans", async () => {
  const random = randomOf("plans");
  for (let i = 0; i < 60; i++) {
    const files = { ...FILES, "p/plan.json": damaged(written.plan, random) };
    const { code, stderr } = await faultline(["merge", "p"], { files });
    expect([2, 3, 8], `${i}: ${stderr}`).toContain(code);
  }
});
