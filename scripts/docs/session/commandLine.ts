// A line that a reader types, as far as pages need a shell: words, quotes, `> FILE`, `; echo "text $?"` and a comment.

export interface CommandLine {
  /** The program and its arguments, with `npx` left out. */
  readonly words: readonly string[];
  /** The file that stdout goes to. */
  readonly target?: string;
  /** What is printed afterwards, with `$?` for the exit code. */
  readonly echo?: string;
  /** What the page says of it, such as how long it takes. */
  readonly comment: string;
}

const TOKEN =
  /"[^"]*"|'[^']*'|#.*$|;|>|&&|\|\|?|(?:\\.|"[^"]*"|'[^']*'|[^\s"'#;>|&])+(?:#[^\s;>|&]*)?/g;

/** @throws RangeError naming what this small shell cannot do */
export function readCommandLine(line: string): CommandLine {
  const tokens = [...line.matchAll(TOKEN)].map(([token]) => token);
  const comment = tokens.at(-1)?.startsWith("#") ? (tokens.pop() ?? "") : "";
  const odd = tokens.find((token) => token === "|" || token === "||");
  if (odd !== undefined) throw new RangeError(`pages have no ${odd}: ${line}`);
  const [command, ...rest] = split(tokens, ";");
  const [plain, target] = split(command, ">");
  const words = plain.map(unquoted);
  const echo = rest[0]?.map(unquoted);
  if (rest.length > 1 || (echo && echo[0] !== "echo"))
    throw new RangeError(`after ; pages have echo only: ${line}`);
  return {
    words: words[0] === "npx" ? words.slice(1) : words,
    comment,
    ...(target === undefined ? {} : { target: unquoted(target[0]) }),
    ...(echo === undefined ? {} : { echo: echo.slice(1).join(" ") }),
  };
}

function split(tokens: readonly string[], at: string): string[][] {
  const parts: string[][] = [[]];
  for (const token of tokens)
    if (token === at) parts.push([]);
    else parts.at(-1)?.push(token);
  return parts;
}

const unquoted = (token: string) => token.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2");
