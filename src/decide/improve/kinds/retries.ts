// Calls that fail are repeated more often.
import type { Deriving } from "../option.ts";
import { nameOf } from "../text.ts";

const MORE = 2;

export const retries: Deriving = {
  kind: "retries",
  derive(view) {
    const used = new Set(view.modelled.map(([, model]) => model));
    const able = Object.entries(view.scenario.models).filter(
      ([name, { failure, timeout }]) => used.has(name) && (failure > 0 || timeout !== undefined),
    );
    if (able.length === 0) return "no call of a model fails";
    return able.map(([name, { retries }]) => ({
      name: nameOf(name, "retries"),
      kind: "retries",
      what: `repeat a failed call of ${name} up to ${retries + MORE} times`,
      price: 0,
      excludes: [],
      edit: () => ({ [`models.${name}.retries`]: retries + MORE }),
    }));
  },
};
