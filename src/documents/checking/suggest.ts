// Finds the word that somebody probably meant, by the number of typing slips between two words
// (Damerau 1964; optimal string alignment: one slip inserts, drops, replaces or swaps neighbours).

const LONGEST_WORD = 64;

/** Number of slips between two words: insertions, deletions, replacements and swaps of neighbours. */
export function slips(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row[j] = Math.min(replaced, last[j] + 1, row[j - 1] + 1);
      const isSwap = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (isSwap) row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}

/**
 * The candidate nearest to `word`, letter case aside, or undefined where none is near: at most a third of the
 * letters may differ (and always one), or one of the two begins the other. The first of equals wins.
 */
export function suggest(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length === 0 || word.length > LONGEST_WORD) return undefined;
  const wanted = word.toLowerCase();
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(word.length / 3)) + 1;
  let completion: string | undefined;
  for (const candidate of candidates) {
    const known = candidate.toLowerCase();
    if (Math.abs(known.length - wanted.length) < fewest) {
      const distance = slips(wanted, known);
      if (distance < fewest) [best, fewest] = [candidate, distance];
    }
    if (begins(wanted, known)) completion ??= candidate;
  }
  return best ?? completion;
}

/** Whether the shorter of two words, of three letters or more, begins the longer. */
function begins(a: string, b: string): boolean {
  return Math.min(a.length, b.length) >= 3 && (a.startsWith(b) || b.startsWith(a));
}
