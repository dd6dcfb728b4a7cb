// The topology: who can send to whom, and what a message costs.
import type { z } from "zod";
import { flag, list, number, oneOf, section, share, text, whole } from "../../documents/fields.ts";
import { latency, one, oneOrSeveral, several } from "../fields.ts";

const edge = section(
  "Edge",
  "Who can send to whom. Between several it runs from every one of the first to every one of the others.",
  {
    from: oneOrSeveral("From", "The agents that can send."),
    to: oneOrSeveral("To", "The agents that can receive."),
    weight: share("Weight", "Chance that a version sent along this edge arrives.").default(1),
    trust: number(
      "Trust",
      "Factor on how much the receiver believes what comes along this edge (agents.NAME.belief).",
      ["times", 0, 1_000_000],
    ).default(1),
    both: flag("Both ways", "Whether the edge also runs from `to` to `from`.").default(false),
  },
);

export const topology = section("Topology", "Who can send to whom, and what a message costs.", {
  preset: oneOf(
    ["none", "star", "complete", "ring", "chain", "tree", "grid", "random", "scale-free"],
    "Preset",
    "A well-known topology over the agents, in the order in which the file lists them.",
  ).default("none"),
  among: several("Among", "The agents that the preset joins. By default all agents.").optional(),
  hub: one(
    "Hub",
    "The agent in the middle of `star` and at the root of `tree`. By default the first orchestrator, or else the first agent.",
  ).optional(),
  directed: flag(
    "Directed",
    "Whether preset edges run one way only: outward in `star` and `tree`, forward in the others.",
  ).default(false),
  degree: whole(
    "Degree",
    "Mean number of neighbours in `random`, new edges per agent in `scale-free`, children per agent in `tree`.",
    ["agents", 1, 10_000],
  ).default(2),
  seed: text(
    "Topology seed",
    "Seed of `random` and `scale-free`. It is independent of the seed of the runs.",
  ).default("topology"),
  weight: share("Weight", "Chance that a version sent along a preset edge arrives.").default(1),
  edges: list(
    edge,
    "Edges",
    "Explicit edges, added to the preset. Where both join two agents, the explicit edge counts.",
    { max: 100_000 },
  ).default([]),
  latency: latency.prefault({ distribution: "constant", mean: 0.05 }),
  header: number("Header", "Tokens of a message, not counting the versions in it.", [
    "tokens",
    0,
    1_000_000,
  ]).default(20),
  versionTokens: number("Version size", "Tokens of one version, in a message and in a ledger.", [
    "tokens",
    0,
    1_000_000,
  ]).default(60),
});

export type Topology = z.output<typeof topology>;
