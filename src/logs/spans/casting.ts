// Who acts in a span.
import type { LogSink } from "../format.ts";
import type { AgentNames } from "./agentNames.ts";
import type { Node, Tree } from "./tree.ts";

/** The agent of turns that no agent is named for. */
export const NOBODY = "agent";

export class Casting {
  private readonly names: AgentNames;
  private readonly tell: LogSink["trouble"];
  private readonly known = new Map<Node, string>();
  /** The nodes that are turns. */
  readonly calls: readonly Node[];
  /** The names of those who take turns. */
  readonly acting: ReadonlySet<string>;

  constructor(_tree: Tree, calls: readonly Node[], names: AgentNames, tell: LogSink["trouble"]) {
    this.names = names;
    this.tell = tell;
    this.calls = calls;
    this.acting = new Set(calls.map((call) => this.agentOf(call)));
  }

  /** The agent that a span names, or else that of the nearest span around it that names one. */
  agentOf(node: Node): string {
    const path: Node[] = [];
    let name: string | undefined;
    for (
      let one: Node | undefined = node;
      one !== undefined && name === undefined;
      one = one.parent
    ) {
      name = this.known.get(one) ?? this.named(one);
      path.push(one);
    }
    for (const one of path) this.known.set(one, name ?? NOBODY);
    return name ?? NOBODY;
  }

  /** The agent that a span names itself, by its one name. */
  named({ span }: Node): string | undefined {
    const { agent, agentId, place } = span;
    if (agent === undefined) return undefined;
    return this.names.nameOf(agent, agentId, () => this.tell("names", "spans", place));
  }

  /** By the one name of an agent. */
  called(name: string): string {
    return this.names.nameOf(name, undefined, () => {});
  }
}
