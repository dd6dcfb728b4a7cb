// HTML text by template: whatever is put into it is escaped, but for HTML that was itself made here.

/** HTML that needs no more escaping. Only functions of this file make it. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What a template takes: nothing for null, undefined and false; lists are put one after the other. */
export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[];

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text as it may stand between tags and in quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character]);
}

/** `<p>${name}</p>` with `name` escaped. Attributes are to be quoted by the template. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let text = strings[0];
  for (const [i, value] of values.entries()) text += textOf(value) + strings[i + 1];
  return new Html(text);
}

/** Text taken as HTML as it stands. For what a program made, such as an SVG picture; never for a name. */
export function raw(text: string): Html {
  return new Html(text);
}

/** A formula with its indices set as such: `E_s` has a small s. */
export function formulaHtml(formula: string): Html {
  return new Html(escapeHtml(formula).replace(/([A-Za-z])_([a-z]+)\b/g, "$1<sub>$2</sub>"));
}

/** A value as the JSON of a `<script type="application/json">`, which can neither end the element nor begin a comment in it. */
export function scriptJson(value: unknown): Html {
  return new Html(JSON.stringify(value).replaceAll("<", "\\u003c"));
}

/** Text as an `id` or the fragment of a link: letters of any script, digits and hyphens, never empty. */
export function slug(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]+/gu, "-")
      .replace(/^-+|-+$/g, "") || "x"
  );
}

function textOf(value: HtmlValue): string {
  if (value === null || value === undefined || value === false) return "";
  if (value instanceof Html) return value.text;
  if (Array.isArray(value)) return value.map(textOf).join("");
  return escapeHtml(String(value));
}
