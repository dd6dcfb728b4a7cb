// Ballots: the votes on one claim, counted answer by answer. A hash table with linear probing (Knuth, The Art of Computer
// Programming, vol. 3, section 6.4), so that a vote costs the same in a team of three and of ten thousand.

/** Odd integer next to 2^32 / golden ratio: spreads consecutive answers over the table. */
const GOLDEN = 0x9e3779b1;

export class Ballots {
  /** Number of different answers. Their rows below are in the order in which they came. */
  count = 0;
  private readonly answers: Int32Array;
  readonly votes: Int32Array;
  /** The first version that said it. */
  readonly first: Int32Array;
  /** 1 + the row of the answer whose place it is; 0: free. */
  private readonly places: Int32Array;
  private readonly placeOf: Int32Array;
  private readonly shift: number;

  constructor(voters: number) {
    const log = Math.ceil(Math.log2(voters + 1)) + 1;
    this.answers = new Int32Array(voters);
    this.votes = new Int32Array(voters);
    this.first = new Int32Array(voters);
    this.placeOf = new Int32Array(voters);
    this.places = new Int32Array(1 << log);
    this.shift = 32 - log;
  }

  clear(): void {
    for (let row = 0; row < this.count; row++) this.places[this.placeOf[row]] = 0;
    this.count = 0;
  }

  /** Counts a vote for the answer that a version says. Returns the answer's row. */
  add(answer: number, version: number): number {
    const { places, answers } = this;
    let place = Math.imul(answer, GOLDEN) >>> this.shift;
    for (; places[place] > 0; place = (place + 1) & (places.length - 1)) {
      const row = places[place] - 1;
      if (answers[row] !== answer) continue;
      this.votes[row]++;
      return row;
    }
    const row = this.count++;
    places[place] = row + 1;
    this.placeOf[row] = place;
    answers[row] = answer;
    this.votes[row] = 1;
    this.first[row] = version;
    return row;
  }
}
