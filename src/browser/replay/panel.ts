/// <reference lib="dom" />
// The panel beside the picture: the faults and what became of them, the missing claims and why they are missing, the ledger of an agent, the lineage of a version.
import type { ReplayEvent, ReplayMissing, ReplayTask } from "../../experiment/replay/document.ts";
import { CAUSE_LABELS } from "../../model/causes.ts";
import type { PageTeam } from "../../pages/replay/pageData.ts";
import type { TeamState } from "./state.ts";
import {
  clock,
  eventText,
  familyOf,
  fateOf,
  faultsOf,
  leftOutText,
  lineageOf,
  looksAt,
  lossBeforeGuess,
  lossBehind,
  lossesOf,
  missingText,
  type Names,
  number,
  type Omission,
  twinOf,
} from "./story.ts";

/** More lines than these are not listed. */
const MOST_LINES = 200;

type Content = string | Node | false | undefined;

export function el(tag: string, className: string, ...content: readonly Content[]): HTMLElement {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  element.append(
    ...content.filter((piece): piece is string | Node => piece !== false && piece !== undefined),
  );
  return element;
}

/** A version of a team: what a viewer can choose. */
export interface Chosen {
  readonly team: number;
  readonly version: number;
}

export interface Side {
  readonly team: PageTeam;
  readonly task: ReplayTask;
  readonly state: TeamState;
  readonly names: Names;
  /** What the team is called where there are two. */
  readonly title: string;
}

const FATES = {
  delivered: "reached the deliverable",
  caught: "was caught",
  contained: "came to nothing",
} as const;

export class Panel {
  private readonly sides: readonly Side[];
  private readonly choose: (chosen: Chosen) => void;

  constructor(sides: readonly Side[], choose: (chosen: Chosen) => void) {
    this.sides = sides;
    this.choose = choose;
  }

  // ---------------------------------------------------------------- faults

  /** The faults of every team, each with what became of it. */
  faults(): HTMLElement {
    const lists = this.sides.map((side, place) => this.faultsOfSide(side, place));
    return el("div", "faults", ...lists);
  }

  private faultsOfSide(side: Side, place: number): HTMLElement {
    const faults = faultsOf(side.task);
    const { missing, events } = side.task;
    const stalls = events.filter(({ event }) => event === "stalled");
    const lines = [
      ...faults.map((fault) => () => this.faultLine(side, place, fault)),
      ...missing.map((one) => () => this.missingLine(side, place, one)),
      ...stalls.map((stall) => () => this.stallLine(side, stall)),
    ];
    const counts = [
      ...(faults.length > 0 || missing.length === 0 ? [number(faults.length, "fault")] : []),
      ...(missing.length > 0 ? [number(missing.length, "missing claim")] : []),
    ].join(", ");
    const rest = lines.length - MOST_LINES;
    return el(
      "section",
      "",
      el("h3", "", this.sides.length > 1 ? `${side.title} · ${counts}` : counts),
      lines.length === 0 && el("p", "soft", "Nothing went wrong."),
      el("ol", "plain", ...lines.slice(0, MOST_LINES).map((line) => line())),
      rest > 0 && el("p", "soft", `${rest} more are not listed.`),
    );
  }

  /** A claim that the deliverable lacks, and why. It leads to the version that was lost, or to the last one that there was. */
  private missingLine(side: Side, place: number, missing: ReplayMissing): HTMLElement {
    const { task, names } = side;
    const loss = lossBehind(task, missing);
    const last = task.versions.findLastIndex((version) => version.claim === missing.claim) + 1;
    const version = loss?.version ?? last;
    const content = [
      el("b", "", names.claims[missing.claim]),
      el("span", "fate delivered", "missing"),
      el("span", "why soft", missingText(missing, names)),
      loss && el("span", "why soft", this.lossText(side, loss)),
    ];
    const line =
      version > 0
        ? this.button("fault", { team: place, version }, content)
        : el("div", "fault", ...content);
    return el("li", "", line);
  }

  private lossText({ task, names }: Side, loss: Omission): string {
    const from = names.agents[task.messages[loss.message - 1].from];
    return `${leftOutText(task, loss, names)} from ${from} · ${clock(loss.t - task.arrived)}`;
  }

  private stallLine({ task, names }: Side, stall: ReplayEvent): HTMLElement {
    return el(
      "li",
      "",
      el(
        "div",
        "fault",
        el("b", "", "loop"),
        ` ${clock(stall.t - task.arrived)}`,
        el("span", "fate contained", "stalled"),
        el("span", "why soft", eventText(task, stall, names)),
      ),
    );
  }

  private faultLine(side: Side, place: number, fault: number): HTMLElement {
    const { claim, agent, t, cause } = side.task.versions[fault - 1];
    const fate = fateOf(side.task, fault);
    const spread = familyOf(side.task, fault).length - 1;
    const button = this.button("fault", { team: place, version: fault }, [
      el("b", "", side.names.claims[claim]),
      ` ${side.names.agents[agent]} · ${clock(t - side.task.arrived)}`,
      el("span", `fate ${fate}`, FATES[fate]),
      el(
        "span",
        "why soft",
        `${CAUSE_LABELS[cause]}${spread > 0 ? `; handed on ${spread === 1 ? "once" : `${spread} times`}` : ""}`,
      ),
      ...this.lossesBefore(side, fault).map((loss) =>
        el("span", "why soft", this.lossText(side, loss)),
      ),
      this.twinText(place, fault),
    ]);
    return el("li", "", button);
  }

  /** What was lost on the way, so that a premise had to be guessed. */
  private lossesBefore({ task, team }: Side, fault: number): Omission[] {
    const { cause, claim, premises } = task.versions[fault - 1];
    if (cause !== "guessed") return [];
    return premises.flatMap((version, i) => {
      if (version > 0) return [];
      return lossBeforeGuess(task, fault, team.claims[claim].premises[i]) ?? [];
    });
  }

  private twinText(place: number, fault: number): HTMLElement | undefined {
    const twin = this.twin(place, fault);
    if (twin === 0) return undefined;
    const other = this.sides[1 - place];
    return el(
      "span",
      "twin",
      "⇄ The same fault in ",
      el("b", "", other.title),
      ` ${FATES[fateOf(other.task, twin)]}`,
    );
  }

  /** The same fault in the other team; 0: there is none. */
  twin(place: number, fault: number): number {
    if (this.sides.length < 2) return 0;
    const keys = (side: Side) => side.team.agents.map(({ key }) => key);
    const [a, b] = [this.sides[place], this.sides[1 - place]];
    return twinOf(a.task, fault, b.task, [keys(a), keys(b)]);
  }

  // ---------------------------------------------------------------- the ledger of an agent

  /** What an agent holds at this moment, errors first. */
  ledger(place: number, agent: number): HTMLElement {
    const side = this.sides[place];
    const { size } = side.task;
    const order = { wrong: 0, flagged: 1, right: 2, missing: 3 } as const;
    const claims = Array.from({ length: size }, (_, claim) => ({
      claim,
      look: side.state.look(agent, claim),
    }));
    claims.sort((a, b) => order[a.look] - order[b.look] || a.claim - b.claim);
    const lines = claims.slice(0, MOST_LINES).map(({ claim, look }) => {
      const { version, mark } = side.state.slots[agent * size + claim];
      const text =
        look === "flagged"
          ? "flagged, to be made again"
          : mark === "accepted"
            ? `${look}, accepted`
            : look;
      const label = [el("i", `key ${look}`), el("b", "", side.names.claims[claim]), ` ${text}`];
      return el(
        "li",
        "",
        version === 0
          ? el("span", "entry", ...label)
          : this.button("entry", { team: place, version }, label),
      );
    });
    const rest = size - lines.length;
    return el(
      "section",
      "",
      el("h3", "", `Ledger of ${side.names.agents[agent]}`),
      el("p", "soft", "At this moment. Choose a claim to see where its version comes from."),
      el("ol", "plain", ...lines),
      rest > 0 && el("p", "soft", `${rest} more are not listed.`),
    );
  }

  // ---------------------------------------------------------------- the lineage of a version

  /** The chain from the fault, or from the first correct version, to a version; and what became of the fault. */
  lineage({ team: place, version }: Chosen): HTMLElement {
    const side = this.sides[place];
    const chosen = side.task.versions[version - 1];
    const what = side.names.claims[chosen.claim];
    const chain = lineageOf(side.task, version);
    const steps = chain.map((link, i) =>
      el(
        "li",
        i === chain.length - 1 ? "link chosen" : "link",
        ...this.linkLines(side, place, link),
      ),
    );
    const owner = `${what} in the ledger of ${side.names.agents[chosen.agent]}`;
    return el(
      "section",
      chosen.erroneous ? "is-wrong" : "is-right",
      el("h3", "", this.sides.length > 1 && `${side.title} · `, `Where ${owner} comes from`),
      el("ol", "chain", ...steps),
      this.ending(side, place, version),
    );
  }

  private linkLines(side: Side, place: number, version: number): HTMLElement[] {
    const { task, names } = side;
    const { claim, agent, t, cause, erroneous, message, premises, origin } =
      task.versions[version - 1];
    const what = names.claims[claim];
    const at = clock(t - task.arrived);
    const isWrong = erroneous ? "wrong" : "right";
    const how =
      message > 0
        ? `message ${message} brings it from ${names.agents[task.messages[message - 1].from]} to ${names.agents[agent]}`
        : `${names.agents[agent]} makes ${what}`;
    const isFault = origin === version;
    const key = el("i", `key ${isWrong}`);
    const head = this.button("head", { team: place, version }, [
      key,
      el("b", "", what),
      ` ${how} · ${at}`,
    ]);
    return [
      head,
      ...(isFault ? [el("p", "cause", `The error begins: ${CAUSE_LABELS[cause]}.`)] : []),
      ...(cause === "inherited" ? [el("p", "cause", "It builds on the wrong premise above.")] : []),
      ...(premises.length > 0 ? [this.premiseLine(side, place, claim, premises)] : []),
      ...this.lossesBefore(side, version).map((loss) =>
        el("p", "look warn", this.lossText(side, loss)),
      ),
      ...lossesOf(task, version).map((loss) => el("p", "look warn", this.lossText(side, loss))),
      ...looksAt(task, version).map((look) => {
        const { verdict, tone } = lookText(erroneous, look.flagged);
        const check = look.check === "self" ? "self-check" : `${look.check} check`;
        return el(
          "p",
          `look ${tone}`,
          `${verdict} by the ${check} of ${names.agents[look.agent]} · ${clock(look.t - task.arrived)}`,
        );
      }),
    ];
  }

  private premiseLine(
    side: Side,
    place: number,
    claim: number,
    premises: readonly number[],
  ): HTMLElement {
    const parts = premises.map((version, i) => {
      const name = side.names.claims[side.team.claims[claim].premises[i]];
      if (version === 0) return el("span", "premise missing", `${name} (missing)`);
      const look = side.task.versions[version - 1].erroneous ? "wrong" : "right";
      return this.button(`premise ${look}`, { team: place, version }, [
        el("i", `key ${look}`),
        name,
      ]);
    });
    return el("p", "premises", "from ", ...parts);
  }

  private ending(side: Side, place: number, version: number): HTMLElement {
    const { origin } = side.task.versions[version - 1];
    if (origin === 0) {
      const isIn = side.task.deliverable.includes(version);
      return el(
        "p",
        "ending",
        isIn ? "It is in the deliverable." : "It is not itself in the deliverable.",
      );
    }
    const fate = fateOf(side.task, origin);
    const lines: Content[] = [el("span", `fate ${fate}`, `The fault ${FATES[fate]}`)];
    const twin = this.twin(place, origin);
    if (twin > 0) {
      const other = this.sides[1 - place];
      const text = `⇄ In ${other.title} the same fault ${FATES[fateOf(other.task, twin)]}`;
      lines.push(this.button("twin", { team: 1 - place, version: twin }, [text]));
    }
    return el("p", "ending", ...lines);
  }

  private button(className: string, chosen: Chosen, content: readonly Content[]): HTMLElement {
    const button = el("button", className, ...content);
    button.setAttribute("type", "button");
    button.addEventListener("click", () => this.choose(chosen));
    return button;
  }
}

function lookText(isWrong: boolean, flagged: boolean) {
  if (isWrong)
    return flagged ? { verdict: "Caught", tone: "good" } : { verdict: "Missed", tone: "bad" };
  return flagged
    ? { verdict: "Rejected although right", tone: "warn" }
    : { verdict: "Accepted", tone: "good" };
}
