// The topology: who can send to whom, and what a message costs.
import type { z } from "zod";
import { flag, list, number, oneOf, section, share, text, whole } from "../../documents/fields.ts";
import { latency, one, several } from "../fields.ts";

const edge = section("Edge", "Who can send to whom. Between groups: every member to every other.", {
  from: one("From", "Who can send."),
  to: one("To", "Who can receive."),
  weight: share("Weight", "Chance that a version which is sent passes along this edge.").default(1),
  both: flag("Both ways", "Whether the edge also runs from `to` to `from`.").default(false),
});

export const topology = section("Topology", "Who can send to whom, and what a message costs.", {
  preset: oneOf(
    ["none", "star", "complete", "ring", "chain", "tree", "grid", "random", "scale-free"],
    "Preset",
    "A well-known topology over the agents, in the order in which they are written.",
  ).default("none"),
  among: several("Among", "The agents that the preset joins; by default all of them.").optional(),
  hub: one(
    "Hub",
    "The one agent in the middle of star and at the root of tree; by default the first orchestrator, else the first agent.",
  ).optional(),
  directed: flag(
    "Directed",
    "Whether preset edges run one way only (chain, ring and grid forward, star and tree outward).",
  ).default(false),
  degree: whole(
    "Degree",
    "Mean number of neighbours in `random`, new edges per agent in `scale-free`, children in `tree`.",
    ["agents", 1, 10_000],
  ).default(2),
  seed: text(
    "Topology seed",
    "Seed of `random` and `scale-free`; apart from the seed of the runs.",
  ).default("topology"),
  weight: share(
    "Weight",
    "Chance that a version which is sent passes along a preset edge.",
  ).default(1),
  edges: list(edge, "Edges", "Explicit edges, added to the preset.", { max: 100_000 }).default([]),
  latency: latency.prefault({ distribution: "constant", mean: 0.05 }),
  header: number("Header", "Tokens of a message apart from the versions that it carries.", [
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
