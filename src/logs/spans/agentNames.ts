// One name for each agent: names that differ only in how they are written, or that come with the same id, are one agent.

/** Most ids that are remembered: ids made anew for each run are of no use. */
const MOST_IDS = 10_000;

export class AgentNames {
  private readonly byId = new Map<string, string>();
  private readonly bySpelling = new Map<string, string>();
  private readonly renamed = new Set<string>();

  /**
   * The name that the agent came with first.
   * @param onOther called once for each other name
   */
  nameOf(name: string, id: string | undefined, onOther: () => void): string {
    const known = this.first(this.bySpelling, spelling(name), name);
    const chosen = id === undefined ? known : this.first(this.byId, id, known);
    if (chosen !== name && !this.renamed.has(name)) {
      this.renamed.add(name);
      onOther();
    }
    return chosen;
  }

  private first(names: Map<string, string>, key: string, name: string): string {
    const known = names.get(key);
    if (known === undefined && names.size < MOST_IDS) names.set(key, name);
    return known ?? name;
  }
}

const spelling = (name: string) =>
  name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_-]+/g, "_");
