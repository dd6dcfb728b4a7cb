// What drives a study: its main scenarios once more, each time with one mechanism switched off, on the same instances. What
// a figure loses without a mechanism is what that mechanism does to it.
import type { Overrides } from "../documents/reading/overrides.ts";
import type { MetricValue } from "../experiment/result.ts";
import type { Scenario } from "../scenario/schema.ts";
import { cell } from "./estimates.ts";
import type { Formula, Observations } from "./kim2025/observations.ts";
import { observe, runsOfSeries, type Series } from "./kim2025/series.ts";
import { loadVariant, type Variant } from "./shipped.ts";
import { type Column, tableOf } from "./show.ts";
import type { StudyPart, StudyRun, StudyTable } from "./study.ts";

/** A mechanism that is switched off. */
export interface Ablation {
  readonly name: string;
  /** What it switches off, in words. */
  readonly what: string;
  /** Values to set, by dotted path; none where the scenario does not have the mechanism. */
  changes(scenario: Scenario): Overrides;
}

/** Chance of a fault that stands for none. */
const NEVER = 1e-6;

/** Turns that no agent uses up. */
const ENOUGH = 1000;

const NO_FAULTS = "no faults";

export const ABLATIONS: readonly Ablation[] = [
  {
    name: NO_FAULTS,
    what: "models err once in a million claims",
    changes: ({ models }) =>
      setWhere(models, "models", "errorRate", NEVER, ({ errorRate }) => errorRate > NEVER),
  },
  {
    name: "no conflict",
    what: "agents on a shared state do not get in each other's way",
    changes: ({ agents, task: { sharedState } }) =>
      setWhere(agents, "agents", "conflict", 0, ({ conflict }) => sharedState && conflict > 0),
  },
  {
    name: "perfect communication",
    what: "nothing is omitted, distorted or lost in a hand-off, and neither messages nor the turns that read them take from the budget",
    changes: ({ agents, budget }) => ({
      ...(budget.tokens > 0 && budget.covers !== "making" ? { "budget.covers": "making" } : {}),
      ...setWhere(agents, "agents", "omission", 0, ({ omission }) => omission > 0),
      ...setWhere(agents, "agents", "distortion", 0, ({ distortion }) => distortion > 0),
      ...setWhere(agents, "agents", "handoff", 0, ({ handoff }) => handoff > 0),
    }),
  },
  {
    name: "equal turns",
    what: "every agent may take a thousand working turns",
    changes: ({ agents }) =>
      setWhere(agents, "agents", "maxTurns", ENOUGH, ({ maxTurns }) => maxTurns < ENOUGH),
  },
  {
    name: "no checks",
    what: "no check flags anything, right or wrong",
    changes: ({ agents }) => Object.assign({}, ...CHECKS.map((kind) => withoutCheck(agents, kind))),
  },
  {
    name: "no budget",
    what: "tokens are not limited",
    changes: ({ budget }) =>
      budget.tokens > 0 && budget.exponent + budget.depth > 0 ? { "budget.tokens": 0 } : {},
  },
];

const CHECKS = ["self", "peer", "orchestrator"] as const;

function withoutCheck(agents: Scenario["agents"], kind: (typeof CHECKS)[number]): Overrides {
  const field = (name: "recall" | "falseAlarm") =>
    setWhere(agents, "agents", `checks.${kind}.${name}`, 0, ({ checks }) => checks[kind][name] > 0);
  return { ...field("recall"), ...field("falseAlarm") };
}

/** Sets a field of all members of a map for which it makes a difference. */
function setWhere<Member>(
  members: Readonly<Record<string, Member>>,
  map: string,
  field: string,
  value: number,
  matters: (member: Member) => boolean,
): Overrides {
  const affected = Object.entries(members).filter(([, member]) => matters(member));
  return Object.fromEntries(affected.map(([name]) => [`${map}.${name}.${field}`, value]));
}

/** Scenarios of a study that are run with and without each mechanism. */
export interface AblationCase {
  readonly name: string;
  readonly scenarios: readonly Ablated[];
  /** Name of the scenario that the others are compared with. */
  readonly baseline?: string;
}

export interface Ablated extends Variant {
  readonly name: string;
  readonly changes?: Overrides;
}

/** One replication per instance, one task at a time. */
const ALONE: Overrides = { repeats: 1, workload: { arrivals: "one" } };

/** Name of the scenario as it ships among the ablations. */
const INTACT = "as it is";

/** A row of the tables: a case without a mechanism, or as it is. */
interface Row {
  readonly of: AblationCase;
  readonly ablation: string;
  /** Which observed scenario stands for the scenario of this name. */
  readonly observed: (scenario: string) => string;
}

/** What is run of a case. */
interface Plan {
  readonly series: Series;
  readonly rows: readonly Row[];
}

/**
 * The part of a study that shows what drives it.
 * @param replications of each scenario, by default
 */
export function ablationPart(cases: readonly AblationCase[], replications = 1024): StudyPart {
  return {
    replications,
    runs: (most) => mostRuns(cases, most),
    run: async (under) => ({
      targets: [],
      tables: await ablationTables(cases, under),
      figures: [],
    }),
  };
}

/** Replications of all scenarios, if every mechanism matters to every scenario. */
export function mostRuns(cases: readonly AblationCase[], replications: number): number {
  const scenarios = cases.reduce((sum, one) => sum + one.scenarios.length, 0);
  return scenarios * (1 + ABLATIONS.length) * replications;
}

/** Runs the cases and puts side by side what they give with and without each mechanism. */
export async function ablationTables(
  cases: readonly AblationCase[],
  under: StudyRun,
): Promise<StudyTable[]> {
  const plans = await Promise.all(cases.map(planOf));
  const series = plans.map((plan) => plan.series);
  const observed = await observe(series, under);
  under.pool.signal.throwIfAborted();
  const spared = mostRuns(cases, under.replications) - runsOfSeries(series, under.replications);
  under.part(spared).onProgress?.(1);
  const rows = plans.flatMap((plan) => plan.rows);
  const isCompared = cases.some(({ baseline }) => baseline !== undefined);
  return [
    successTable(rows, observed),
    effectTable(rows, observed),
    ...(isCompared ? [changeTable(rows, observed), amplificationTable(rows, observed)] : []),
  ];
}

/** The name of the observations of a case, which is a part of its seed. */
const groupOf = ({ name }: AblationCase) => `ablation/${name}`;

async function planOf(of: AblationCase): Promise<Plan> {
  const scenarios = await Promise.all(
    of.scenarios.map(async (one) => {
      const changes = { ...one.changes, ...ALONE };
      return { ...one, changes, intact: await loadVariant({ file: one.file, changes }) };
    }),
  );
  const variants = scenarios.map(({ name, file, changes }) => ({ name, file, changes }));
  const rows: Row[] = [{ of, ablation: INTACT, observed: (scenario) => scenario }];
  for (const ablation of ABLATIONS) {
    const touched = new Map<string, string>();
    for (const { name, file, changes, intact } of scenarios) {
      const switched = ablation.changes(intact);
      if (Object.keys(switched).length === 0) continue;
      touched.set(name, `${name}, ${ablation.name}`);
      variants.push({
        ...{ name: `${name}, ${ablation.name}`, file },
        changes: { ...changes, ...switched },
      });
    }
    if (touched.size === 0) continue;
    const observed = (scenario: string) => touched.get(scenario) ?? scenario;
    rows.push({ of, ablation: ablation.name, observed });
  }
  const fields = ["success", "errorsAtAggregation"] as const;
  return { series: { name: groupOf(of), effort: 1, fields, variants }, rows };
}

// ---------------------------------------------------------------- tables

/** The mechanisms of the rows, in sentences. */
function legendOf(rows: readonly Row[]): string {
  const shown = ABLATIONS.filter(({ name }) => rows.some(({ ablation }) => ablation === name));
  return shown
    .map(({ name, what }) => `${name[0].toUpperCase()}${name.slice(1)}: ${what}.`)
    .join(" ");
}

type Measured = "success" | "errorsAtAggregation";

const mean =
  ({ of, observed }: Row, scenario: string, field: Measured): Formula =>
  (means) =>
    means(groupOf(of), observed(scenario), field);

/** A figure of a scenario over that of its baseline; undefined where it has none. */
function against(field: Measured, row: Row, scenario: string): Formula | undefined {
  const { baseline } = row.of;
  if (baseline === undefined || baseline === scenario) return undefined;
  const [above, below] = [mean(row, scenario, field), mean(row, baseline, field)];
  return (means) => above(means) / below(means);
}

function successTable(rows: readonly Row[], observed: Observations): StudyTable {
  const head = {
    name: "ablations",
    title: "Success with and without each mechanism",
    note: legendOf(rows),
  };
  return tableBy(head, "share", rows, ({ of, observed: standsFor }, scenario) =>
    observed.success(groupOf(of), standsFor(scenario)),
  );
}

function effectTable(rows: readonly Row[], observed: Observations): StudyTable {
  const head = {
    name: "ablation-effects",
    title: "What switching a mechanism off does to success",
    note: "Success without the mechanism less success with it, on the same instances.",
  };
  const without = rows.filter(({ ablation }) => ablation !== INTACT);
  return tableBy(head, "difference of shares", without, (row, scenario) => {
    if (row.observed(scenario) === scenario) return undefined;
    const [off, on] = [row, { ...row, observed: (name: string) => name }].map((one) =>
      mean(one, scenario, "success"),
    );
    return observed.estimate((means) => off(means) - on(means));
  });
}

function changeTable(rows: readonly Row[], observed: Observations): StudyTable {
  const head = {
    name: "ablation-changes",
    title: "Success against the baseline, with and without each mechanism",
    note: "The baseline loses the mechanism too.",
  };
  return tableBy(head, "% of the baseline's success", rows, (row, scenario) => {
    const ratio = against("success", row, scenario);
    return ratio && observed.estimate((means) => 100 * (ratio(means) - 1));
  });
}

function amplificationTable(rows: readonly Row[], observed: Observations): StudyTable {
  const head = {
    name: "ablation-amplification",
    title:
      "Errors that reach aggregation, relative to the baseline, with and without each mechanism",
    note: "Undefined where the baseline has no error.",
  };
  // Without faults there is next to nothing to amplify.
  const faulty = rows.filter(({ ablation }) => ablation !== NO_FAULTS);
  return tableBy(head, "ratio", faulty, (row, scenario) => {
    const ratio = against("errorsAtAggregation", row, scenario);
    return ratio && observed.estimate(ratio);
  });
}

/** One column per scenario, one row per case and mechanism. Scenarios without a value have no column. */
function tableBy(
  head: Pick<StudyTable, "name" | "title" | "note">,
  unit: string,
  rows: readonly Row[],
  figureOf: (row: Row, scenario: string) => MetricValue | undefined,
): StudyTable {
  const names = [...new Set(rows.flatMap(({ of }) => of.scenarios.map(({ name }) => name)))];
  const values = rows.map((row) => {
    const own = row.of.scenarios.map(({ name }) => [name, figureOf(row, name)] as const);
    return { row, values: new Map(own) };
  });
  type Values = (typeof values)[number];
  const shown = names.filter((name) => values.some((one) => one.values.get(name) !== undefined));
  const cases: Column<Values> = ["case", "", ({ row }) => row.of.name];
  return tableOf(head, values, [
    ...(new Set(rows.map(({ of }) => of)).size > 1 ? [cases] : []),
    ["mechanism", "", ({ row }) => row.ablation],
    ...shown.map(
      (name): Column<Values> => [
        name,
        unit,
        (one) => {
          const value = one.values.get(name);
          return value === undefined ? null : cell(value);
        },
      ],
    ),
  ]);
}
