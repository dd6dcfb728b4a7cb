// Numbers change only on purpose: with another scenario, or with SEMANTICS raised and the changelog saying so.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { SEMANTICS } from "../src/version.ts";
import {
  changedWithoutReason,
  type Golden,
  goldensOnDisk,
  type Ledger,
  readLedger,
} from "./support/goldens.ts";

const CHANGELOG = readFileSync(join(import.meta.dirname, "..", "CHANGELOG.md"), "utf8");

test("the goldens are those of the ledger (npm run golden keeps it)", async () => {
  expect(readLedger()).toEqual({ semantics: SEMANTICS, goldens: await goldensOnDisk() });
});

test("the changelog has a dated heading for the present semantics", () => {
  expect(CHANGELOG).toMatch(
    new RegExp(`^\\*\\*Semantics ${SEMANTICS} \\(\\d{4}-\\d\\d-\\d\\d\\)`, "m"),
  );
});

const golden = (source: string | null, numbers: string): Golden => ({ source, numbers });
const ledger: Ledger = {
  semantics: 3,
  goldens: { "a.json": golden("A", "1"), "b.csv": golden(null, "2") },
};

test("numbers may not change while semantics and scenario stay", () => {
  const now = { "a.json": golden("A", "9"), "b.csv": golden(null, "9") };
  expect(changedWithoutReason(ledger, now, 3)).toEqual(["a.json", "b.csv"]);
});

test("numbers may change with the semantics, with the scenario, and where a golden is new", () => {
  const now = {
    "a.json": golden("B", "9"),
    "b.csv": golden(null, "2"),
    "c.json": golden("C", "9"),
  };
  expect(changedWithoutReason(ledger, now, 3)).toEqual([]);
  expect(changedWithoutReason(ledger, { "a.json": golden("A", "9") }, 4)).toEqual([]);
});
