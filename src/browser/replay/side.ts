// A side of the page: one of the teams that are played side by side, with one of its tasks.
import type { ReplayTask } from "../../experiment/replay/document.ts";
import type { PageTeam } from "../../pages/replay/pageData.ts";
import { TeamState } from "./state.ts";
import type { Names } from "./words.ts";

export interface Side {
  /** Position of the team on the page. */
  readonly place: number;
  readonly team: PageTeam;
  readonly task: ReplayTask;
  /** At the moment that is shown. */
  readonly state: TeamState;
  readonly names: Names;
}

/** A version of a team: what a viewer can choose. */
export interface Chosen {
  readonly place: number;
  readonly version: number;
}

export function sideOf(team: PageTeam, place: number, number: number): Side {
  const task = team.tasks[number];
  const names = {
    agents: team.agents.map(({ name }) => name),
    claims: team.claims.map(({ name }) => name),
  };
  return { place, team, task, state: new TeamState(task, team.agents.length), names };
}
