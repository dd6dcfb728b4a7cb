// Where the scenarios are that ship with Faultline: two folders up from a room, among the sources and in the package.

export const SCENARIOS = new URL("../../scenarios", import.meta.url);
