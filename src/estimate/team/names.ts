// Names of agents and models as a scenario can have them. Members of a group, such as worker.1 and worker.2, become one agent of
// several: the group.
import { NAME_PATTERN } from "../../documents/names.ts";
import type { LoggedRun } from "../../logs/run.ts";

/** Most letters of a name. */
const LONGEST = 64;

/** Gives names out, the same one for the same text, and different ones for different texts. */
class Names {
  /** The name of each text. */
  readonly of = new Map<string, string>();
  private readonly taken = new Set<string>();

  /** @param otherwise what a text is called in which there is no letter */
  get(text: string, otherwise: string): string {
    const known = this.of.get(text);
    if (known !== undefined) return known;
    const plain = plainName(text, otherwise);
    let name = plain;
    for (let i = 2; this.taken.has(name); i++) name = `${cut(plain, LONGEST - 6)}-${i}`;
    this.taken.add(name);
    this.of.set(text, name);
    return name;
  }
}

/** The text with a dash for what cannot be in a name, from its first letter on. */
export function plainName(text: string, otherwise: string): string {
  const dashed = text.normalize("NFC").replace(/[^\p{L}\p{M}\p{N}_-]+/gu, "-");
  const name = cut(dashed.replace(/^[^\p{L}]+/u, "").replace(/-+$/, ""), LONGEST);
  return NAME_PATTERN.test(name) ? name : otherwise;
}

const cut = (text: string, length: number) => Array.from(text).slice(0, length).join("");

/** The group and the number of an agent that is called like a member of one: worker and 2 of worker.2. */
export function memberOf(agent: string) {
  const [, group, number] = /^(.+)\.([1-9]\d{0,5})$/su.exec(agent) ?? [];
  return group !== undefined && NAME_PATTERN.test(group) ? { group, number } : undefined;
}

/** What runs are called in a scenario, run by run. */
export class Renaming {
  private readonly agents = new Names();
  private readonly models = new Names();
  private readonly groups: ReadonlySet<string> | undefined;
  private readonly members = new Map<string, Set<string>>();

  /**
   * @param groups names of groups, where they are known, such as {@link groupsOf} finds them; by default every name of the form
   * NAME.N is a member of one
   */
  constructor(groups?: Iterable<string>) {
    this.groups = groups && new Set(groups);
  }

  /** The run with names of agents that a scenario can have. */
  run(run: LoggedRun): LoggedRun {
    const { culprit } = run;
    return {
      ...run,
      turns: run.turns.map((turn) => ({ ...turn, agent: this.agent(turn.agent) })),
      messages: run.messages.map((message) => ({
        ...message,
        from: this.agent(message.from),
        to: this.agent(message.to),
      })),
      ...(culprit && { culprit: { ...culprit, agent: this.agent(culprit.agent) } }),
    };
  }

  /** How many members a group has, by its name; 1 for an agent that is no group. */
  countOf(agent: string): number {
    return this.members.get(agent)?.size ?? 1;
  }

  /** Names that are not as they are in the logs, with what they are called there. */
  changed(): readonly { readonly name: string; readonly logged: string }[] {
    return [...this.agents.of, ...this.models.of]
      .filter(([logged, name]) => logged !== name)
      .map(([logged, name]) => ({ name, logged }));
  }

  /** What a model is called in a scenario; models keep their names in runs, since prices go by them. */
  model(logged: string | undefined): string {
    return this.models.get(logged ?? "model", "model");
  }

  private agent(text: string): string {
    const member = memberOf(text);
    if (member === undefined || this.groups?.has(member.group) === false)
      return this.agents.get(text, "agent");
    const name = this.agents.get(member.group, "agent");
    const members = this.members.get(name) ?? new Set();
    this.members.set(name, members.add(member.number));
    return name;
  }
}
