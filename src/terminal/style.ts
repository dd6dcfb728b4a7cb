// Colors of the texts for people. Every text says the same without them.
import pc from "picocolors";

export type Colors = ReturnType<typeof pc.createColors>;

export const colorsIf = (wanted: boolean): Colors => pc.createColors(wanted);
