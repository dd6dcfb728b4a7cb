// A loader for Node that takes the types out of .ts files. The compiler takes a second or two to load in every thread, so
// its output is kept under the hash of the text.
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { threadId } from "node:worker_threads";

const CACHE = fileURLToPath(
  new URL("../../node_modules/.cache/faultline-typescript/", import.meta.url),
);

export async function load(url, context, nextLoad) {
  if (!url.startsWith("file:") || !url.endsWith(".ts")) return nextLoad(url, context);
  const text = await readFile(new URL(url), "utf8");
  const kept = `${CACHE}${createHash("sha256").update(text).digest("hex")}.js`;
  const source = await readFile(kept, "utf8").catch(() => translate(text, kept));
  return { format: "module", source, shortCircuit: true };
}

async function translate(text, kept) {
  const { default: ts } = await import("typescript");
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2023 },
  });
  await mkdir(CACHE, { recursive: true });
  const draft = `${kept}.${process.pid}-${threadId}`;
  await writeFile(draft, outputText);
  await rename(draft, kept);
  return outputText;
}
