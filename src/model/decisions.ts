// The kinds of decision that are drawn at random: each is one stream of keyed draws, so that adding one kind
// of draw, one agent or one check leaves all others as they were. Never renumber: it would change every result.

/** Drawn in every replication; the comment says what subject, object and ordinal are. 0 to 2 are no longer in use. */
export const FAULT = 3; // agent, claim, attempt
export const COMMON_SHARED = 4; // family, claim, 0: is this claim one on which the family shares its draw?
export const COMMON_FAULT = 5; // family, claim, 0
export const WRONG_ANSWER = 6; // agent or family, claim, attempt
export const INHERIT = 7; // agent, premise edge, attempt
export const GUESS = 8; // agent, premise edge, attempt
export const HANDOFF = 9; // agent, premise edge, time at which the premise was sent
export const CONFLICT = 10; // agent, claim, attempt
export const PACE = 11; // agent, turn, 0
export const START = 12; // agent, 0, 0: where it begins if it may choose; agent, 0, 1: apart? 0, 0, 2: where all apart begin
export const TURN_TIME = 13; // agent, turn, attempt
export const OMIT = 14; // edge, claim, time it was sent
export const DISTORT = 15; // edge, claim, time it was sent
export const MESSAGE_TIME = 16; // edge, message on that edge, 0
export const CHECK = 17; // checker, claim, look
export const SYNTHESIS = 18; // agent, claim, 0
export const ARRIVAL = 19; // 0, task, 0
export const OVERLAP = 20; // planner, claim, assignment: is the claim given to one more agent?
export const HEED = 21; // checker, claim, look: does the checker heed an objection?
export const CALL_FAILURE = 22; // agent, turn, attempt: does the call fail at the provider?
export const DEVIATION = 23; // 0, claim, 0: does the claim need what no plan foresaw?
export const ROUTE = 24; // router or 0, 0, 0: which class does it see? router or 0, 0, 1: by how much does it misjudge the difficulty?
export const POLICY = 25; // of an instance: 0, claim, 0: is the claim a policy-critical action?
export const VIOLATION = 26; // agent, claim, attempt
export const GUARD = 27; // agent, claim, attempt: does the guard step in?
export const REVISE = 28; // agent, claim, revise phase
export const KIND = 29; // of an instance: 0, claim, 0: of which kind is the claim?
export const CONFIDENCE = 30; // agent, claim, attempt: how certain does its maker say it is?
export const SAMPLED = 31; // checker, check phase, 0: is the task in its sample?
export const TOOL = 32; // agent, claim, attempt: does a tool fail without notice?
