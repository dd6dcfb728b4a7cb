// Part of npm run golden: enters the goldens that vitest wrote into the ledger, and refuses numbers that changed without
// a reason.
import { writeFileSync } from "node:fs";
import { SEMANTICS } from "../src/version.ts";
import {
  changedWithoutReason,
  goldensOnDisk,
  LEDGER,
  readLedger,
} from "../test/support/goldens.ts";

const goldens = await goldensOnDisk();
const changed = changedWithoutReason(readLedger(), goldens, SEMANTICS);
if (changed.length > 0) {
  console.error(
    `These numbers changed, and neither SEMANTICS (${SEMANTICS}) nor the scenario did:\n  ${changed.join("\n  ")}\n` +
      "Mend the change, or raise SEMANTICS in src/version.ts and say so under a dated **Semantics** heading in CHANGELOG.md.",
  );
  process.exit(1);
}
writeFileSync(LEDGER, `${JSON.stringify({ semantics: SEMANTICS, goldens }, null, 2)}\n`);
