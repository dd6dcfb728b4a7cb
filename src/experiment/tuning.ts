// Tuning of V8 for long experiments, for the whole process. Measured by `npm run bench`; results do not depend on it.
import { setFlagsFromString } from "node:v8";

/** Takes effect on functions that are compiled afterwards: call it first of all. */
export function tuneForEngine(): void {
  // The functions of a turn are short and many, and with V8's default budget some are called rather than inlined, which
  // boxes the numbers that they return.
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=4000");
  // What threads send lives for a moment. In a young generation that grows it is collected late, its buffers pile up, and
  // memory grows with time.
  setFlagsFromString("--semi-space-growth-factor=1");
}

/** Where nothing comes from threads, a young generation that grows (V8's default) saves 3 % of a sweep of small cells. */
export function tuneForOneThread(): void {
  setFlagsFromString("--semi-space-growth-factor=2");
}
