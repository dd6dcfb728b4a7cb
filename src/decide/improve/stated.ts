// The options that a file states under `improvements`.
import type { Improvements } from "../../scenario/improvements/schema.ts";
import type { Option } from "./option.ts";

/** Options that set the same place exclude each other, and so do those that say so. */
export function statedOptions(improvements: Improvements): readonly Option[] {
  return improvements.map(({ name, set, price = 0, excludes = [] }) => ({
    name,
    kind: "stated",
    what: `make the change ${name}`,
    price,
    excludes: improvements
      .filter(
        (other) =>
          other.name !== name &&
          (excludes.includes(other.name) || other.excludes?.includes(name) || meet(set, other.set)),
      )
      .map((other) => other.name),
    edit: () => set,
  }));
}

type Set = Readonly<Record<string, unknown>>;

/** Whether a path of the one stands at, above or below a path of the other. */
const meet = (a: Set, b: Set) =>
  Object.keys(a).some((x) =>
    Object.keys(b).some((y) => `${x}.`.startsWith(`${y}.`) || `${y}.`.startsWith(`${x}.`)),
  );
