// Exit codes of the command: what a script can tell from a run.

export const EXIT = {
  ok: 0,
  internal: 1,
  usage: 2,
  invalidScenario: 3,
  thresholdFailed: 4,
  thresholdOpen: 5,
  /** Nothing was found of what was looked for: as with a threshold that is open, more replications may tell. */
  notFound: 5,
  cellsFailed: 6,
  storeMismatch: 8,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
