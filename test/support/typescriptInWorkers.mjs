// Lets worker threads load the sources as they are: Node's own loader knows no TypeScript, and vitest's does not reach
// into threads. Files are translated when a thread asks for them, so that there is no build that could be stale.
import { register } from "node:module";

register("./typescriptLoader.mjs", import.meta.url);
