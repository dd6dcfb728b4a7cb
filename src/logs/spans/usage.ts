// What attributes say of the tokens and the cost of a call.
import { type Tokens, tokensOf } from "../tokens.ts";
import { type Fields, numberIn } from "../values.ts";
import { firstOf } from "./envelope.ts";

export const INPUT = [
  "gen_ai.usage.input_tokens",
  "gen_ai.usage.prompt_tokens",
  "llm.token_count.prompt",
  "llm.usage.prompt_tokens",
  "gen_ai.prompt_tokens",
  "ai.usage.promptTokens",
  "ai.usage.inputTokens",
];
const OUTPUT = [
  "gen_ai.usage.output_tokens",
  "gen_ai.usage.completion_tokens",
  "llm.token_count.completion",
  "llm.usage.completion_tokens",
  "gen_ai.completion_tokens",
  "ai.usage.completionTokens",
  "ai.usage.outputTokens",
];
const CACHED = [
  "gen_ai.usage.cache_read.input_tokens",
  "gen_ai.usage.cache_read_input_tokens",
  "gen_ai.usage.cached_tokens",
  "gen_ai.usage.details.cache_read_tokens",
  "llm.token_count.prompt_details.cache_read",
  "llm.usage.cache_read_input_tokens",
  "ai.usage.cachedInputTokens",
];
const WRITTEN = [
  "gen_ai.usage.cache_creation.input_tokens",
  "gen_ai.usage.cache_creation_input_tokens",
  "gen_ai.usage.cache_write_input_tokens",
  "gen_ai.usage.details.cache_write_tokens",
  "llm.token_count.prompt_details.cache_write",
  "llm.usage.cache_creation_input_tokens",
];
const REASONING = [
  "gen_ai.usage.reasoning.output_tokens",
  "gen_ai.usage.reasoning_tokens",
  "gen_ai.usage.details.reasoning_tokens",
  "llm.token_count.completion_details.reasoning",
  "llm.usage.reasoning_tokens",
  "ai.usage.reasoningTokens",
];
const TOTAL = [
  "gen_ai.usage.total_tokens",
  "llm.token_count.total",
  "llm.usage.total_tokens",
  "gen_ai.total_tokens",
  "ai.usage.totalTokens",
];
const COST = [
  "gen_ai.usage.cost",
  "llm.cost.total",
  "gen_ai.usage.total_cost",
  "gen_ai.cost",
  "faultline.cost",
];
const INPUT_COST = ["gen_ai.usage.input_cost", "llm.cost.prompt"];
const OUTPUT_COST = ["gen_ai.usage.output_cost", "llm.cost.completion"];

export function tokensIn(attributes: Fields): Tokens {
  const number = (names: readonly string[]) => firstOf(attributes, names, numberIn);
  const [input, output, cached] = [number(INPUT), number(OUTPUT), number(CACHED)];
  const written = number(WRITTEN);
  // Most spans state two numbers, and nothing else is to be looked for.
  if (input !== undefined && !cached && !written)
    return { inputTokens: input, cachedTokens: cached, outputTokens: output };
  const [reasoning, total] = [number(REASONING), number(TOTAL)];
  return tokensOf({ input, output, cached, written, reasoning, total });
}

/** What the call cost, or else what its parts did. */
export function dollarsIn(attributes: Fields): number | undefined {
  const number = (names: readonly string[]) => firstOf(attributes, names, numberIn);
  const whole = number(COST);
  if (whole !== undefined) return whole;
  const [input, output] = [number(INPUT_COST), number(OUTPUT_COST)];
  return input === undefined && output === undefined ? undefined : (input ?? 0) + (output ?? 0);
}
