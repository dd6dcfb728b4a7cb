// Runs chunks as threads do, but dies a number of times before it does those from `first` on. The data says how often and
// where; a file counts.
import { appendFileSync, readFileSync } from "node:fs";
import chunkWorker from "../../../src/experiment/chunkWorker.ts";

export default function ({ marks, crashes, first }) {
  const task = chunkWorker();
  return (job, signal, tell) => {
    if (job.first >= first) {
      appendFileSync(marks, "x");
      if (readFileSync(marks, "utf8").length <= crashes) process.exit(7);
    }
    return task(job, signal, tell);
  };
}
