// The options that a file states under `improvements`.
import type { Improvement, Improvements } from "../../scenario/improvements/schema.ts";
import type { Option } from "./option.ts";

/** Those that set values; options that set the same place exclude each other, and so do those that say so. */
export function statedOptions(improvements: Improvements): readonly Option[] {
  const setting = improvements.flatMap(({ set, ...rest }) =>
    set === undefined ? [] : { ...rest, set },
  );
  return setting.map(({ name, set, price = 0, excludes = [] }) => ({
    name,
    kind: "stated",
    what: `make the change ${name}`,
    price,
    excludes: improvements
      .filter(
        (other) =>
          other.name !== name &&
          (excludes.includes(other.name) ||
            other.excludes?.includes(name) ||
            meet(Object.keys(set), pathsOf(other))),
      )
      .map((other) => other.name),
    edit: () => set,
  }));
}

const pathsOf = ({ set = {}, lever }: Improvement) =>
  lever === undefined ? Object.keys(set) : [lever];

/** Whether a path of the one stands at, above or below a path of the other. */
const meet = (a: readonly string[], b: readonly string[]) =>
  a.some((x) => b.some((y) => `${x}.`.startsWith(`${y}.`) || `${y}.`.startsWith(`${x}.`)));
