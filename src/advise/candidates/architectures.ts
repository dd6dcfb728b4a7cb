// The architectures between which is chosen, by name and in the order in which they are listed everywhere.

export const TEAMS = ["independent", "decentralized", "centralized", "hybrid"] as const;

/** All others are compared with the first. */
export const ARCHITECTURES = ["single", ...TEAMS] as const;

export type Team = (typeof TEAMS)[number];
export type Architecture = (typeof ARCHITECTURES)[number];
