// node scripts/bundleEngine.mjs DIST: puts the engine with all that its loop calls into one module, in place of the one
// that the compiler wrote. V8 takes constants of the same module for what they are, and loads those of others each time:
// that is worth 6 % (bench/README.md). Everything else stays one file a module.
import { rolldown } from "rolldown";

const [dist] = process.argv.slice(2);
const bundle = await rolldown({
  input: "src/model/engine.ts",
  platform: "node",
  external: /^[a-z]/,
  treeshake: { moduleSideEffects: false },
});
await bundle.write({ format: "esm", file: `${dist}/model/engine.js` });
