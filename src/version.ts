// Version of the package, and of the engine's semantics: two results can be mixed only if the latter are equal.

export const VERSION = "0.1.0";
/** Goes up whenever the same scenario and seed give other numbers. */
export const SEMANTICS = 5;
