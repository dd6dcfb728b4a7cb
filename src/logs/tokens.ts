// How many tokens a call took. Whether input tokens include those of the cache, and output tokens those of reasoning, depends on
// who wrote the log and in which version.

/** As a log states them. */
export interface StatedTokens {
  readonly input?: number | undefined;
  readonly output?: number | undefined;
  /** Read from a cache, and written to it. */
  readonly cached?: number | undefined;
  readonly written?: number | undefined;
  readonly reasoning?: number | undefined;
  readonly total?: number | undefined;
}

export interface Tokens {
  /** Those from a cache included. */
  readonly inputTokens?: number | undefined;
  readonly cachedTokens?: number | undefined;
  /** Those of reasoning included. */
  readonly outputTokens?: number | undefined;
}

/**
 * The total tells: it is the sum of what does not include each other. Without it, more tokens from the cache than of input are
 * besides these. Input that is not stated is what the output leaves of the total.
 */
export function tokensOf({
  input,
  output,
  cached,
  written,
  reasoning,
  total,
}: StatedTokens): Tokens {
  const rest = input ?? (total === undefined ? undefined : total - (output ?? 0));
  if (input === undefined || !(cached || written || reasoning))
    return { inputTokens: rest, cachedTokens: cached, outputTokens: output };
  const besides = (cached ?? 0) + (written ?? 0);
  const { more, thought } = [0, besides, cached ?? 0]
    .flatMap((more) => [0, reasoning ?? 0].map((thought) => ({ more, thought })))
    .find((sum) => total === input + (output ?? 0) + sum.more + sum.thought) ?? {
    more: (cached ?? 0) > input ? besides : 0,
    thought: 0,
  };
  return {
    inputTokens: input + more,
    cachedTokens: cached,
    outputTokens: output === undefined ? undefined : output + thought,
  };
}
