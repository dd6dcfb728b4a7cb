// Light and dark ground of HTML files: the colours that pages and pictures have in common, and where each applies.
import type { Theme } from "../charts/theme.ts";

/** Custom properties of a theme: `--paper`, `--ink`, `--soft` and `--rule`. */
export const groundOf = ({ name, background, text, muted, grid }: Theme) => `
  color-scheme: ${name};
  --paper: ${background};
  --ink: ${text};
  --soft: ${muted};
  --rule: ${grid};`;

/** Custom properties of the whole document: the light ones, and the dark ones on a screen whose reader wants it dark. */
export const lightAndDark = (light: string, dark: string) => `:root {${light}
}
@media screen and (prefers-color-scheme: dark) {
:root {${dark}
}
}
`;
