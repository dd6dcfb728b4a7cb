// What texts for people are made for: colors, without which they say the same, and width.
import pc from "picocolors";

export type Colors = ReturnType<typeof pc.createColors>;

export const colorsIf = (wanted: boolean): Colors => pc.createColors(wanted);

export interface Screen {
  readonly colors: Colors;
  /** Characters of a line. */
  readonly width: number;
}
