// The panel beside the picture: the faults and what became of them, the missing claims and why they are missing, the
// ledger of an agent, the lineage of a version.

import { whoText } from "../../charts/agentMarks.ts";
import type { ReplayEvent, ReplayMissing } from "../../experiment/replay/document.ts";
import {
  familyOf,
  fateOf,
  faultsOf,
  lineageOf,
  looksAt,
  lossBeforeGuess,
  lossBehind,
  lossesOf,
  type Omission,
  twinOf,
} from "../../experiment/replay/faults.ts";
import { CAUSE_LABELS } from "../../model/causes.ts";
import { capitalized, count } from "../../wording/text.ts";
import { type Content, el } from "./dom.ts";
import type { Chosen, Side } from "./side.ts";
import { clock, eventText, leftOutText, missingText } from "./words.ts";
import { worthText } from "./worth.ts";

/** More lines than these are not listed. */
const MOST_LINES = 200;

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
    return el("div", "faults", ...this.sides.map((side) => this.faultsOfSide(side)));
  }

  private faultsOfSide(side: Side): HTMLElement {
    const faults = faultsOf(side.task);
    const { missing, events } = side.task;
    const stalls = events.filter(({ event }) => event === "stalled");
    const lines = [
      ...faults.map((fault) => () => this.faultLine(side, fault)),
      ...missing.map((one) => () => this.missingLine(side, one)),
      ...stalls.map((stall) => () => stallLine(side, stall)),
    ];
    const counts = [
      ...(faults.length > 0 || missing.length === 0 ? [count(faults.length, "fault")] : []),
      ...(missing.length > 0 ? [count(missing.length, "missing claim")] : []),
    ].join(", ");
    const rest = lines.length - MOST_LINES;
    return el(
      "section",
      "",
      el("h3", "", this.sides.length > 1 ? `${side.team.title} · ${counts}` : counts),
      lines.length === 0 && el("p", "soft", "Nothing went wrong."),
      el("ol", "plain", ...lines.slice(0, MOST_LINES).map((line) => line())),
      rest > 0 && el("p", "soft", `${rest} more are not listed.`),
    );
  }

  /** A claim that the deliverable lacks, and why. It leads to the version that was lost, or to the last one that there was. */
  private missingLine(side: Side, missing: ReplayMissing): HTMLElement {
    const { task, names } = side;
    const loss = lossBehind(task, missing);
    const last = task.versions.findLastIndex((version) => version.claim === missing.claim) + 1;
    const version = loss?.version ?? last;
    const content = [
      el("b", "", names.claims[missing.claim]),
      el("span", "fate delivered", "missing"),
      el("span", "why soft", missingText(missing, names)),
      worthLine(side, missing.claim),
      loss && el("span", "why soft", lossText(side, loss)),
    ];
    return el(
      "li",
      "",
      version > 0
        ? this.button("fault", side, version, ...content)
        : el("div", "fault", ...content),
    );
  }

  private faultLine(side: Side, fault: number): HTMLElement {
    const { claim, agent, t, cause } = side.task.versions[fault - 1];
    const fate = fateOf(side.task, fault);
    const spread = familyOf(side.task, fault).length - 1;
    const times = spread === 1 ? "once" : `${spread} times`;
    const losses = lossesBefore(side, fault);
    const button = this.button(
      "fault",
      side,
      fault,
      el("b", "", side.names.claims[claim]),
      ` ${side.names.agents[agent]} · ${clock(t - side.task.arrived)}`,
      el("span", `fate ${fate}`, FATES[fate]),
      el("span", "why soft", CAUSE_LABELS[cause] + (spread > 0 ? `; handed on ${times}` : "")),
      ...losses.map((loss) => el("span", "why soft", lossText(side, loss))),
      worthLine(side, claim),
      this.twinText(side, fault),
    );
    return el("li", "", button);
  }

  private twinText(side: Side, fault: number): HTMLElement | undefined {
    const twin = this.twinOf(side, fault);
    if (twin === undefined) return undefined;
    const team = el("b", "", twin.side.team.title);
    return el("span", "twin", "⇄ The same fault in ", team, ` ${FATES[twin.fate]}`);
  }

  /** The same fault in the other team, if there is one. */
  private twinOf(side: Side, fault: number) {
    if (this.sides.length < 2) return undefined;
    const other = this.sides[1 - side.place];
    const keys = ({ team }: Side) => team.agents.map(({ key }) => key);
    const version = twinOf(side.task, fault, other.task, [keys(side), keys(other)]);
    return version === 0 ? undefined : { side: other, version, fate: fateOf(other.task, version) };
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
      const worth = worthText(side, claim);
      const label = [
        el("i", `key ${look}`),
        el("b", "", side.names.claims[claim]),
        ` ${text}`,
        worth !== "" && el("span", "soft", ` · ${worth}`),
      ];
      return el(
        "li",
        "",
        version === 0
          ? el("span", "entry", ...label)
          : this.button("entry", side, version, ...label),
      );
    });
    const rest = size - lines.length;
    const who = whoText(side.team.agents[agent]);
    return el(
      "section",
      "",
      el("h3", "", `Ledger of ${side.names.agents[agent]}`),
      who !== "" && el("p", "soft", capitalized(who)),
      el("p", "soft", "At this moment. Choose a claim to see where its version comes from."),
      el("ol", "plain", ...lines),
      rest > 0 && el("p", "soft", `${rest} more are not listed.`),
    );
  }

  // ---------------------------------------------------------------- the lineage of a version

  /** The chain from the fault, or from the first correct version, to a version; and what became of the fault. */
  lineage({ place, version }: Chosen): HTMLElement {
    const side = this.sides[place];
    const chosen = side.task.versions[version - 1];
    const what = side.names.claims[chosen.claim];
    const chain = lineageOf(side.task, version);
    const steps = chain.map((link, i) =>
      el("li", i === chain.length - 1 ? "link chosen" : "link", ...this.linkLines(side, link)),
    );
    const holding = `${what} in the ledger of ${side.names.agents[chosen.agent]}`;
    const worth = worthText(side, chosen.claim);
    return el(
      "section",
      chosen.erroneous ? "is-wrong" : "is-right",
      el("h3", "", this.sides.length > 1 && `${side.team.title} · `, `Where ${holding} comes from`),
      worth !== "" && el("p", "soft", `${what}: ${worth}.`),
      el("ol", "chain", ...steps),
      this.ending(side, version),
    );
  }

  private linkLines(side: Side, version: number): HTMLElement[] {
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
    const head = this.button("head", side, version, key, el("b", "", what), ` ${how} · ${at}`);
    return [
      head,
      ...(isFault ? [el("p", "cause", `The error begins: ${CAUSE_LABELS[cause]}.`)] : []),
      ...(cause === "inherited" ? [el("p", "cause", "It builds on the wrong premise above.")] : []),
      ...(premises.length > 0 ? [this.premiseLine(side, claim, premises)] : []),
      ...lossesBefore(side, version).map((loss) => el("p", "look warn", lossText(side, loss))),
      ...lossesOf(task, version).map((loss) => el("p", "look warn", lossText(side, loss))),
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

  private premiseLine(side: Side, claim: number, premises: readonly number[]): HTMLElement {
    const parts = premises.map((version, i) => {
      const name = side.names.claims[side.team.claims[claim].premises[i]];
      if (version === 0) return el("span", "premise missing", `${name} (missing)`);
      const look = side.task.versions[version - 1].erroneous ? "wrong" : "right";
      return this.button(`premise ${look}`, side, version, el("i", `key ${look}`), name);
    });
    return el("p", "premises", "from ", ...parts);
  }

  private ending(side: Side, version: number): HTMLElement {
    const { origin } = side.task.versions[version - 1];
    if (origin === 0) {
      const isIn = side.task.deliverable.includes(version);
      return el("p", "ending", `It is ${isIn ? "" : "not itself "}in the deliverable.`);
    }
    const fate = fateOf(side.task, origin);
    const twin = this.twinOf(side, origin);
    const other = twin && `⇄ In ${twin.side.team.title} the same fault ${FATES[twin.fate]}`;
    return el(
      "p",
      "ending",
      el("span", `fate ${fate}`, `The fault ${FATES[fate]}`),
      twin && this.button("twin", twin.side, twin.version, other),
    );
  }

  private button(
    className: string,
    { place }: Side,
    version: number,
    ...content: readonly Content[]
  ): HTMLElement {
    const button = el("button", className, ...content);
    button.setAttribute("type", "button");
    button.addEventListener("click", () => this.choose({ place, version }));
    return button;
  }
}

function stallLine({ task, names }: Side, stall: ReplayEvent): HTMLElement {
  const line = el(
    "div",
    "fault",
    el("b", "", "loop"),
    ` ${clock(stall.t - task.arrived)}`,
    el("span", "fate contained", "stalled"),
    el("span", "why soft", eventText(task, stall, names)),
  );
  return el("li", "", line);
}

/** What hangs on a claim. */
function worthLine(side: Side, claim: number): Content {
  const worth = worthText(side, claim);
  return worth !== "" && el("span", "why soft", worth);
}

function lossText({ task, names }: Side, loss: Omission): string {
  const from = names.agents[task.messages[loss.message - 1].from];
  return `${leftOutText(task, loss, names)} from ${from} · ${clock(loss.t - task.arrived)}`;
}

/** What was lost on the way, so that a premise had to be guessed. */
function lossesBefore({ task, team }: Side, fault: number): Omission[] {
  const { cause, claim, premises } = task.versions[fault - 1];
  if (cause !== "guessed") return [];
  return premises.flatMap((version, i) => {
    if (version > 0) return [];
    return lossBeforeGuess(task, fault, team.claims[claim].premises[i]) ?? [];
  });
}

function lookText(isWrong: boolean, flagged: boolean) {
  if (isWrong)
    return flagged ? { verdict: "Caught", tone: "good" } : { verdict: "Missed", tone: "bad" };
  return flagged
    ? { verdict: "Rejected although right", tone: "warn" }
    : { verdict: "Accepted", tone: "good" };
}
