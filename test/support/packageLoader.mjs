// A loader for Node that finds "faultline" and its sub-entries among the sources.
const API = new URL("../../src/api/", import.meta.url);

export function resolve(specifier, context, nextResolve) {
  const [name, entry = "index"] = specifier.split("/");
  if (name !== "faultline") return nextResolve(specifier, context);
  return { url: new URL(`${entry}.ts`, API).href, shortCircuit: true };
}
