// Elements of the page: those that stand in it, and new ones.

const SVG = "http://www.w3.org/2000/svg";

/** What an element can be given; `false` and `undefined` are left out. */
export type Content = string | Node | false | undefined;

/** The element of the page with this id. */
export const find = <T extends HTMLElement = HTMLElement>(id: string) =>
  document.getElementById(id) as T;

/** A new element with its classes and its content. */
export function el(tag: string, className: string, ...content: readonly Content[]): HTMLElement {
  const element = document.createElement(tag);
  if (className !== "") element.className = className;
  element.append(
    ...content.filter((piece): piece is string | Node => piece !== false && piece !== undefined),
  );
  return element;
}

/** A new element of a picture, put into `parent`. */
export function svg(
  tag: string,
  attributes: Readonly<Record<string, string | number>> = {},
  parent?: Element,
): SVGElement {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, `${value}`);
  parent?.append(element);
  return element;
}
