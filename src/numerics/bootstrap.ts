/**
 * The bootstrap of a few items without a draw (Efron 1979; Fisher and Hall 1991 on exact bootstrap distributions): n items
 * have only C(2n - 1, n) resamples that differ, so all of them are looked at, each with the number of ways in which it
 * comes about. The interval is exact, and the same bytes everywhere.
 */

/** The most items whose resamples are all looked at: 6,435 of them. */
const MOST_ITEMS = 8;

/** A resample: how often it holds each item, and in how many of the n^n ways it comes about. */
interface Resample {
  readonly counts: readonly number[];
  readonly ways: number;
}

const known = new Map<number, readonly Resample[]>();

/**
 * 95 % percentile interval of a statistic over all resamples of the items.
 * @param items number of items, an integer from 2 to 8
 * @param statistic of a resample, by how often it holds each item; the counts add up to the number of items
 * @returns the least values that at least 2.5 % and 97.5 % of the resamples do not exceed
 * @throws RangeError on another number of items
 */
export function bootstrapInterval(
  items: number,
  statistic: (counts: readonly number[]) => number,
): readonly [low: number, high: number] {
  if (!Number.isInteger(items) || items < 2 || items > MOST_ITEMS)
    throw new RangeError(`Bootstrap of ${items} items: must be an integer from 2 to ${MOST_ITEMS}`);
  const values = resamplesOf(items)
    .map(({ counts, ways }) => ({ value: statistic(counts), ways }))
    .sort((a, b) => a.value - b.value);
  const all = values.reduce((sum, { ways }) => sum + ways, 0);
  const quantile = (thousandths: number) => {
    let below = 0;
    for (const { value, ways } of values) {
      below += ways;
      if (1000 * below >= thousandths * all) return value;
    }
    return Number.NaN;
  };
  return [quantile(25), quantile(975)];
}

function resamplesOf(items: number): readonly Resample[] {
  const found = known.get(items) ?? [...resamples([], items, items, 1)];
  known.set(items, found);
  return found;
}

/** Ways to fill the places that are left with the items that are left. */
function* resamples(
  counts: readonly number[],
  items: number,
  places: number,
  ways: number,
): Generator<Resample> {
  if (items === 1) {
    yield { counts: [...counts, places], ways };
    return;
  }
  let choices = 1;
  for (let count = 0; count <= places; count++) {
    yield* resamples([...counts, count], items - 1, places - count, ways * choices);
    choices = (choices * (places - count)) / (count + 1);
  }
}
