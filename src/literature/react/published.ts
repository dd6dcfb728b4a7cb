// Published figures on ReAct and plan-and-execute, with their sources.

/**
 * LLM calls of one customer-support interaction. A vendor's illustration: no measurement is stated. Its other statement,
 * that planning fails when a query needs adaptation which the plan did not foresee, has no figure.
 */
export const CALLS = {
  source: "Redis, AI agent architecture patterns (Feb 2026)",
  react: { from: 5, to: 7 },
  plan: { from: 3, to: 4 },
} as const;

/** Efficacy (share) and US dollars per task of two agents of the CLEAR table. */
export const CLEAR = {
  source: "CLEAR (arXiv 2511.14136), table of six agents",
  react: { efficacy: 0.723, cost: 2.87 },
  plan: { efficacy: 0.719, cost: 1.24 },
} as const;
