// Claims as components: those that are written out, and the kinds of a generated task.
import type { Scenario } from "../../../scenario/schema.ts";
import { type ClaimProperties, premisesOf, propertiesOf } from "../../../scenario/task/claims.ts";
import type { TaskGraph } from "../../../scenario/task/schema.ts";
import {
  BETTER_LOG_ODDS,
  type Change,
  type Component,
  type Found,
  withValue,
} from "./component.ts";

/** The bounds of a claim's difficulty: there it is made right, or wrong, but for one time in 10^8 or so. */
const [EASIEST, HARDEST] = [-20, 20];

/** Each claim that can be told from the others. */
export function claimsOf({ task: { graph } }: Scenario): Found {
  const names = namesIn(graph);
  if (names.length > 0) return { components: names.map(claimComponent), leftOut: [] };
  const why = "they are alike: the task neither writes them out nor has kinds of them";
  return { components: [], leftOut: [{ kind: "claim", name: "all", why }] };
}

function namesIn(graph: TaskGraph): readonly string[] {
  if (graph.shape === "graph") return Object.keys(graph.claims);
  return graph.shape === "generated" ? Object.keys(graph.kinds ?? {}) : [];
}

function claimComponent(name: string): Component {
  return {
    kind: "claim",
    name,
    changes: {
      perfect: become(name, () => ({ difficulty: EASIEST, tools: 0 })),
      absent: become(name, () => ({ difficulty: HARDEST })),
      better: become(name, ({ difficulty = 0 }) => ({
        difficulty: Math.max(EASIEST, difficulty + BETTER_LOG_ODDS),
      })),
    },
  };
}

/** Changes what is stated of a claim, or of a kind of claim. */
const become =
  (name: string, change: (properties: ClaimProperties) => ClaimProperties): Change =>
  (scenario) => {
    const { graph } = scenario.task;
    return { ...scenario, task: { ...scenario.task, graph: changed(graph, name, change) } };
  };

function changed(
  graph: TaskGraph,
  name: string,
  change: (properties: ClaimProperties) => ClaimProperties,
): TaskGraph {
  if (graph.shape === "graph") {
    const claim = graph.claims[name];
    const properties = propertiesOf(claim);
    const made = { ...properties, ...change(properties), needs: [...premisesOf(claim)] };
    return { ...graph, claims: withValue(graph.claims, name, made) };
  }
  if (graph.shape !== "generated" || graph.kinds === undefined) return graph;
  const kind = graph.kinds[name];
  return { ...graph, kinds: withValue(graph.kinds, name, { ...kind, ...change(kind) }) };
}
