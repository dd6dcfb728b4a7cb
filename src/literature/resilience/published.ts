// What Huang et al. publish: "On the Resilience of LLM-Based Multi-Agent Collaboration with Faulty Agents", arXiv 2408.00989
// (ICML 2025): GPT-3.5, means over four tasks.

export const SOURCE = "arXiv 2408.00989";

export interface PublishedTeam {
  /** Its scenario: resilience/NAME.yaml. */
  readonly name: "linear" | "flat" | "hierarchical";
  /** Accuracy without a fault, with one member whose role is faulty, and with one whose messages are corrupted. */
  readonly whole: number;
  readonly role: number;
  readonly messages: number;
}

export const TEAMS: readonly PublishedTeam[] = [
  { name: "linear", whole: 0.556, role: 0.382, messages: 0.383 },
  { name: "flat", whole: 0.544, role: 0.439, messages: 0.403 },
  { name: "hierarchical", whole: 0.53, role: 0.466, messages: 0.481 },
];
