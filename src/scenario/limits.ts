// The largest scenarios that are accepted: what fits into the memory of one machine.

/** Largest team the simulator accepts. */
export const MAX_AGENTS = 100_000;
/** Largest number of claims in a task. */
export const MAX_CLAIMS = 10_000;
/** Most turns that an agent takes at a time. */
export const MAX_STAFF = 10_000;
/** Most tools that an agent chooses from, and most calls of tools that a claim takes. */
export const MAX_TOOLS = 10_000;
/** Largest ledger table (agents × claims) of one task. */
export const MAX_LEDGER = 20_000_000;
/** Largest number of edges. */
export const MAX_EDGES = 5_000_000;
/** Most rounds of a loop, with those of the loops around it multiplied. */
export const MAX_ROUNDS = 1_000_000;
/** Most versions that a send phase carries: edges × claims. */
export const MAX_CARRIED = 50_000_000;
/** Most places in the ledgers of all tasks in flight. */
export const MAX_PLACES = 100_000_000;
