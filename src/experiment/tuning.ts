// Tuning of V8 for long experiments. Measured by `npm run bench`; results do not depend on it.
import { setFlagsFromString } from "node:v8";

/** Takes effect on functions that are compiled afterwards: call it before the first replication. */
export function tuneForEngine(): void {
  // The functions of a turn are short and many, and with V8's default budget some are called rather than inlined, which
  // boxes the numbers that they return.
  setFlagsFromString("--max-inlined-bytecode-size-cumulative=4000");
  // What threads send is short-lived. In a young generation that grows it is collected late, and its buffers pile up.
  setFlagsFromString("--semi-space-growth-factor=1");
}
