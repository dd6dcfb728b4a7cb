// Captions: what a moment is about, for one team.
import { ERROR_NEWS, GOOD_NEWS, mostTelling } from "./news.ts";
import type { Side } from "./side.ts";
import type { Timeline } from "./timeline.ts";
import { eventText, newsText, verdict } from "./words.ts";

export interface Caption {
  readonly text: string;
  readonly tone: "good" | "bad" | "past" | "";
}

/** More texts of one moment than these are summed up. */
const MOST_TEXTS = 3;

/** The caption of a moment. If nothing is said of it: what was said last, as past. */
export function captionOf(timeline: Timeline, side: Side, index: number): Caption {
  for (let i = index; i >= 0; i--) {
    const caption = captionAt(timeline, side, i);
    if (caption !== undefined) return i === index ? caption : { ...caption, tone: "past" };
  }
  return { text: "", tone: "past" };
}

function captionAt(timeline: Timeline, side: Side, index: number): Caption | undefined {
  const { task, names, place } = side;
  const events = timeline.eventsAt(index, place);
  if (events.some(({ event }) => event === "delivered"))
    return { text: verdict(task, names.claims), tone: task.success ? "good" : "bad" };
  const all = timeline.newsOf(index, place);
  const news = mostTelling(all);
  if (news !== undefined) {
    const more = all.length > 1 ? ` (and ${all.length - 1} more)` : "";
    const tone = GOOD_NEWS.has(news.kind) ? "good" : ERROR_NEWS.has(news.kind) ? "bad" : "";
    return { text: newsText(task, news, names) + more, tone };
  }
  const texts = events.flatMap((event) => eventText(task, event, names) ?? []);
  if (texts.length === 0) return undefined;
  const isMuch = texts.length > MOST_TEXTS;
  const text = isMuch ? `${texts[0]}: ${texts.length - 1} at once` : texts.join(" · ");
  return { text, tone: "" };
}
