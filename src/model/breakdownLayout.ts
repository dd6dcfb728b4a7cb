// The layout of a breakdown: what is counted of each agent, of each kind of claim and of each class of tasks, and where it stands
// in a row of numbers beside the outcome.

/**
 * Per agent: turns and dollars; dollars that are lost through errors that began with it. In a stream of tasks also seconds: of
 * all its staff in their shifts, of these at work and idle, and for which turns have waited for it.
 */
const AGENT_FIELDS = ["turns", "cost", "loss", "there", "busy", "idle", "waited"] as const;
/** Per kind of claim: how many there were, and how many were wrong, missing, or either in the deliverable. */
const CLAIM_FIELDS = ["claims", "wrong", "missing", "lost"] as const;
/** Per class: tasks, those that succeeded, were delivered, had to be and were in time, and seconds of those delivered. */
const CLASS_FIELDS = ["tasks", "success", "delivered", "timed", "onTime", "latency"] as const;

const FIELDS = { agents: AGENT_FIELDS, claims: CLAIM_FIELDS, classes: CLASS_FIELDS } as const;

/** What a breakdown goes by. */
export type BreakdownKind = keyof typeof FIELDS;
export type FieldOf<K extends BreakdownKind> = (typeof FIELDS)[K][number];

/** Which agents, claims and classes there are, and where each of their fields stands in the row. Field 0 counts the tasks. */
export class BreakdownLayout {
  readonly names: Readonly<Record<BreakdownKind, readonly string[]>>;
  /** US dollars that a claim of each kind costs which is wrong or missing. */
  readonly loss: Float64Array;
  /** The most that one claim or a late task costs, in US dollars. */
  readonly largestLoss: number;
  /** US dollars that each agent costs per second in which it has nothing to do. */
  readonly idlePrice: Float64Array;
  readonly size: number;
  private readonly first: Readonly<Record<BreakdownKind, number>>;

  constructor(
    names: Readonly<Record<BreakdownKind, readonly string[]>>,
    {
      loss,
      lateLoss = 0,
      idlePrice,
    }: Pick<BreakdownLayout, "loss" | "idlePrice"> & { readonly lateLoss?: number | undefined },
  ) {
    const claims = 1 + names.agents.length * AGENT_FIELDS.length;
    const classes = claims + names.claims.length * CLAIM_FIELDS.length;
    this.names = names;
    this.loss = loss;
    this.largestLoss = Math.max(lateLoss, ...loss);
    this.idlePrice = idlePrice;
    this.first = { agents: 1, claims, classes };
    this.size = classes + names.classes.length * CLASS_FIELDS.length;
  }

  /** Position of a field of an agent, a claim or a class. */
  at<K extends BreakdownKind>(kind: K, part: number, field: FieldOf<K>): number {
    return this.rowOf(kind, part) + (FIELDS[kind] as readonly string[]).indexOf(field);
  }

  /** Position of its first field. */
  rowOf(kind: BreakdownKind, part: number): number {
    return this.first[kind] + part * FIELDS[kind].length;
  }
}

/** Position of the number of tasks. */
export const TASKS = 0;
