// node --import ./scripts/typescript/register.mjs FILE: lets Node 20 run TypeScript, in worker threads too. Tests need it
// since vitest's own loader does not reach into threads, and the makers of documents since they are not built. Files are
// translated when a thread asks for them, so there is no build that could be stale.
import { register } from "node:module";

register("./loader.mjs", import.meta.url);
