// Versions: every copy of a claim that comes into some ledger in one task, with the lineage of its error.
// A version is a row of typed arrays; row 0 stands for "none". Rows are only ever added.
import { grown } from "../kernel/arrays.ts";
import { CAUSES, COPIED, CORRECT, DISTORTED, INHERITED } from "./causes.ts";

const COLUMNS = [
  "claim",
  "owner",
  "value",
  "parent",
  "origin",
  "carrier",
  "family",
  "descendants",
  "rejected",
] as const;

export class Versions {
  count = 1;
  claim = new Int32Array(64);
  /** Agent in whose ledger the version came to be. */
  owner = new Int32Array(64);
  /** The answer: 0 is correct, equal values are equal answers to the same claim. */
  value = new Int32Array(64);
  /** Version that it was copied from or whose error it inherited; 0: none. */
  parent = new Int32Array(64);
  /** Version in which the error began (itself for a fault); 0: the version is correct. */
  origin = new Int32Array(64);
  /** Message that brought it, counted from 1; 0: made by its owner. */
  carrier = new Int32Array(64);
  /** 1 + the family whose common cause it goes back to; 0: none. That family's checks are blind to it. */
  family = new Int32Array(64);
  /** Of a fault: erroneous versions that descend from it, itself not counted. */
  descendants = new Int32Array(64);
  cause = new Uint8Array(64);
  /** Check phase in which it was rejected, counted from 1, until its owner hears of it; 0: it was not. */
  rejected = new Int32Array(64);
  /** How many versions were rejected so far. */
  rejections = 0;
  /** Versions in which an error began: faults[0] .. faults[faultCount - 1]. */
  faults = new Int32Array(16);
  faultCount = 0;
  /** How many versions came about by each cause. */
  readonly causeCounts = new Int32Array(CAUSES.length);

  clear(): void {
    this.count = 1;
    this.rejections = 0;
    this.faultCount = 0;
    this.causeCounts.fill(0);
  }

  reject(version: number, phase: number): void {
    this.rejected[version] = phase;
    this.rejections++;
  }

  isErroneous(version: number): boolean {
    return this.value[version] !== 0;
  }

  /** Adds a correct version that its owner made. */
  addCorrect(claim: number, owner: number): number {
    return this.add(claim, owner, 0, 0, 0, CORRECT);
  }

  /** Adds a version in which an error begins. A value of 0 asks for an answer of its own, equal to no other. */
  addFault(claim: number, owner: number, value: number, cause: number): number {
    const version = this.add(claim, owner, value, 0, 0, cause);
    if (value === 0) this.value[version] = version;
    this.origin[version] = version;
    if (this.faultCount === this.faults.length)
      this.faults = grown(this.faults, 2 * this.faultCount);
    this.faults[this.faultCount++] = version;
    return version;
  }

  /** Adds an erroneous version that a wrong premise led to. */
  addInherited(claim: number, owner: number, premise: number): number {
    const version = this.add(claim, owner, this.value[premise], premise, 0, INHERITED);
    this.descend(version, premise);
    return version;
  }

  /** Adds the copy of `source` that message `carrier` (counted from 1) brought into a ledger. */
  addCopy(owner: number, source: number, carrier: number): number {
    const { claim, value } = this;
    const version = this.add(claim[source], owner, value[source], source, carrier, COPIED);
    if (value[source] !== 0) this.descend(version, source);
    return version;
  }

  /** Adds the copy of a correct `source` that went wrong on the way. */
  addDistorted(owner: number, source: number, carrier: number, value: number): number {
    const version = this.addFault(this.claim[source], owner, value, DISTORTED);
    this.parent[version] = source;
    this.carrier[version] = carrier;
    return version;
  }

  private descend(version: number, parent: number): void {
    const origin = this.origin[parent];
    this.origin[version] = origin;
    this.family[version] = this.family[parent];
    this.descendants[origin]++;
  }

  private add(
    claim: number,
    owner: number,
    value: number,
    parent: number,
    carrier: number,
    cause: number,
  ): number {
    const row = this.count++;
    if (row === this.claim.length) this.grow();
    this.claim[row] = claim;
    this.owner[row] = owner;
    this.value[row] = value;
    this.parent[row] = parent;
    this.carrier[row] = carrier;
    this.cause[row] = cause;
    this.causeCounts[cause]++;
    this.origin[row] = 0;
    this.family[row] = 0;
    this.descendants[row] = 0;
    this.rejected[row] = 0;
    return row;
  }

  private grow(): void {
    const length = this.claim.length * 2;
    for (const column of COLUMNS) this[column] = grown(this[column], length);
    this.cause = grown(this.cause, length);
  }
}
