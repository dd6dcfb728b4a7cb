// Runs of which parts are still to come, in bounded memory. Parts of several runs may come mixed; if too many are kept, the run
// that has waited longest for its next part is closed as it is.

/** Most parts that are kept: some 100 MB of spans. */
const MOST_PARTS = 100_000;

export class OpenRuns<Part> {
  /** By key, the one that has waited longest first. */
  private readonly open = new Map<string, Part[]>();
  private readonly close: (key: string, parts: readonly Part[]) => void;
  private readonly most: number;
  private kept = 0;

  /** @param close what becomes of the parts of a run, in the order in which they came */
  constructor(close: (key: string, parts: readonly Part[]) => void, most = MOST_PARTS) {
    this.close = close;
    this.most = most;
  }

  add(key: string, part: Part): void {
    const parts = this.open.get(key) ?? [];
    parts.push(part);
    this.open.delete(key);
    this.open.set(key, parts);
    this.kept++;
    if (this.kept > this.most) this.end(this.open.keys().next().value as string);
  }

  has(key: string): boolean {
    return this.open.has(key);
  }

  /** Nothing more comes of this run. */
  end(key: string): void {
    const parts = this.open.get(key);
    if (parts === undefined) return;
    this.open.delete(key);
    this.kept -= parts.length;
    this.close(key, parts);
  }

  endAll(): void {
    for (const key of [...this.open.keys()]) this.end(key);
  }
}
