// Pictures for light and for dark ground. A chart drawn for light ground gets the colours of the dark theme in their places;
// a drawing that follows the reader's system by a media query is fixed to one ground.
import { DARK, LIGHT, type Theme } from "../../../src/charts/theme.ts";

export type Ground = "light" | "dark";

const FOLLOWS_SYSTEM = /\(prefers-color-scheme: dark\)/g;

/** The picture, an SVG that was drawn for light ground or for both, as it looks on one ground. */
export function onGround(svg: string, ground: Ground): string {
  if (FOLLOWS_SYSTEM.test(svg))
    return svg.replaceAll(FOLLOWS_SYSTEM, ground === "dark" ? "all" : "not all");
  return ground === "light"
    ? svg
    : svg.replaceAll(/#[0-9a-f]{6}/gi, (color) => DARK_COLORS.get(color) ?? color);
}

const colorsOf = (theme: Theme): string[] => [
  theme.background,
  theme.text,
  theme.muted,
  theme.grid,
  ...Object.values(theme.architectures),
  ...theme.others,
  theme.error,
  theme.neutral,
  theme.better,
  theme.worse,
  ...theme.ramp,
];

const DARK_COLORS: ReadonlyMap<string, string> = new Map(
  colorsOf(LIGHT).map((color, i) => [color, colorsOf(DARK)[i]]),
);
