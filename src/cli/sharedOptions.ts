// Options that many commands take, in the order in which their help lists them.

export const UNCERTAIN = ["draws", "fixed"] as const;
export const PRINTED = ["json", "quiet", "no-color"] as const;
