// List prices of usual models, so that logs without costs can be paid for.

/** Day on which the public lists of prices were read. */
export const PRICES_OF = "2025-12-01";

/** US dollars per million tokens of input, not from a cache, and of output. */
const PRICES: Readonly<Record<string, readonly [input: number, output: number]>> = {
  "claude-3-5-haiku": [0.8, 4],
  "claude-3-5-sonnet": [3, 15],
  "claude-3-7-sonnet": [3, 15],
  "claude-haiku-4-5": [1, 5],
  "claude-opus-4": [15, 75],
  "claude-opus-4-1": [15, 75],
  "claude-opus-4-5": [5, 25],
  "claude-sonnet-4": [3, 15],
  "claude-sonnet-4-5": [3, 15],
  "deepseek-chat": [0.28, 0.42],
  "gemini-2.0-flash": [0.1, 0.4],
  "gemini-2.5-flash": [0.3, 2.5],
  "gemini-2.5-pro": [1.25, 10],
  "gpt-3.5-turbo": [0.5, 1.5],
  "gpt-4-turbo": [10, 30],
  "gpt-4.1": [2, 8],
  "gpt-4.1-mini": [0.4, 1.6],
  "gpt-4.1-nano": [0.1, 0.4],
  "gpt-4o": [2.5, 10],
  "gpt-4o-mini": [0.15, 0.6],
  "gpt-5": [1.25, 10],
  "gpt-5-mini": [0.25, 2],
  "gpt-5-nano": [0.05, 0.4],
  o3: [2, 8],
  "o3-mini": [1.1, 4.4],
  "o4-mini": [1.1, 4.4],
};

/** A version after the name, which does not change the price: a date, or `latest`. */
const VERSION = /[-@:](latest|preview|\d{8}|\d{4}-\d{2}-\d{2}|\d{2}-\d{2}|v\d+(:\d+)?)$/;

/**
 * List price of a model, in US dollars per million tokens.
 * @param model its name, with or without a provider before it (`openai/gpt-4o`) and a version after it (`gpt-4o-2024-08-06`)
 * @returns undefined for a model that is not in the table
 */
export function listPrice(model: string) {
  let name = model
    .toLowerCase()
    .replace(/^.*[/]/, "")
    .replace(/^(\w+\.)?anthropic\./, "");
  while (VERSION.test(name)) name = name.replace(VERSION, "");
  const price = Object.hasOwn(PRICES, name) ? PRICES[name] : undefined;
  return price && { input: price[0], output: price[1], source: `list prices of ${PRICES_OF}` };
}
