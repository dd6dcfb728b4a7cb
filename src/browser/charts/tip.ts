// What the pointer is on, told beside it.
import type { TooltipHandler } from "vega";

export const tip = document.createElement("div");
tip.className = "tip";
tip.setAttribute("aria-hidden", "true");
document.body.append(tip);

/** What Vega calls to show a value, or nothing. */
export const showTip: TooltipHandler = (_handler, event, _item, value) => {
  const isEmpty = value === null || value === undefined || value === "";
  tip.classList.toggle("shown", !isEmpty);
  if (isEmpty) return;
  tip.replaceChildren(...linesOf(value));
  const { clientX: x, clientY: y } = event;
  const { offsetWidth: width, offsetHeight: height } = tip;
  const left = x + 16 + width > innerWidth ? x - 12 - width : x + 16;
  const top = y + 16 + height > innerHeight ? y - 12 - height : y + 16;
  tip.style.transform = `translate(${Math.max(4, left)}px, ${Math.max(4, top)}px)`;
};

export function hideTip(): void {
  tip.classList.remove("shown");
}

/** A value as lines of text: never as HTML, since names may be anything. */
function linesOf(value: unknown): HTMLElement[] {
  if (typeof value !== "object") return [lineOf("", value)];
  return Object.entries(value as object).map(([name, text]) => lineOf(name, text));
}

function lineOf(name: string, text: unknown): HTMLElement {
  const line = document.createElement("div");
  const key = document.createElement("span");
  key.textContent = name;
  line.append(...(name === "" ? [] : [key]), String(text));
  return line;
}
