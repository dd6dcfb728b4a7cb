// The page docs/background/precision.md: the prose of page.md, and at the places in it what was measured.
import { readFileSync } from "node:fs";
import { NETS } from "../../../src/numerics/nets.ts";
import { listText } from "../../../src/wording/sentence.ts";
import { count, grouped } from "../../../src/wording/text.ts";
import { fill, type Places, tableOf, wordTable } from "../places.ts";
import { COMPARED, type Compared } from "./bias.ts";
import { CASES, type CoverageCase, QUANTITIES, QUANTITY_NAMES, type Quantity } from "./cases.ts";
import { type Hits, TRUTH_REPLICATIONS } from "./coverage.ts";
import { type Measured, SEEDS, SIZES } from "./measure.ts";
import { NET_SIZES, REDUCED, type Reduced } from "./reduction.ts";

/** Where the page lies, from docs/. */
export const PRECISION_PAGE = "background/precision.md";

/** Shares of covering intervals, in percent, that are in range. */
const [LOWEST, HIGHEST] = [93, 97.5];
/** Standard errors within which means should agree. */
const AGREED = 4;

export function precisionPage(measured: Measured): string {
  const prose = readFileSync(new URL("./page.md", import.meta.url), "utf8");
  return fill(prose, {
    ...reductionPlaces(measured),
    ...biasPlaces(measured),
    ...coveragePlaces(measured),
    "value semantics": String(measured.semantics),
  });
}

const code = (name: string) => `\`${name.replace(/^kim2025\//, "").replace(/\.yaml$/, "")}\``;

// ---------------------------------------------------------------- reduction

const FIELDS = Object.keys(REDUCED) as Reduced[];

function reductionPlaces({ reduction }: Measured): Places {
  const [points] = NET_SIZES.slice(-1);
  const gains = Object.values(reduction);
  const medians = NET_SIZES.map(
    (size) =>
      `With ${size} points per net (${grouped(size * NETS * 8)} replications) the median gain is ${listText(
        FIELDS.map(
          (field) => `${gain(median(gains.map((of) => of[size][field])))} for ${REDUCED[field]}`,
        ),
      )}.`,
  );
  return {
    "table reduction": [
      `Variance of net means under independent sampling, over that under nets, with ${points} points per net:`,
      tableOf(
        ["scenario", ...FIELDS.map((field) => REDUCED[field])],
        Object.entries(reduction).map(([file, of]) => [
          code(file),
          ...FIELDS.map((field) => gain(of[points][field])),
        ]),
      ),
    ].join("\n\n"),
    "value reduction": medians.join(" "),
  };
}

const gain = (x: number) => (x < 10 ? x.toFixed(1) : grouped(Math.round(x)));

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

// ---------------------------------------------------------------- bias

function biasPlaces({ bias }: Measured): Places {
  const names = Object.keys(COMPARED) as Compared[];
  const off = Object.entries(bias).flatMap(([file, of]) =>
    names.map((name) => ({ file, name, errors: Math.abs(of[name]) })),
  );
  const beyond = (limit: number, name?: Compared) =>
    off.filter((one) => one.errors > limit && (name ?? one.name) === one.name).length;
  const largest = off.reduce((a, b) => (a.errors >= b.errors ? a : b));
  return {
    "value compared": listText(names),
    "value bias": `Of ${count(off.length, "difference")} in ${count(Object.keys(bias).length, "scenario")}, ${beyond(AGREED)} are larger than ${AGREED} standard errors. The largest has ${largest.errors.toFixed(1)} (${largest.name} of ${code(largest.file)}). Streams are left out, since they are drawn independently anyway.`,
    "table bias": tableOf(
      ["mean of", "beyond 2 standard errors", "beyond 3", "beyond 4", "largest"],
      names.map((name) => [
        name,
        ...[2, 3, 4].map((limit) => String(beyond(limit, name))),
        Math.max(...off.filter((one) => one.name === name).map(({ errors }) => errors)).toFixed(1),
      ]),
    ),
  };
}

// ---------------------------------------------------------------- coverage

/** One share of covering intervals. */
interface Cell {
  readonly of: CoverageCase;
  readonly replications: number;
  readonly quantity: Quantity;
  readonly hits: Hits;
}

function cellsOf({ coverage }: Measured): Cell[] {
  return CASES.flatMap((of) =>
    SIZES.flatMap((replications) =>
      QUANTITY_NAMES.flatMap((quantity): Cell[] => {
        const hits = coverage[of.name][replications][quantity];
        return hits === undefined || of.given.includes(quantity)
          ? []
          : [{ of, replications, quantity, hits }];
      }),
    ),
  );
}

/** Runs in which there is an interval. */
const defined = ({ hits }: Cell) => hits.covered + hits.above + hits.below;
const percent = (cell: Cell) => (100 * cell.hits.covered) / defined(cell);
const isInside = (cell: Cell) => percent(cell) >= LOWEST && percent(cell) <= HIGHEST;

function coveragePlaces(measured: Measured): Places {
  const cells = cellsOf(measured);
  const tables = SIZES.map((size) => [`table coverage ${size}`, coverageTable(cells, size)]);
  return {
    ...Object.fromEntries(tables),
    "table cases": wordTable(
      ["scenario", "", "repeats"],
      CASES.map(({ name, about, repeats }) => [code(name), about, String(repeats)]),
    ),
    "value seeds": grouped(SEEDS),
    "value truth": grouped(TRUTH_REPLICATIONS),
    "value inside": SIZES.map((size) => insideAt(cells, size)).join(" "),
    "value outside": cells
      .filter((cell) => percent(cell) < LOWEST && cell.replications > SIZES[0])
      .map(outside)
      .join("\n"),
    "value open": SIZES.map((size) => openAt(cells, size))
      .filter((text) => text !== "")
      .join("\n"),
  };
}

function coverageTable(cells: readonly Cell[], size: number): string {
  return tableOf(
    ["scenario", ...Object.values(QUANTITIES)],
    CASES.map((of) => [
      code(of.name),
      ...QUANTITY_NAMES.map((quantity) => {
        if (of.given.includes(quantity)) return "exact";
        const cell = cells.find(
          (one) => one.of === of && one.quantity === quantity && one.replications === size,
        );
        return cell === undefined ? "" : percentText(cell);
      }),
    ]),
  );
}

function percentText(cell: Cell): string {
  const text = percent(cell).toFixed(1);
  return isInside(cell) ? text : `**${text}**`;
}

function insideAt(cells: readonly Cell[], size: number): string {
  const all = cells.filter(({ replications }) => replications === size);
  return `At ${grouped(size)} replications ${all.filter(isInside).length} of ${all.length} shares are in range.`;
}

const placeOf = ({ of, quantity, replications }: Cell) =>
  `${code(of.name)}, ${QUANTITIES[quantity]}, ${grouped(replications)} replications`;

function outside(cell: Cell): string {
  const { covered, above, below } = cell.hits;
  const share = (number: number) => `${((100 * number) / defined(cell)).toFixed(1)} %`;
  return `- ${placeOf(cell)}: ${share(covered)}; the interval lies above the truth in ${share(above)}, below it in ${share(below)}`;
}

/** In how many runs an interval had an infinite bound, or there was none; without those that always have one. */
function openAt(cells: readonly Cell[], size: number): string {
  const some = cells.filter(
    (cell) =>
      cell.replications === size &&
      cell.hits.open + cell.hits.undefined > 0 &&
      cell.hits.open < defined(cell),
  );
  if (some.length === 0) return "";
  const told = some.map(({ of, quantity, hits }) => {
    const none = hits.undefined > 0 ? `, ${hits.undefined} undefined` : "";
    return `${code(of.name)} ${QUANTITIES[quantity]} ${hits.open}${none}`;
  });
  return `- ${grouped(size)} replications: ${told.join("; ")}.`;
}
