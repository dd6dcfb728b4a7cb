// Tables of results and of replications: what stands under each column.
import { describe, expect, test } from "vitest";
import { compare } from "../../src/experiment/experiment.ts";
import { readMetric } from "../../src/experiment/result.ts";
import type { Value } from "../../src/export/columns.ts";
import { openTable, TABLE_FORMATS } from "../../src/export/openTable.ts";
import type { CellRow, ReplicationRow } from "../../src/export/rows.ts";
import { cellsTable, replicationsTable, type Table } from "../../src/export/table.ts";
import { METRIC_NAMES } from "../../src/metrics/definitions.ts";
import { FIELD, OUTCOME_FIELDS, OUTCOME_SIZE } from "../../src/model/outcome.ts";
import { team } from "../support/scenarios.ts";
import { column, described, MemorySink, query, READERS, SQL_TYPES, written } from "./support.ts";

const faulty = (name: string, count: number) =>
  team(count, {
    name,
    models: { base: { errorRate: 0.3, latency: { distribution: "constant", mean: 1 } } },
  });

const result = await compare([faulty("one", 1), faulty("three", 3)], "one", {
  replications: 64,
  seed: "table",
});

const origin = { experiment: "sizes", baseline: "one", seed: "table" };

const rows: CellRow[] = [
  ...result.scenarios.map(
    (scenario, i): CellRow => ({
      ...origin,
      cell: 0,
      scenario: scenario.name,
      factors: i === 0 ? { rate: 0.3 } : { rate: 0.3, agents: 3, mode: "fast", checked: true },
      status: "ok",
      result: scenario,
    }),
  ),
  {
    ...origin,
    cell: 1,
    scenario: "three",
    factors: { rate: 2, agents: 0, mode: "fast", checked: false },
    status: "failed",
    message: 'agents.worker.count: 0, must be "1 or more"\nfaultline run three.yaml',
  },
];

/** The rows as objects. */
function objectsOf({ columns, rows }: Table): Record<string, Value>[] {
  return [...rows].map((row) => Object.fromEntries(columns.map(({ name }, i) => [name, row[i]])));
}

describe("table of cells", () => {
  test("begins with where a row comes from, factors among it, and what is said of it", () => {
    const names = cellsTable(rows).columns.map(({ name }) => name);
    expect(names.slice(0, 13)).toEqual([
      "experiment",
      "cell",
      "scenario",
      "baseline",
      "factor.rate",
      "factor.agents",
      "factor.mode",
      "factor.checked",
      "seed",
      "replications",
      "instances",
      "status",
      "message",
    ]);
  });

  test("has estimate and bounds of every metric, as the result has them", () => {
    const objects = objectsOf(cellsTable(rows));
    result.scenarios.forEach(({ metrics, replications }, i) => {
      expect(objects[i]).toMatchObject({ replications, status: "ok", message: null });
      for (const name of METRIC_NAMES) {
        // A metric of what nobody states has no value.
        const { mean, ci } = readMetric(metrics, name) ?? { mean: null, ci: [null, null] };
        const told = [objects[i][name], ...["lo", "hi"].map((b) => objects[i][`${name}.${b}`])];
        expect(told).toEqual([mean, ...ci]);
      }
    });
    expect(objects[1]["amplification.propagation"]).toBeGreaterThan(1);
  });

  test("has no value where a factor does not apply, and no result where there is none", () => {
    const [one, , failed] = objectsOf(cellsTable(rows));
    expect(one).toMatchObject({ "factor.rate": 0.3, "factor.agents": null, "factor.mode": null });
    expect(failed).toMatchObject({
      status: "failed",
      message: rows[2].message,
      replications: null,
      instances: null,
      success: null,
      "success.hi": null,
    });
  });

  test("takes the type of a factor from its values", () => {
    const typesOf = (...values: (number | string | boolean)[]) =>
      cellsTable(values.map((x) => ({ ...rows[2], factors: { x } }))).columns[4].type;
    expect(typesOf(1, 3)).toBe("int64");
    expect(typesOf(1, 0.5, 3)).toBe("double");
    expect(typesOf(2 ** 53)).toBe("double");
    expect(typesOf(true, false)).toBe("boolean");
    expect(typesOf("a", "b")).toBe("string");
    expect(typesOf(1, "many")).toBe("string");
    expect(typesOf(true, 1)).toBe("string");
    const mixed = [1, "many"].map((x) => ({ ...rows[2], factors: { x } }));
    expect(objectsOf(cellsTable(mixed)).map((row) => row["factor.x"])).toEqual(["1", "many"]);
  });

  test("keeps to the metrics that are asked for, in that order", () => {
    const names = cellsTable(rows, ["turns", "latency.p95"]).columns.map(({ name }) => name);
    expect(names.slice(13)).toEqual([
      "turns",
      "turns.lo",
      "turns.hi",
      "latency.p95",
      "latency.p95.lo",
      "latency.p95.hi",
    ]);
    expect(() => cellsTable(rows, ["sucess"])).toThrow(/sucess is no metric/);
  });

  test("a number that JSON does not know is no value", () => {
    const scenario = {
      ...result.scenarios[0],
      metrics: { success: { mean: Number.NaN, ci: [0, Number.POSITIVE_INFINITY] as const } },
    };
    const [row] = objectsOf(cellsTable([{ ...rows[0], result: scenario }], ["success"]));
    expect(row).toMatchObject({ success: null, "success.lo": 0, "success.hi": null });
  });

  test("a row that has not failed needs a result", () => {
    expect(() => cellsTable([{ ...rows[2], status: "not-reached" }])).toThrow(
      "three of cell 1 is not-reached without a result: only rows that failed have none",
    );
  });
});

describe("table of replications", () => {
  const outcome = Float64Array.from({ length: OUTCOME_SIZE }, (_, i) => i);
  outcome[FIELD.cost] = 0.25;
  const source: ReplicationRow = {
    ...origin,
    cell: 2,
    scenario: "three",
    factors: { agents: 3 },
    replication: 17,
    instance: 2,
    outcome,
  };

  test("has the outcome of a replication beside where it comes from", () => {
    const table = replicationsTable([source], [{ name: "agents", type: "int64" }]);
    const [row] = objectsOf(table);
    expect(row).toMatchObject({
      experiment: "sizes",
      cell: 2,
      scenario: "three",
      baseline: "one",
      "factor.agents": 3,
      seed: "table",
      replication: 17,
      instance: 2,
      cost: 0.25,
    });
    expect(OUTCOME_FIELDS.map((name) => row[name])).toEqual([...outcome]);
  });

  test("real replications fit it: counts are whole numbers", async () => {
    const sources: ReplicationRow[] = [];
    await compare([faulty("one", 1), faulty("three", 3)], "one", {
      replications: 16,
      onReplication: (plan, replication, row) => {
        const scenario = ["one", "three"][plan];
        const [outcome, instance] = [row.slice(), replication];
        sources.push({ ...source, scenario, replication, instance, outcome });
      },
    });
    const bytes = await written("csv", replicationsTable(sources));
    expect(bytes.toString().split("\r\n")).toHaveLength(1 + 2 * 16 + 1);
  });
});

describe("read by DuckDB", () => {
  const table = cellsTable(rows);

  test.each(TABLE_FORMATS)("%s has the same values", async (format) => {
    const types = table.columns.map(({ name, type }) => `'${name}': '${SQL_TYPES[type]}'`);
    const options = format === "parquet" ? "" : `, columns = {${types.join(", ")}}`;
    const read = await query(
      await written(format, table),
      format,
      `SELECT * FROM ${READERS[format]}(FILE${options})`,
    );
    const values = read.map((row) => row.map((v) => (typeof v === "bigint" ? Number(v) : v)));
    expect(values).toEqual([...table.rows]);
  });

  test.each(TABLE_FORMATS)("%s needs no types told where a column has values", async (format) => {
    const all = [...table.rows];
    const found = await described(await written(format, table), format);
    expect(found.map(([name]) => name)).toEqual(table.columns.map(({ name }) => name));
    const withValues = found.filter((_, i) => all.some((row) => row[i] !== null));
    const expected = table.columns
      .map(({ name, type }): [string, string] => [name, SQL_TYPES[type]])
      .filter((_, i) => all.some((row) => row[i] !== null));
    expect(withValues).toEqual(expected);
    expect(expected.length).toBeGreaterThan(100);
  });
});

test("a text that looks like a number stays a text in CSV where its type is told", async () => {
  const bytes = await written("csv", cellsTable(rows.map((row) => ({ ...row, seed: "007" }))));
  const read = await query(
    bytes,
    "csv",
    "SELECT seed FROM read_csv(FILE, types = {'seed': 'VARCHAR'})",
  );
  expect(read).toEqual([["007"], ["007"], ["007"]]);
});

describe("what does not fit is refused", () => {
  test.each(TABLE_FORMATS)("%s", async (format) => {
    const columns = [column("n", "int64", false), column("x", "double"), column("s", "string")];
    const write = async (...row: Value[]) =>
      (await openTable(format, columns, new MemorySink())).write([row]);
    await expect(write(1, 2, "a")).resolves.toBeUndefined();
    await expect(write(2 ** 53, 2, "a")).rejects.toThrow(/under n.*whole numbers up to 2\^53 - 1$/);
    await expect(write(0.5, 2, "a")).rejects.toThrow(/^0.5 under n/);
    await expect(write(null, 2, "a")).rejects.toThrow(/^null under n/);
    await expect(write(1, Number.NaN, "a")).rejects.toThrow(
      /^NaN under x: .*finite numbers, or null$/,
    );
    await expect(write(1, Number.POSITIVE_INFINITY, "a")).rejects.toThrow(RangeError);
    await expect(write(1, 2, 3)).rejects.toThrow(/^3 under s: its values are text, or null$/);
    await expect(write("one", 2, "a")).rejects.toThrow(/^"one" under n/);
    await expect(write(1, 2)).rejects.toThrow(/2 values under 3 columns/);
  });

  test("two columns of one name", async () => {
    const columns = [column("a", "int64"), column("a", "string")];
    await expect(openTable("csv", columns, new MemorySink())).rejects.toThrow(/called a: names/);
  });
});
