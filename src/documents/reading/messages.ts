// What is said of files that cannot be read, parsed or laid over one another, and of values that cannot be set in them.

import type { Text } from "../checking/problems.ts";
import { called, didYouMean, grouped, list, plural, quote, shorten, word } from "../quoting.ts";
import type { FileTrouble } from "./files.ts";
import { type Path, pathText } from "./tree.ts";

// ---------------------------------------------------------------- files

const TROUBLES: Record<FileTrouble, (path: string) => Text> = {
  missing: (path) => ({ message: `there is no file ${path}` }),
  directory: (path) => ({
    message: `${path} is a folder`,
    rule: "a file is wanted here, not a folder",
    hint: "name the file in the folder",
  }),
  special: (path) => ({
    message: `${path} is no ordinary file`,
    rule: "only ordinary files are read",
  }),
  denied: (path) => ({ message: `${path} cannot be read`, hint: "check its permissions" }),
  outside: (path) => ({
    message: `${path} lies outside the project`,
    rule: "a file refers only to files of its project: of the nearest folder above it with a package.json or a .git, or else of its own folder",
    hint: "move the file into the project, or mark the project's top folder with a package.json",
  }),
};

export const cannotRead = (trouble: FileTrouble, path: string): Text => TROUBLES[trouble](path);

export const fileTooLarge = (path: string, bytes: number, most: number): Text => ({
  message: `${path} has ${bytes > most ? `${plural(bytes, "byte")}, ` : ""}more than is allowed`,
  rule: `a file has at most ${plural(most, "byte")}`,
  hint: "describe agents as groups with a count, and edges by a preset or between groups",
});

export const notUtf8: Text = {
  message: "this is not valid UTF-8",
  rule: "a file is text in UTF-8",
  hint: "save the file in the encoding UTF-8",
};

export const controlCharacter = (code: number): Text => ({
  message: `there is a control character here (U+${code.toString(16).toUpperCase().padStart(4, "0")})`,
  rule: "a file is text: it has no control characters but tabs and line ends",
  hint: "remove the character, or write it as an escape in double quotes",
});

const MAP_RULE = "a file is a map of keys; a scenario has task, models, agents and protocol";

export const emptyFile: Text = {
  message: "the file is empty",
  rule: MAP_RULE,
  hint: "faultline init PATH writes a scenario to start from",
};

export const severalDocuments: Text = {
  message: "a second document begins here",
  rule: "a file holds one YAML document",
  hint: "remove the line --- (or ...), or put the documents into files of their own",
};

export const notAMap = (value: unknown): Text => ({
  message: `the file is ${quote(value)}, not a map`,
  rule: MAP_RULE,
});

export const wrongYamlVersion = (version: string): Text => ({
  message: `the file asks for YAML ${version}`,
  rule: "files are YAML 1.2",
  hint: "remove the line %YAML",
});

export const tooDeep = (most: number): Text => ({
  message: "the values are nested too deep here",
  rule: `maps and lists are nested at most ${most} deep`,
});

export const tooManyValues = (most: number): Text => ({
  message: "the file has too many values; from here on they are not read",
  rule: `a file, with all that it extends and all aliases written out, has at most ${plural(most, "value")}`,
});

export const tooManyLexemes = (most: number): Text => ({
  message: "the file has too many words and signs; from here on they are not read",
  rule: `a file has at most ${grouped(most)} words and signs`,
});

export const tag = (written: string): Text => ({
  message: `there is a tag here (${shorten(written)})`,
  rule: "files use no YAML tags (!!str, !!js/function, ...)",
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

// ---------------------------------------------------------------- extends

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
  message: "the file extends too many others; this one is not read",
  rule: `a file is put together from at most ${most} files`,
});

// ---------------------------------------------------------------- overrides

export const unknownOverride = (path: Path, known: readonly string[], near?: string): Text => ({
  message: `there is no ${called(path)} to set`,
  rule: `an override sets a value that the format of the file knows; here there ${known.length === 1 ? "is" : "are"} ${list(known)}`,
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
