// Whether the backlog of a scenario is watched. Only then there are the metrics of the backlog.
import type { Scenario } from "../schema.ts";
import { isUneven } from "./profile.ts";

/** It is where somebody states how large it may be, and where load comes in peaks. */
export const watchesBacklog = ({
  workload,
  objectives,
}: Pick<Scenario, "workload" | "objectives">): boolean =>
  workload.arrivals !== "one" && (objectives.backlog !== undefined || isUneven(workload.profile));
