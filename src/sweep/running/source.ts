// Who runs which cells. A source gives out the cells that a process is to run, one by one; what comes of them goes to a
// store. All cells, or a shard of them, are settled beforehand; a queue that several machines share would be another
// source.

export interface CellSource {
  /** Number of cells that there are to be given out. */
  readonly count: number;
  /** Index of a cell that nobody else is given; undefined when there is none left. */
  take(): Promise<number | undefined>;
}

/** A part of the cells: every `of`-th one, from the `shard`-th on. */
export interface Shard {
  /** 1 <= shard <= of. */
  readonly shard: number;
  readonly of: number;
}

const SHARD = /^\s*(\d{1,6})\s*\/\s*(\d{1,6})\s*$/;

/** Reads `2/7`; undefined where the text is anything else. */
export function parseShard(text: string): Shard | undefined {
  const [, shard, of] = (SHARD.exec(text) ?? []).map(Number);
  return shard >= 1 && shard <= of ? { shard, of } : undefined;
}

/** The cells of these numbers, one after the other. */
export function listedCells(indices: readonly number[]): CellSource {
  let next = 0;
  return {
    count: indices.length,
    take: async () => (next < indices.length ? indices[next++] : undefined),
  };
}

/** All cells of a sweep, or a shard of them. Neighbours are alike and go to different shards, which evens the work out. */
export function allCells(count: number, { shard, of }: Shard = { shard: 1, of: 1 }): CellSource {
  let next = shard - 1;
  return {
    count: Math.max(0, Math.ceil((count - (shard - 1)) / of)),
    async take() {
      if (next >= count) return undefined;
      const index = next;
      next += of;
      return index;
    },
  };
}
