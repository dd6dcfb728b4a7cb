// Where the cells of a sweep are in a store. To make a cell takes as long as some hundred replications, and its key
// does not change: so it is made once, and only what rows need of it is kept.
import { InputsText } from "../../store/record.ts";
import type { Store } from "../../store/store.ts";
import type { Cell, CellProblem } from "../cells.ts";
import type { Sweep } from "../sweep.ts";
import { recordInputs } from "./record.ts";

export interface Address extends Pick<Cell, "factors" | "labels"> {
  /** Key of the cell's record in the store. */
  readonly key: string;
}

/** Addresses of cells, made when they are first asked for. */
export class Addresses {
  readonly sweep: Sweep;
  readonly store: Store;
  private readonly known: (Address | undefined)[] = [];

  constructor(sweep: Sweep, store: Store) {
    this.sweep = sweep;
    this.store = store;
  }

  /** The address of a cell, 0 <= index < cellCount. */
  async of(index: number): Promise<Address> {
    const known = this.known[index];
    if (known !== undefined) return known;
    const cell = await this.sweep.cellAt(index);
    return this.enter(cell, InputsText.of(recordInputs(cell, this.sweep)));
  }

  /** Takes down the address of a cell whose record has these inputs. */
  enter({ index, factors, labels }: Cell | CellProblem, inputs: InputsText): Address {
    const address = { key: this.store.keyOf(inputs), factors, labels };
    this.known[index] = address;
    return address;
  }
}
