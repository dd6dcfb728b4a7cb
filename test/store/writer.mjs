// A process that appends records FROM..TO-1 to the store in FOLDER, and says each number when `append` has returned. It
// opens the store when it is told to on its standard input. SIZE is the length of each outcome, in characters.
import { readSync, writeSync } from "node:fs";
import { openStore } from "../../src/store/store.ts";

const [folder, from, to, size] = process.argv.slice(2);
writeSync(1, "ready\n");
readSync(0, Buffer.alloc(1));
const store = openStore(folder, { semantics: 3, version: "1.2.3", mode: "write" });
for (let i = Number(from); i < Number(to); i++) {
  store.append({ i }, { text: String(i).padEnd(Number(size), "x") });
  writeSync(1, `${i}\n`);
}
store.close();
