// All that the loader says to people about a scenario, in one place. Each text says what is wrong, by which rule,
// and what to do about it; places and source lines are added where a problem is reported.

import type { Text } from "../../documents/checking/problems.ts";
import type { NumberRange } from "../../documents/checking/schemaWalk.ts";
import type { FileTrouble } from "../../documents/reading/files.ts";
import type { Path } from "../../documents/reading/tree.ts";
import { pathText } from "../../documents/reading/tree.ts";

/** Rules of the fields. */
export const RULES = {
  name: "a name starts with a letter and has letters, digits, _ and - only (at most 64)",
  reference: "refer to a group by its name (worker) or to one member by its number (worker.2)",
  duration: "a duration is a number of seconds, or a number with a unit: 250ms, 4s, 2min, 1h or 1d",
  number: (title: string, range: NumberRange, unit: string) =>
    `${title} is a ${range.isWhole ? "whole " : ""}number${rangeText(range)}${unitText(unit)}`,
  words: (title: string, words: readonly string[]) =>
    `${title} is ${words.length > 1 ? "one of " : ""}${words.join(", ")}`,
  yesNo: (title: string) => `${title} is true or false`,
  text: (title: string) => `${title} is text`,
  list: (title: string) => `${title} is a list`,
  tuple: (title: string, items: number) => `${title} is a list of ${items} items`,
  orNull: (rule: string) => `${rule}, or null`,
  names: (title: string) => `${title} is a map from names to values`,
  keys: (title: string, keys: readonly string[], kindKey: string | undefined) =>
    `${title} is a map with ${kindKey === undefined ? "" : `${kindKey} and, depending on it, `}the keys ${list(keys, 30)}`,
} as const;

function rangeText({ min, max }: NumberRange): string {
  if (min !== undefined && max !== undefined) return ` from ${grouped(min)} to ${grouped(max)}`;
  if (min !== undefined) return ` not below ${grouped(min)}`;
  return max === undefined ? "" : ` not above ${grouped(max)}`;
}

const unitText = (unit: string) => (unit === "" || unit === "any" ? "" : ` (${unit})`);

// ---------------------------------------------------------------- wording

const LONGEST_QUOTE = 60;

/**
 * A value from a file as it is shown in a message: short, and with its kind.
 * @param written a number as it was written, where it is not what it came to be
 */
function quote(value: unknown, written?: string): string {
  if (value === null || value === undefined) return "empty";
  if (typeof value === "string") return `the text ${JSON.stringify(shorten(value))}`;
  if (typeof value === "boolean") return `the yes/no ${value}`;
  if (typeof value === "number") return `the number ${shorten(written ?? String(value))}`;
  return Array.isArray(value) ? "a list" : "a map";
}

/** A word from a file as it is shown in a message. */
export function word(text: string): string {
  return `"${shorten(text)}"`;
}

function shorten(text: string): string {
  return text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;
}

const called = (path: Path): string =>
  path.length === 0 ? "the scenario" : shorten(pathText(path));

export function list(words: readonly string[], most = 20): string {
  if (words.length === 0) return "none";
  const more = words.length - most;
  return words.slice(0, most).map(shorten).join(", ") + (more > 0 ? ` and ${more} more` : "");
}

type Hint = Pick<Text, "hint" | "replacement">;

/** The near word as a hint and as what to write. */
export function meant(near: string | undefined, replacement = near): Hint {
  return near === undefined ? {} : { hint: didYouMean(near), replacement };
}

export function didYouMean(near: string | undefined): string | undefined {
  return near && `did you mean ${near}?`;
}

/** A number, with thousands set apart if it is whole. */
export const grouped = (value: number) =>
  Number.isInteger(value) ? String(value).replace(/\B(?=(\d{3})+$)/g, ",") : String(value);

export const plural = (count: number, one: string) =>
  `${grouped(count)} ${one}${count === 1 ? "" : "s"}`;

// ---------------------------------------------------------------- 1. reading and parsing

const TROUBLES: Record<FileTrouble, (path: string) => Text> = {
  missing: (path) => ({ message: `there is no file ${path}` }),
  directory: (path) => ({
    message: `${path} is a folder`,
    rule: "a scenario is one file",
    hint: "name the file in the folder",
  }),
  special: (path) => ({
    message: `${path} is no ordinary file`,
    rule: "a scenario is an ordinary file",
  }),
  denied: (path) => ({ message: `${path} cannot be read`, hint: "check its permissions" }),
  outside: (path) => ({
    message: `${path} lies outside the project`,
    rule: "a scenario extends files of its project only: of the nearest folder above it with a package.json or a .git, or else of its own folder",
    hint: "move the file into the project, or mark the project's top folder with a package.json",
  }),
};

export const cannotRead = (trouble: FileTrouble, path: string): Text => TROUBLES[trouble](path);

export const fileTooLarge = (path: string, bytes: number, most: number): Text => ({
  message: `${path} has ${bytes > most ? `${plural(bytes, "byte")}, ` : ""}more than is allowed`,
  rule: `a scenario file has at most ${plural(most, "byte")}`,
  hint: "describe agents as groups with a count, and edges by a preset or between groups",
});

export const notUtf8: Text = {
  message: "this is not valid UTF-8",
  rule: "a scenario file is text in UTF-8",
  hint: "save the file in the encoding UTF-8",
};

export const controlCharacter = (code: number): Text => ({
  message: `there is a control character here (U+${code.toString(16).toUpperCase().padStart(4, "0")})`,
  rule: "a scenario file is text: it has no control characters but tabs and line ends",
  hint: "remove the character, or write it as an escape in double quotes",
});

export const emptyFile: Text = {
  message: "the file is empty",
  rule: "a scenario file is a map of keys such as task, models, agents and protocol",
  hint: "faultline init NAME writes a scenario to start from",
};

export const severalDocuments: Text = {
  message: "a second document begins here",
  rule: "a scenario file holds one YAML document",
  hint: "remove the line --- (or ...), or put the documents into files of their own",
};

export const notAMap = (value: unknown): Text => ({
  message: `the file is ${quote(value)}, not a map`,
  rule: "a scenario file is a map of keys such as task, models, agents and protocol",
});

export const wrongYamlVersion = (version: string): Text => ({
  message: `the file asks for YAML ${version}`,
  rule: "scenario files are YAML 1.2",
  hint: "remove the line %YAML",
});

export const tooDeep = (most: number): Text => ({
  message: "the values are nested too deep here",
  rule: `maps and lists are nested at most ${most} deep`,
});

export const tooManyValues = (most: number): Text => ({
  message: "the scenario has too many values; from here on they are not read",
  rule: `a scenario, with all that it extends and all aliases written out, has at most ${plural(most, "value")}`,
});

export const tooManyLexemes = (most: number): Text => ({
  message: "the file has too many words and signs; from here on they are not read",
  rule: `a scenario file has at most ${grouped(most)} words and signs`,
});

export const tag = (written: string): Text => ({
  message: `there is a tag here (${shorten(written)})`,
  rule: "scenario files use no YAML tags (!!str, !!js/function, ...)",
  hint: "remove the tag; put text that looks like a number into quotes",
});

export const mergeKey: Text = {
  message: 'there is a merge key "<<" here',
  rule: "merge keys are not part of YAML 1.2",
  hint: "use agentDefaults for what groups of agents share, or extends for another file",
};

/** @param written digits, a comma and more digits, perhaps with a unit */
export const numberWithComma = (written: string): Text => ({
  message: `${shorten(written)} is read as two values here, since a comma stands between values`,
  rule: "a number has a decimal point, and nothing that sets thousands apart",
  // Of 1,000 nobody knows which of the two was meant.
  hint: /^[+-]?[1-9]\d{0,2},\d{3}(?!\d)/.test(written)
    ? undefined
    : `write ${shorten(written.replace(",", "."))}`,
});

export const keyIsNotText = (value: unknown): Text => ({
  message: `the key is ${quote(value)}`,
  rule: "keys are words",
  hint: "put the key into quotes if it is meant as text",
});

export const forbiddenKey = (key: string): Text => ({
  message: `the key ${word(key)} is not allowed`,
  rule: "keys that have a meaning in JavaScript (__proto__, constructor, prototype) are refused",
});

export const duplicateKey = (key: string, line: number): Text => ({
  message: `the key ${word(key)} stands twice in this map (first in line ${line})`,
  rule: "a key stands once in a map",
});

export const unknownAlias = (name: string): Text => ({
  message: `the alias *${shorten(name)} refers to nothing`,
  rule: `an alias comes after its anchor &${shorten(name)}, in the same file`,
});

export const aliasLoop = (name: string): Text => ({
  message: `the alias *${shorten(name)} stands inside its own anchor`,
  rule: "a value cannot contain itself",
});

const YAML_ERRORS: Record<string, Text> = {
  TAB_AS_INDENT: {
    message: "there is a tab in the indentation",
    rule: "YAML is indented with spaces",
    hint: "replace the tab by spaces",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "a second key begins in the value of the first",
    rule: "a line has one key, and the keys of a map start in the same column",
    hint: "check the indentation, and put text that contains ': ' into quotes",
  },
  MULTILINE_IMPLICIT_KEY: {
    message: "the key has no value",
    rule: "a key is followed by ': ' (a colon and a space) in the same line",
    hint: "check the space after the colon, and the indentation",
  },
  BLOCK_IN_FLOW: {
    message: "this does not belong between { } or [ ]",
    rule: "between { } and [ ], values are separated by commas",
    hint: "a comma may be missing here",
  },
};

/** A syntax error, in the words of the parser where there are no better ones. */
export function yamlError(code: string, original: string): Text {
  const known = YAML_ERRORS[code];
  if (known !== undefined) return known;
  const message = original.charAt(0).toLowerCase() + original.slice(1);
  return { message: message.replace(/ in YAML stream/, ""), rule: "the file is YAML 1.2 or JSON" };
}

// ---------------------------------------------------------------- 2. extends

const EXTENDS_RULE =
  "extends names one file, or a list of files, by paths relative to the file it stands in";

export const extendsIsWrong = (value: unknown): Text => ({
  message: `extends is ${quote(value)}`,
  rule: EXTENDS_RULE,
});

export const extendsTooMany = (count: number, most: number): Text => ({
  message: `extends names ${plural(count, "file")}`,
  rule: `extends names at most ${plural(most, "file")}`,
});

export const notRelative = (path: string): Text => ({
  message: `${word(path)} is not a relative path`,
  rule: `${EXTENDS_RULE}; absolute paths and URLs are refused, and folders are separated by /`,
});

export const extendsLoop = (files: readonly string[]): Text => ({
  message: `the files extend each other: ${files.join(" → ")}`,
  rule: "a file cannot extend itself, directly or through others",
});

export const extendsTooDeep = (files: readonly string[], most: number): Text => ({
  message: `the chain of extends is too long: ${files.slice(0, 3).join(" → ")} → … → ${files.at(-1)}`,
  rule: `a chain of extends has at most ${most} files`,
});

export const tooManyFiles = (most: number): Text => ({
  message: "the scenario extends too many files; this one is not read",
  rule: `a scenario is put together from at most ${most} files`,
});

// ---------------------------------------------------------------- 3. overrides

export const unknownOverride = (path: Path, known: readonly string[], near?: string): Text => ({
  message: `there is no ${called(path)} to set`,
  rule: `an override sets a value that the scenario format knows; here there ${known.length === 1 ? "is" : "are"} ${list(known)}`,
  hint: didYouMean(near && pathText([...path.slice(0, -1), near])),
});

export const noSuchItem = (path: Path, length: number): Text => ({
  message: `there is no ${called(path)} to set`,
  rule: `items of a list are numbered from 0; this list has ${plural(length, "item")}`,
});

export const notInside = (path: Path, value: unknown): Text => ({
  message: `there is nothing inside ${called(path)}, which is ${quote(value)}`,
  rule: "the path of an override leads through maps and lists",
});

export const overrideIsWrong = (path: string): Text => ({
  message: `the value for ${shorten(path)} cannot be used`,
  rule: "an override is text, a number, yes/no, or lists and maps of these, without loops",
});

// ---------------------------------------------------------------- 5. formulas

export const formulaTooLong = (path: Path, most: number): Text => ({
  message: `the formula of ${called(path)} is too long`,
  rule: `a formula has at most ${most} characters`,
});

export const formulaTooDeep = (path: Path): Text => ({
  message: `the formula of ${called(path)} is nested too deep`,
  rule: "the parentheses of a formula are nested at most 32 deep",
});

export const formulaSyntax = (path: Path, detail: string): Text => ({
  message: `the formula of ${called(path)} cannot be read: ${shorten(detail)}`,
  rule: "a formula is = and an arithmetic expression, such as = 0.02 * tools",
});

export const formulaForbids = (path: Path, what: string): Text => ({
  message: `the formula of ${called(path)} has ${what}`,
  rule: "a formula is made of numbers, parameters, + - * / ^ %, comparisons, and, or, not, c ? a : b, parentheses and functions",
});

export const formulaFunction = (
  path: Path,
  name: string,
  functions: readonly string[],
  near: string | undefined,
): Text => ({
  message: `the formula of ${called(path)} calls ${word(name)}, which is no function that formulas have`,
  rule: `functions are ${functions.join(", ")}`,
  hint: didYouMean(near),
});

export const formulaVariable = (
  path: Path,
  name: string,
  known: readonly string[],
  near: string | undefined,
): Text => ({
  message: `the formula of ${called(path)} uses ${word(name)}, which is not known`,
  rule: `a formula can use ${list(known)}`,
  hint: didYouMean(near) ?? `define it: parameters: { ${shorten(name)}: 1 }`,
});

export const formulaCycle = (path: Path, names: readonly string[]): Text => ({
  message: `the formula of ${called(path)} depends on itself: ${names.join(" → ")}`,
  rule: "formulas have no loops",
});

export const formulaChain = (path: Path, most: number): Text => ({
  message: `the formula of ${called(path)} is used through a chain of too many formulas`,
  rule: `a chain of formulas that use one another has at most ${most} of them`,
});

export const formulaResult = (path: Path, result: unknown): Text => ({
  message: `the formula of ${called(path)} gives ${typeof result === "number" ? String(result) : quote(result)}`,
  rule: "a formula gives a finite number",
});

export const parameterName = (name: string, reserved: readonly string[]): Text => ({
  message: `a parameter cannot be called ${word(name)}`,
  rule: `formulas read the names of parameters: they have the letters A to Z, digits and _ only, and ${list(reserved, 99)} mean something else`,
});

// ---------------------------------------------------------------- 6. validation

export const unknownKey = (
  path: Path,
  known: readonly string[],
  near?: string,
  places: readonly string[] = [],
): Text => ({
  message: `the key ${word(String(path.at(-1)))} is not known${path.length > 1 ? ` in ${called(path.slice(0, -1))}` : ""}`,
  rule: known.length > 0 ? `keys here are ${list(known, 30)}` : undefined,
  ...(near === undefined && places.length > 0
    ? {
        hint: `${shorten(String(path.at(-1)))} belongs in ${places.map((p) => p || "the top level").join(" or ")}`,
      }
    : meant(near)),
});

/** What is said of unknown keys after the first of them. */
export const moreUnknownKeys = (path: Path, keys: readonly string[]): Text => ({
  message: `${plural(keys.length, "more key")} ${keys.length === 1 ? "is" : "are"} not known in ${called(path)}: ${list(keys, 3)}`,
});

export const missingKey = (path: Path, rule: string, near?: string): Text => ({
  message: `${called(path)} is missing`,
  rule,
  hint: near && `did you mean ${path.at(-1)} instead of ${near}?`,
});

export const emptyKey = (path: Path, rule: string): Text => ({
  message: `${called(path)} is empty`,
  rule: `${rule}; an empty value means that the key is absent, even if it was inherited`,
});

export const wrongValue = (
  path: Path,
  value: unknown,
  rule: string,
  hint: Hint = {},
  written?: string,
): Text => ({
  message: `${called(path)} is ${quote(value, written)}`,
  rule,
  ...hint,
});

export const notFinite = (path: Path, value: number, rule: string): Text => ({
  message: `${called(path)} is ${Number.isNaN(value) ? "not a number (.nan)" : "infinite (.inf)"}`,
  rule: `${rule}; numbers are finite`,
});

export const notWhole = (path: Path, value: number, rule: string): Text => ({
  message: `${called(path)} is ${value}, which is not whole`,
  rule,
});

export const outOfRange = (
  path: Path,
  value: number,
  side: "above" | "below",
  bound: number,
  rule: string,
  hint: Hint = {},
): Text => ({
  message: `${called(path)} is ${value}, ${side} ${side === "above" ? "the largest" : "the smallest"} value ${bound}`,
  rule,
  ...hint,
});

export function wrongLength(path: Path, of: string, side: "above" | "below", bound: number): Text {
  const what = of === "string" ? "characters" : "items";
  return {
    message: `${called(path)} has too ${side === "above" ? "many" : "few"} ${what}`,
    rule: `it has ${side === "above" ? "at most" : "at least"} ${grouped(bound)} ${what}`,
  };
}

export const wrongWord = (
  path: Path,
  value: unknown,
  words: readonly string[],
  hint: Hint = {},
): Text => ({
  message: `${called(path)} is ${quote(value)}`,
  rule: `it is one of ${list(words)}`,
  ...hint,
});

export const wrongName = (path: Path): Text => ({
  message: `${word(String(path.at(-1)))} is not a name`,
  rule: RULES.name,
});

export const wrongPhase = (path: Path, kinds: readonly string[], rule: string): Text => ({
  message:
    kinds.length === 0
      ? `${called(path)} is empty`
      : `${called(path)} is several phases at once: ${list(kinds)}`,
  rule,
  hint: kinds.length > 1 ? 'begin every phase with a "- " of its own' : undefined,
});

export const otherIssue = (path: Path, message: string): Text => ({
  message: `${called(path)}: ${message}`,
});

export const HINTS = {
  didYouMean,
  quotedNumber: (text: string) => `write ${text} without quotes`,
  write: (text: string) => `write ${text}`,
  quoteText: (text: string) => `write ${JSON.stringify(text)}, in quotes`,
  yesNo: "write true or false",
  formulaElsewhere: "a formula can stand only where a number can",
  mapOf: (key: string) => `write ${key}: { ... }`,
  percent: (value: number) => `write ${Number((value / 100).toPrecision(12))} for ${value} %`,
} as const;

// ---------------------------------------------------------------- 7. meaning

export const noClaims: Text = {
  message: "the task has no claims",
  rule: "a task has at least one claim",
  hint: "write claims such as { plan: [], build: [plan] }",
};

export const tooManyClaims = (count: number, most: number): Text => ({
  message: `the task has ${plural(count, "claim")}`,
  rule: `a task has at most ${plural(most, "claim")}`,
});

export const unknownPremise = (claim: string, premise: string, near: string | undefined): Text => ({
  message: `${claim} builds on ${word(premise)}, which is no claim`,
  rule: "every premise is a claim of the same task",
  ...meant(near),
});

export const claimCycle = (cycle: readonly string[]): Text => ({
  message: `the claims build on each other: ${list(cycle, 12)}`,
  rule: "a task graph has no cycle",
});

export const sizeAboveLimit = (size: number, limit: number): Text => ({
  message: `the mean size ${size} is above the largest size ${limit}`,
  rule: "no instance has more claims than task.graph.limit, so the mean is not above it",
  hint: "raise task.graph.limit",
});

export const classShares = (sum: number): Text => ({
  message: `the shares of the task classes add up to ${Number(sum.toPrecision(6))}`,
  rule: "the shares of the task classes add up to 1",
});

export const noModels: Text = {
  message: "there is no model",
  rule: "a scenario has at least one model",
  hint: "write models: { base: { errorRate: 0.1 } }",
};

export const unknownModel = (
  name: string,
  known: readonly string[],
  near: string | undefined,
): Text => ({
  message: `there is no model ${word(name)}`,
  rule: `models are ${list(known)}`,
  ...meant(near),
});

export const modelNotNamed = (group: string, known: readonly string[]): Text => ({
  message: `${group} does not say which model it has`,
  rule: "a group names its model where there are several",
  hint: `write model: ${known.slice(0, 3).join(" or ")}`,
});

export const unusedModel = (name: string): Text => ({
  message: `no group of agents has the model ${name}`,
  hint: "remove it, or name it in a group's model",
});

export const bounds = (path: Path, low: number, high: number): Text => ({
  message: `${called(path)}: low is ${low} s and high is ${high} s`,
  rule: "low is not above high",
});

export const noAgents: Text = {
  message: "the team is empty",
  rule: "a team has at least one agent",
  hint: "write agents: { worker: { count: 3 } }",
};

export const tooManyAgents = (count: number, most: number): Text => ({
  message: `the team has ${plural(count, "agent")}`,
  rule: `a team has at most ${plural(most, "agent")}`,
});

export const ledgerTooLarge = (agents: number, claims: number, most: number): Text => ({
  message: `${plural(agents, "agent")} × ${plural(claims, "claim")} are ${plural(agents * claims, "place")} in ledgers`,
  rule: `agents × claims are at most ${grouped(most)}`,
});

export const tooManyEdges = (count: number, most: number): Text => ({
  message: `the topology has about ${plural(Math.round(count), "edge")}`,
  rule: `a topology has at most ${plural(most, "edge")}`,
  hint: "use a sparser preset, or write edges between single agents",
});

/** @param member what comes after the name of the group: a point and a number, or nothing */
export const unknownGroup = (
  group: string,
  known: readonly string[],
  near: string | undefined,
  member: string,
): Text => ({
  message: `there is no group of agents ${word(group)}`,
  rule: `groups are ${list(known)}`,
  ...meant(near, near && near + member),
});

export const emptiedGroup = (group: string): Text => ({
  message: `the group ${word(group)} is empty in agents, which removes it`,
  rule: "a reference names a group with members",
  hint: `write ${group}: {} for a group with the default parameters`,
});

export const groupWithoutMembers = (group: string): Text => ({
  message: `the group ${word(group)} has no members (count: 0)`,
  rule: "a reference names a group with members",
});

export const unknownMember = (reference: string, group: string, count: number): Text => ({
  message: `there is no agent ${word(reference)}`,
  rule: `members of ${group} are numbered from 1 to ${count}`,
});

export const notOneAgent = (path: Path, reference: string, count: number): Text => ({
  message: `${called(path)} is ${word(reference)}, which are ${plural(count, "agent")}`,
  rule: "here stands one agent",
  hint: `write ${reference}.1 for the first of them`,
});

export const edgeToItself = (reference: string): Text => ({
  message: `the edge runs from ${reference} to itself`,
  rule: "an edge joins two different agents",
});

export const unusedHub = (preset: string): Text => ({
  message: `the hub has no meaning in the preset ${preset}`,
  rule: "star and tree have a hub",
});

export const unusedGroup = (group: string): Text => ({
  message: `the group ${group} takes part in no phase`,
  hint: "name it in the protocol, or remove it",
});

export const tooManyPlaces = (tasks: number, places: number, most: number): Text => ({
  message: `${plural(tasks, "task")} in flight × ${plural(places, "place")} in ledgers are ${grouped(tasks * places)}`,
  rule: `tasks in flight × agents × claims are at most ${grouped(most)}`,
  hint: `set limits.inFlight to ${grouped(Math.max(1, Math.floor(most / places)))} or less`,
});

export const timeoutTooShort = (seconds: number, least: number): Text => ({
  message: `the timeout is ${seconds} s, and no call takes less than ${least} s`,
  rule: "a timeout lets some calls come to an end: it is longer than the shortest latency",
});

export const nothingToRetry = (key: string): Text => ({
  message: `${key} has no meaning here: no call of this model fails`,
  rule: "calls fail where failure is above 0 or a timeout is set",
});

export const guardStopsAll: Text = {
  message: "this guard stops every policy-critical claim: none is ever made",
  rule: "recall and falseAlarm leave a chance to pass, given the violation of the model",
};

export const nothingCritical = (what: string): Text => ({
  message: `${what} has no meaning here: no claim is policy-critical`,
  rule: "the share of policy-critical claims, task.policyCritical, is above 0",
});

export const noTimeAtAll: Text = {
  message: "the latency objective is 0, which no task can meet",
  rule: "an objective is longer than 0 s",
};

export const metricNeedsObjective = (name: string): Text => ({
  message: `${word(name)} asks whether tasks are on time, but nothing says by when`,
  rule: "thresholds on onTime and successOnTime go with objectives.latency",
  hint: "add objectives: { latency: 60s }",
});

export const repeatsWithoutMeaning: Text = {
  message: "repeats have no meaning with tasks that arrive over time",
  rule: "only workload arrivals: one repeats an instance; otherwise repeats are 1",
};

/** What to write instead of a threshold. */
const writeThreshold = (meant: string | undefined): Hint =>
  meant === undefined ? {} : { hint: HINTS.write(meant), replacement: meant };

export const thresholdSyntax = (text: string, meant: string | undefined): Text => ({
  message: `${word(text)} is not a threshold`,
  rule: "a threshold is METRIC OPERATOR NUMBER with one of >= > <= <, such as success >= 0.4",
  ...writeThreshold(meant),
});

export const unknownThresholdMetric = (
  name: string,
  near: string | undefined,
  meant: string | undefined,
): Text => ({
  ...unknownMetric(name, near),
  ...(meant === undefined ? {} : { replacement: meant }),
});

export const notAShare = (metric: string, value: number, meant: string | undefined): Text => ({
  message: `${metric} is a share, which is never ${value}`,
  rule: "a share is a number from 0 to 1",
  ...writeThreshold(meant),
});

export const unknownMetric = (name: string, near: string | undefined): Text => ({
  message: `there is no metric ${shorten(name)}`,
  rule: "a metric is named as in the results of --json, such as success or amplification.propagation",
  hint: didYouMean(near),
});

/** A name that a file of an experiment or of targets gives no scenario. */
export const unknownLabel = (
  label: string,
  known: readonly string[],
  near: string | undefined,
): Text => ({
  message: `there is no scenario ${label}`,
  rule: `scenarios here are ${list(known)}`,
  ...meant(near),
});
