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
  queueAway: 7,
  storeMismatch: 8,
  notSaved: 9,
  interrupted: 130,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** What each code says. */
export const EXIT_MEANINGS: Readonly<Record<keyof typeof EXIT, string>> = {
  ok: "All went well",
  internal: "Internal error",
  usage: "The command cannot be understood",
  invalidScenario: "A file is not valid",
  thresholdFailed: "A threshold failed",
  thresholdOpen: "A threshold or a precision was not reached or could not be judged",
  notFound: "No replication is of the kind that --find looks for",
  cellsFailed: "Some cells of a sweep failed",
  queueAway: "A queue cannot be reached or is full",
  storeMismatch: "A store or a state belongs to something else",
  notSaved: "The result could not be saved, for example because the disk is full",
  interrupted: "Ended by Ctrl-C or SIGTERM. What was complete by then is kept",
};
