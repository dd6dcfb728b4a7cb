/*
 * The centralized team of Faultline's benchmark in plain C: the same mechanism, written for this one protocol.
 *
 *     centralized PARAMETERS REPLICATIONS SEED
 *
 * A round: the orchestrator (agent 0) plans and shares the open claims out, tells the workers (with what it accepted),
 * the workers make and review claims, send what is new, and the orchestrator checks what it received. After the last
 * round it writes the deliverable. Prints one JSON document: seconds, events, and sums over clusters of replications.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "events.h"
#include "random.h"

#define MAX_AGENTS 16
#define MAX_CLAIMS 32
#define MAX_PREMISES 128

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* ---------------------------------------------------------------- parameters */

typedef double Scalar[1];
typedef double OfAgents[MAX_AGENTS];

static struct {
  Scalar agents, claims, repeats, rounds, turns, turnLimit;
  Scalar sizeMean, sizeCv, difficulty, difficultySpread;
  Scalar budgetTokens, budgetExponent, header, versionTokens, messageSeconds;
  double premiseStart[MAX_CLAIMS + 1], premises[MAX_PREMISES], ancestors[MAX_CLAIMS];
  OfAgents family, maxTurns, reviewEvery, spacing, diversity, overlap, heed;
  OfAgents errorLogOdds, commonCause, propagation, guess, handoff, distraction, conflict, synthesisLoss;
  OfAgents omission, distortion, weightToOrchestrator, weightFromOrchestrator;
  OfAgents selfRecall, selfFalseAlarm, orchestratorRecall, orchestratorFalseAlarm;
  OfAgents pace, thinking, prompt, priceInput, priceOutput, turnSeconds, turnCv;
} P;

static const struct {
  const char *name;
  double *values;
  size_t capacity;
} PARAMETERS[] = {
#define PARAMETER(name) {#name, P.name, LENGTH(P.name)}
    PARAMETER(agents), PARAMETER(claims), PARAMETER(repeats), PARAMETER(rounds), PARAMETER(turns),
    PARAMETER(turnLimit), PARAMETER(sizeMean), PARAMETER(sizeCv), PARAMETER(difficulty),
    PARAMETER(difficultySpread), PARAMETER(budgetTokens), PARAMETER(budgetExponent), PARAMETER(header),
    PARAMETER(versionTokens), PARAMETER(messageSeconds), PARAMETER(premiseStart), PARAMETER(premises),
    PARAMETER(ancestors), PARAMETER(family), PARAMETER(maxTurns), PARAMETER(reviewEvery), PARAMETER(spacing),
    PARAMETER(diversity), PARAMETER(overlap), PARAMETER(heed), PARAMETER(errorLogOdds), PARAMETER(commonCause),
    PARAMETER(propagation), PARAMETER(guess), PARAMETER(handoff), PARAMETER(distraction), PARAMETER(conflict),
    PARAMETER(synthesisLoss), PARAMETER(omission), PARAMETER(distortion), PARAMETER(weightToOrchestrator),
    PARAMETER(weightFromOrchestrator), PARAMETER(selfRecall), PARAMETER(selfFalseAlarm),
    PARAMETER(orchestratorRecall), PARAMETER(orchestratorFalseAlarm), PARAMETER(pace), PARAMETER(thinking),
    PARAMETER(prompt), PARAMETER(priceInput), PARAMETER(priceOutput), PARAMETER(turnSeconds), PARAMETER(turnCv),
#undef PARAMETER
};

static void fail(const char *message, const char *what) {
  fprintf(stderr, "centralized: %s: %s\n", message, what);
  exit(1);
}

static double *find_parameter(const char *name, size_t *capacity) {
  for (size_t i = 0; i < LENGTH(PARAMETERS); i++)
    if (strcmp(PARAMETERS[i].name, name) == 0) {
      *capacity = PARAMETERS[i].capacity;
      return PARAMETERS[i].values;
    }
  fail("unknown parameter", name);
  return NULL;
}

/* Reads lines of a name and its values. Every parameter must be there. */
static void read_parameters(const char *path) {
  FILE *file = fopen(path, "r");
  if (!file) fail("cannot read", path);
  static char line[16384];
  size_t lines = 0;
  while (fgets(line, sizeof line, file)) {
    const char *name = strtok(line, " \n");
    if (!name) continue;
    size_t capacity, count = 0;
    double *values = find_parameter(name, &capacity);
    for (const char *word; (word = strtok(NULL, " \n")) != NULL; count++) {
      if (count == capacity) fail("too many values", name);
      values[count] = strtod(word, NULL);
    }
    lines++;
  }
  fclose(file);
  if (lines != LENGTH(PARAMETERS)) fail("parameters are missing", path);
}

/* What the loops read, converted once. */
static int agent_count, claim_count;
static int premise_start[MAX_CLAIMS + 1], premises[MAX_PREMISES];
static double turn_median[MAX_AGENTS], turn_sigma[MAX_AGENTS], error_odds[MAX_AGENTS];
static int64_t message_ticks;

static void prepare_parameters(void) {
  agent_count = (int)P.agents[0];
  claim_count = (int)P.claims[0];
  message_ticks = llround(P.messageSeconds[0] * 1e6);
  for (int claim = 0; claim <= claim_count; claim++) premise_start[claim] = (int)P.premiseStart[claim];
  for (int edge = 0; edge < premise_start[claim_count]; edge++) premises[edge] = (int)P.premises[edge];
  for (int agent = 0; agent < agent_count; agent++) {
    const double variance = log1p(P.turnCv[agent] * P.turnCv[agent]);
    turn_sigma[agent] = sqrt(variance);
    turn_median[agent] = P.turnSeconds[agent] * 1e6 * exp(-variance / 2);
  }
}

/* ---------------------------------------------------------------- what a task yields */

#define FIELDS(X)                                                                                              \
  X(success) X(errorsAtAggregation) X(deliverableErrors) X(missingClaims) X(turns) X(messages) X(claimsMade)   \
  X(claimsRedundant) X(tokens) X(overheadTokens) X(cost) X(latency) X(faults) X(descendants) X(inherited)      \
  X(faultsOwn) X(faultsCommonCause) X(faultsGuess) X(faultsHandoff) X(faultsConflict) X(faultsDistortion)      \
  X(faultsSynthesis) X(reviews) X(caught) X(missed) X(falseAlarms) X(exhausted)

enum Field {
#define X(name) name,
  FIELDS(X)
#undef X
  FIELD_COUNT
};

static const char *const FIELD_NAMES[] = {
#define X(name) #name,
    FIELDS(X)
#undef X
};

/* ---------------------------------------------------------------- the task in flight */

/* Why a version is erroneous is the field that counts it; these two are no faults. */
enum { CORRECT = -1, COPY = -2 };

/* A copy of a claim in some ledger. Version 0 stands for "none". */
typedef struct {
  int claim, owner;
  int value;  /* 0: correct; equal values are equal answers */
  int parent; /* copied or inherited from */
  int origin; /* version in which the error began; 0: correct */
  int carrier; /* message that brought it, from 1; 0: made by its owner */
  int blind_family; /* 1 + family of the common cause behind it; 0: none */
  int descendants;
  int rejected; /* check phase that rejected it, until its owner hears of it */
  int cause;
} Version;

enum { IN_SCOPE = 1, REVIEWED = 2, ACCEPTED = 4, REDO = 8 };

typedef struct {
  int held, rival;
  int attempts;
  unsigned flags;
  unsigned got; /* whom the version held has got to: a bit for each agent */
} Slot;

typedef struct {
  Slot slots[MAX_CLAIMS];
  int ledger_size;
  int work_turns, phase_turns;
  int unreviewed;
  int start_claim;
  int is_told; /* whether it knows its newest assignment */
  int action;
} Agent;

typedef struct {
  int from, to, authority;
  int first, end; /* versions that it carries: positions in `items` */
} Message;

enum { ORCHESTRATOR = 0 };
enum { MESSAGE_ARRIVES = 1, TURN_ENDS = 2 }; /* their priorities as well */
enum { NOTHING = -1, REVIEW = -2 };
enum Phase { PLAN, TELL, WORK, DELIVER, CHECK, SYNTHESIZE };

static Random rng;
static Events events;
static long long events_handled;
static int64_t now;

static Agent agents[MAX_AGENTS];
static Version *versions;
static int version_count, version_capacity;
static Message *messages_sent;
static int message_count, message_capacity;
static int *items;
static int item_count, item_capacity;

static long task; /* its number, from 1 */
static int size;  /* claims of this instance */
static double difficulty;
static enum Phase phase;
static int outstanding; /* turns and messages that the phase waits for */
static int rounds_done, check_phases, rejections;
static double tokens_left, shortage, shortage_spent, shortage_wanted;
static int first_maker[MAX_CLAIMS], made_twice[MAX_CLAIMS];
static double outcome[FIELD_COUNT];

static void *grown(void *array, int *capacity, size_t element) {
  *capacity = *capacity ? 2 * *capacity : 256;
  array = realloc(array, *capacity * element);
  if (!array) abort();
  return array;
}

static int add_version(int claim, int owner, int value, int parent, int carrier, int cause) {
  if (version_count == version_capacity) versions = grown(versions, &version_capacity, sizeof *versions);
  versions[version_count] = (Version){
      .claim = claim, .owner = owner, .value = value, .parent = parent, .carrier = carrier, .cause = cause};
  return version_count++;
}

/* A version in which an error begins. Its answer is one of its own, unless the family shares it. */
static int add_fault(int claim, int owner, int cause) {
  const int version = add_version(claim, owner, version_count, 0, 0, cause);
  versions[version].origin = version;
  if (cause == faultsCommonCause) {
    const int family = (int)P.family[owner];
    versions[version].value = -(1 + family * claim_count + claim);
    versions[version].blind_family = family + 1;
  }
  return version;
}

static void descend(int version, int parent) {
  const int origin = versions[parent].origin;
  versions[version].origin = origin;
  versions[version].blind_family = versions[parent].blind_family;
  versions[origin].descendants++;
}

static void hold(Agent *agent, Slot *slot, int version) {
  agent->ledger_size += (version != 0) - (slot->held != 0);
  slot->held = version;
  slot->flags &= IN_SCOPE;
  slot->got = 0;
}

/* ---------------------------------------------------------------- turns */

static void begin_turn(int agent) {
  const double ticks = turn_median[agent] * exp(turn_sigma[agent] * random_normal(&rng));
  events_push(&events, now + llround(ticks), TURN_ENDS, TURN_ENDS, agent);
  outstanding++;
}

/* Pays for a turn and notes how short of tokens it was. Returns the output tokens. */
static double pay_turn(int agent) {
  const double wanted = P.thinking[agent];
  double spent = wanted;
  if (P.budgetTokens[0] > 0 && wanted > 0) {
    const double allowance = floor(tokens_left / fmax(1, P.turnLimit[0] - outcome[turns]));
    spent = fmin(wanted, fmax(allowance, 1));
    tokens_left = fmax(0, tokens_left - spent);
  }
  if (wanted != shortage_wanted || spent != shortage_spent) {
    shortage_wanted = wanted;
    shortage_spent = spent;
    shortage = spent < wanted ? pow(wanted / spent, P.budgetExponent[0]) : 1;
  }
  const double read = P.prompt[agent] + P.versionTokens[0] * agents[agent].ledger_size;
  outcome[turns]++;
  outcome[tokens] += read + spent;
  outcome[cost] += read * P.priceInput[agent] + spent * P.priceOutput[agent];
  return spent;
}

/* ---------------------------------------------------------------- making claims */

static int is_ready(const Agent *agent, int claim) {
  for (int edge = premise_start[claim]; edge < premise_start[claim + 1]; edge++)
    if (agent->slots[premises[edge]].held == 0) return 0;
  return 1;
}

/* What is to be made again, else the next open claim that is ready, else the next open one; -1: none. */
static int next_claim(const Agent *agent) {
  for (int claim = 0; claim < size; claim++)
    if (agent->slots[claim].flags & REDO) return claim;
  int open = -1;
  for (int i = 0, claim = agent->start_claim; i < size; i++, claim = claim + 1 < size ? claim + 1 : 0) {
    const Slot *slot = &agent->slots[claim];
    if (slot->held != 0 || !(slot->flags & IN_SCOPE)) continue;
    if (is_ready(agent, claim)) return claim;
    if (open < 0) open = claim;
  }
  return open;
}

static int inherited_premise(int agent, int claim) {
  for (int edge = premise_start[claim]; edge < premise_start[claim + 1]; edge++) {
    const int version = agents[agent].slots[premises[edge]].held;
    if (versions[version].value == 0) continue;
    if (random_chance(&rng, P.propagation[agent])) return version;
  }
  return 0;
}

static int premise_fault(int agent, int claim) {
  for (int edge = premise_start[claim]; edge < premise_start[claim + 1]; edge++) {
    const int version = agents[agent].slots[premises[edge]].held;
    if (version == 0) {
      if (random_chance(&rng, P.guess[agent])) return faultsGuess;
    } else if (versions[version].carrier > 0 && random_chance(&rng, P.handoff[agent])) {
      return faultsHandoff;
    }
  }
  return CORRECT;
}

/*
 * Draws that the agents of a family share, made when they are first needed in a task: whether the claim is one of the
 * common-cause share, and the draw that all look at then.
 */
static struct {
  long drawn_in; /* number of the task, from 1 */
  double share, fault;
} common[MAX_AGENTS][MAX_CLAIMS];

static int own_fault(int agent, int claim) {
  const double unrelated = fmax(0, agents[agent].ledger_size - P.ancestors[claim]);
  const double odds = error_odds[agent] * shortage * (1 + P.distraction[agent] * unrelated);
  const double chance = odds / (1 + odds);
  const int family = (int)P.family[agent];
  if (P.commonCause[agent] > 0) {
    if (common[family][claim].drawn_in != task) {
      common[family][claim].drawn_in = task;
      common[family][claim].share = random_uniform(&rng);
      common[family][claim].fault = random_uniform(&rng);
    }
    if (common[family][claim].share < P.commonCause[agent])
      return common[family][claim].fault < chance ? faultsCommonCause : CORRECT;
  }
  return random_chance(&rng, chance) ? faultsOwn : CORRECT;
}

/* Agents that are in a turn at the same time get in each other's way. While they work, only turns are outstanding. */
static int conflict_fault(int agent) {
  if (P.conflict[agent] == 0 || outstanding == 0) return CORRECT;
  double undisturbed = 1;
  for (int other = 0; other < outstanding; other++) undisturbed *= 1 - P.conflict[agent];
  return random_chance(&rng, 1 - undisturbed) ? faultsConflict : CORRECT;
}

static int make_version(int agent, int claim) {
  const int premise = inherited_premise(agent, claim);
  if (premise > 0) {
    const int version = add_version(claim, agent, versions[premise].value, premise, 0, inherited);
    descend(version, premise);
    return version;
  }
  int cause = premise_fault(agent, claim);
  if (cause == CORRECT) cause = own_fault(agent, claim);
  if (cause == CORRECT) cause = conflict_fault(agent);
  return cause == CORRECT ? add_version(claim, agent, 0, 0, 0, CORRECT) : add_fault(claim, agent, cause);
}

/* Books duplicate work and work done again. */
static void account(int agent, int claim, double share) {
  const int maker = first_maker[claim];
  const int is_duplicate = maker != 0 && maker != agent + 1;
  if (maker == 0) {
    first_maker[claim] = agent + 1;
    outcome[claimsMade]++;
  } else if (is_duplicate && !made_twice[claim]) {
    made_twice[claim] = 1;
    outcome[claimsRedundant]++;
  }
  if (is_duplicate || agents[agent].slots[claim].attempts > 1) outcome[overheadTokens] += share;
}

static void make_claims(int agent, double spent) {
  Agent *self = &agents[agent];
  const double whole = floor(P.pace[agent]);
  const int wanted = (int)whole + (P.pace[agent] > whole && random_chance(&rng, P.pace[agent] - whole));
  for (int i = 0; i < wanted; i++) {
    const int claim = i == 0 ? self->action : next_claim(self);
    if (claim < 0) return;
    self->slots[claim].attempts++;
    const int version = make_version(agent, claim);
    account(agent, claim, spent / wanted);
    hold(self, &self->slots[claim], version);
    self->unreviewed++;
  }
}

/* ---------------------------------------------------------------- checks */

/* Whether somebody said in an earlier check phase that the version is wrong, and the checker goes by it. */
static int heeds_objection(int agent, const Version *version) {
  if (P.heed[agent] == 0 || version->carrier == 0) return 0;
  const int objection = versions[version->parent].rejected;
  return objection != 0 && objection != check_phases && random_chance(&rng, P.heed[agent]);
}

/* One look at one version: 1 when it is flagged. A family is blind to its common-cause errors. */
static int look(int agent, int version_number, double recall, double false_alarm) {
  const Version *version = &versions[version_number];
  const int is_erroneous = version->value != 0;
  const int is_blind = is_erroneous && version->blind_family == (int)P.family[agent] + 1;
  const double chance = is_blind ? 0 : is_erroneous ? recall : false_alarm;
  const int is_flagged = heeds_objection(agent, version) || (chance > 0 && random_chance(&rng, chance));
  if (is_erroneous) outcome[is_flagged ? caught : missed]++;
  else if (is_flagged) outcome[falseAlarms]++;
  return is_flagged;
}

static int is_unreviewed(const Slot *slot) {
  return slot->held > 0 && (slot->flags & (REVIEWED | REDO | IN_SCOPE)) == IN_SCOPE &&
         versions[slot->held].carrier == 0;
}

static int needs_review(int agent) {
  if (P.selfRecall[agent] == 0 && P.selfFalseAlarm[agent] == 0) return 0;
  for (int claim = 0; claim < size; claim++)
    if (is_unreviewed(&agents[agent].slots[claim])) return 1;
  return 0;
}

static void review(int agent) {
  outcome[reviews]++;
  agents[agent].unreviewed = 0;
  for (int claim = 0; claim < size; claim++) {
    Slot *slot = &agents[agent].slots[claim];
    if (is_unreviewed(slot))
      slot->flags |= look(agent, slot->held, P.selfRecall[agent], P.selfFalseAlarm[agent]) ? REDO : REVIEWED;
  }
}

static int is_unchecked(const Slot *slot) {
  if (slot->held == 0 || slot->flags & REDO) return 0;
  if (slot->rival > 0) return 1;
  return !(slot->flags & ACCEPTED) && versions[slot->held].carrier > 0;
}

static int has_unchecked(const Agent *agent) {
  for (int claim = 0; claim < size; claim++)
    if (is_unchecked(&agent->slots[claim])) return 1;
  return 0;
}

/* Lets the sender of a copy know; everybody whom the orchestrator hears from has an edge back. */
static void reject(const Version *copy) {
  if (copy->carrier == 0 || copy->parent == 0) return;
  versions[copy->parent].rejected = check_phases;
  rejections++;
}

static int orchestrator_passes(int version) {
  if (version == 0) return 0;
  const double recall = P.orchestratorRecall[ORCHESTRATOR], false_alarm = P.orchestratorFalseAlarm[ORCHESTRATOR];
  return !look(ORCHESTRATOR, version, recall, false_alarm);
}

static void check_ledger(void) {
  Agent *self = &agents[ORCHESTRATOR];
  for (int claim = 0; claim < size; claim++) {
    Slot *slot = &self->slots[claim];
    if (!is_unchecked(slot)) continue;
    const int own = slot->held, rival = slot->rival;
    const int own_passes = orchestrator_passes(own);
    const int rival_passes = orchestrator_passes(rival);
    if (!own_passes) reject(&versions[own]);
    if (rival > 0 && !rival_passes) reject(&versions[rival]);
    slot->rival = 0;
    if (!own_passes && rival_passes) hold(self, slot, rival);
    if (own_passes || rival_passes) slot->flags |= ACCEPTED;
    else if (versions[own].carrier == 0) slot->flags |= REDO;
    else hold(self, slot, 0);
  }
}

/* What a worker hears when it begins to work: rejected work of its own is made again, rejected copies go. */
static void take_back(Agent *agent) {
  if (rejections == 0) return;
  for (int claim = 0; claim < size; claim++) {
    Slot *slot = &agent->slots[claim];
    Version *version = &versions[slot->held];
    if (slot->held == 0 || version->rejected == 0) continue;
    version->rejected = 0;
    if (version->carrier == 0 && slot->flags & IN_SCOPE) slot->flags |= REDO;
    else hold(agent, slot, 0);
  }
}

/* ---------------------------------------------------------------- planning */

static int is_open(int claim) {
  const Slot *slot = &agents[ORCHESTRATOR].slots[claim];
  return slot->held == 0 || !(slot->flags & ACCEPTED);
}

static void give_claim(int worker, int claim) {
  Slot *slot = &agents[worker].slots[claim];
  slot->flags |= IN_SCOPE;
  slot->got = 0;
  agents[worker].is_told = 0;
}

/* Shares the open claims out in blocks; some are given to the next worker as well. */
static void plan(void) {
  const int workers = agent_count - 1;
  int open = 0;
  for (int claim = 0; claim < size; claim++) open += is_open(claim);
  for (int worker = 1; worker <= workers; worker++) {
    agents[worker].is_told = 1;
    for (int claim = 0; claim < size; claim++) agents[worker].slots[claim].flags &= ~IN_SCOPE;
  }
  int position = 0;
  for (int claim = 0; claim < size; claim++) {
    if (!is_open(claim)) continue;
    const int share = position++ * workers / (open > workers ? open : workers);
    give_claim(1 + share, claim);
    if (P.overlap[ORCHESTRATOR] > 0 && random_chance(&rng, P.overlap[ORCHESTRATOR]))
      give_claim(1 + (share + 1) % workers, claim);
  }
}

/* ---------------------------------------------------------------- messages */

/* Claims that are due to be sent, a bit for each: what the receiver has not got, be it new or lost on the way. */
static uint32_t due_claims(const Agent *sender, int to, int only_accepted) {
  uint32_t due = 0;
  for (int claim = 0; claim < size; claim++) {
    const Slot *slot = &sender->slots[claim];
    if (slot->held == 0 || slot->flags & REDO || slot->got >> to & 1) continue;
    if (only_accepted && !(slot->flags & ACCEPTED)) continue;
    due |= 1u << claim;
  }
  return due;
}

/* Sends copies of what is due, each of which may be left out. Returns how many go. */
static int write_message(int from, int to, uint32_t due, double weight) {
  if (message_count == message_capacity)
    messages_sent = grown(messages_sent, &message_capacity, sizeof *messages_sent);
  Message *message = &messages_sent[message_count++];
  *message = (Message){from, to, from == ORCHESTRATOR, item_count, item_count};
  const double passes = weight * (1 - P.omission[from]);
  for (; due != 0; due &= due - 1) {
    if (passes < 1 && !random_chance(&rng, passes)) continue;
    if (item_count == item_capacity) items = grown(items, &item_capacity, sizeof *items);
    Slot *slot = &agents[from].slots[__builtin_ctz(due)];
    slot->got |= 1u << to;
    items[item_count++] = slot->held;
  }
  message->end = item_count;
  events_push(&events, now + message_ticks, MESSAGE_ARRIVES, MESSAGE_ARRIVES, message_count);
  outstanding++;
  return message->end - message->first;
}

static void book_message(int from, int carried) {
  const double cost_tokens = P.header[0] + carried * P.versionTokens[0];
  outcome[messages]++;
  outcome[tokens] += cost_tokens;
  outcome[overheadTokens] += cost_tokens;
  outcome[cost] += cost_tokens * P.priceOutput[from];
}

/* The orchestrator writes one text for all: assignments, and what it accepted. */
static void tell_workers(void) {
  uint32_t text = 0;
  int is_written = 0;
  for (int worker = 1; worker < agent_count; worker++) {
    const uint32_t due = due_claims(&agents[ORCHESTRATOR], worker, 1);
    const int tells_assignment = !agents[worker].is_told;
    agents[worker].is_told = 1;
    if (due == 0 && !tells_assignment) continue;
    write_message(ORCHESTRATOR, worker, due, P.weightFromOrchestrator[worker]);
    text |= due;
    is_written = 1;
  }
  if (is_written) book_message(ORCHESTRATOR, __builtin_popcount(text));
}

static void deliver_work(void) {
  for (int worker = 1; worker < agent_count; worker++) {
    const uint32_t due = due_claims(&agents[worker], ORCHESTRATOR, 0);
    if (due == 0) continue;
    book_message(worker, write_message(worker, ORCHESTRATOR, due, P.weightToOrchestrator[worker]));
  }
}

static void receive_version(int source, int number) {
  const Message *message = &messages_sent[number - 1];
  Agent *receiver = &agents[message->to];
  const int claim = versions[source].claim;
  const int is_erroneous = versions[source].value != 0;
  Slot *slot = &receiver->slots[claim];
  const double distortion = P.distortion[message->from];
  const int is_distorted = distortion > 0 && !is_erroneous && random_chance(&rng, distortion);
  if (slot->held > 0 && !is_distorted && versions[slot->held].value == versions[source].value) return;
  int copy;
  if (is_distorted) {
    copy = add_fault(claim, message->to, faultsDistortion);
    versions[copy].parent = source;
    versions[copy].carrier = number;
  } else {
    copy = add_version(claim, message->to, versions[source].value, source, number, COPY);
    if (is_erroneous) descend(copy, source);
  }
  if (slot->held == 0 || message->authority || slot->flags & REDO) {
    hold(receiver, slot, copy);
    slot->rival = 0;
  } else {
    slot->rival = copy;
  }
}

static void receive_message(int number) {
  const int first = messages_sent[number - 1].first, end = messages_sent[number - 1].end;
  for (int item = first; item < end; item++) receive_version(items[item], number);
}

/* ---------------------------------------------------------------- deliverable */

static int is_settled(void) {
  for (int claim = 0; claim < size; claim++) {
    const Slot *slot = &agents[ORCHESTRATOR].slots[claim];
    if (slot->held == 0 || (slot->flags & (REDO | ACCEPTED)) != ACCEPTED) return 0;
  }
  return 1;
}

static void synthesize(void) {
  for (int claim = 0; claim < size; claim++) {
    const Slot *slot = &agents[ORCHESTRATOR].slots[claim];
    if (slot->held == 0 || (slot->flags & (REDO | ACCEPTED)) != ACCEPTED) {
      outcome[missingClaims]++;
      continue;
    }
    if (versions[slot->held].value != 0) {
      outcome[errorsAtAggregation]++;
      outcome[deliverableErrors]++;
    } else if (random_chance(&rng, P.synthesisLoss[ORCHESTRATOR])) {
      add_fault(claim, ORCHESTRATOR, faultsSynthesis);
      outcome[deliverableErrors]++;
    }
  }
}

static void count_outcome(void) {
  for (int version = 1; version < version_count; version++) {
    const Version *v = &versions[version];
    if (v->cause >= 0) outcome[v->cause]++;
    if (v->origin != version) continue;
    outcome[faults]++;
    outcome[descendants] += v->descendants;
  }
  outcome[latency] = now / 1e6;
  outcome[success] = outcome[missingClaims] == 0 && outcome[deliverableErrors] == 0;
}

/* ---------------------------------------------------------------- protocol */

/* Begins a worker's next turn, if it has one and something to do. */
static void work(int worker) {
  Agent *self = &agents[worker];
  if (self->phase_turns >= P.turns[0] || self->work_turns >= P.maxTurns[worker]) return;
  int action = self->unreviewed >= P.reviewEvery[worker] && needs_review(worker) ? REVIEW : next_claim(self);
  if (action == NOTHING && needs_review(worker)) action = REVIEW;
  if (action == NOTHING) return;
  self->action = action;
  self->phase_turns++;
  self->work_turns++;
  begin_turn(worker);
}

static void begin_work(void) {
  for (int worker = 1; worker < agent_count; worker++) {
    agents[worker].phase_turns = 0;
    take_back(&agents[worker]);
    work(worker);
  }
}

/* Whether there is another round: not when all is accepted, or after the last one. */
static int goes_on(void) {
  const int settled = rounds_done > 0 && is_settled();
  if (settled || rounds_done >= P.rounds[0]) {
    outcome[exhausted] = !settled;
    return 0;
  }
  rounds_done++;
  return 1;
}

static void begin_phase(void) {
  switch (phase) {
    case PLAN:
      if (!goes_on()) phase = SYNTHESIZE;
      begin_turn(ORCHESTRATOR);
      break;
    case TELL: tell_workers(); break;
    case WORK: begin_work(); break;
    case DELIVER: deliver_work(); break;
    case CHECK:
      check_phases++;
      if (has_unchecked(&agents[ORCHESTRATOR])) begin_turn(ORCHESTRATOR);
      break;
    case SYNTHESIZE: break;
  }
}

static void end_turn(int agent) {
  const double spent = pay_turn(agent);
  switch (phase) {
    case PLAN:
      if (rounds_done > 1) outcome[overheadTokens] += spent;
      plan();
      break;
    case WORK:
      if (agents[agent].action == REVIEW) review(agent);
      else make_claims(agent, spent);
      work(agent);
      break;
    case CHECK: check_ledger(); break;
    default: synthesize();
  }
}

/* Goes on to the next phases until there is something to wait for, or nothing left. */
static void proceed(void) {
  while (outstanding == 0 && phase != SYNTHESIZE) {
    phase = phase == CHECK ? PLAN : phase + 1;
    begin_phase();
  }
}

static void draw_instance(void) {
  const double variance = log1p(P.sizeCv[0] * P.sizeCv[0]);
  const double drawn = P.sizeMean[0] * exp(sqrt(variance) * random_normal(&rng) - variance / 2);
  size = (int)fmin(claim_count, fmax(1, round(drawn)));
  difficulty = P.difficulty[0] + P.difficultySpread[0] * random_normal(&rng);
  for (int agent = 0; agent < agent_count; agent++) error_odds[agent] = exp(P.errorLogOdds[agent] + difficulty);
}

/* Agents that may choose where to begin do so at random, or apart from each other. */
static void draw_starts(void) {
  const double common_start = random_uniform(&rng);
  for (int agent = 0; agent < agent_count; agent++) {
    const int is_apart = P.diversity[agent] > 0 && random_chance(&rng, P.diversity[agent]);
    const double place = is_apart ? fmod(common_start + P.spacing[agent], 1) : random_uniform(&rng);
    agents[agent].start_claim = (int)(place * size);
  }
}

static void begin_task(void) {
  task++;
  memset(agents, 0, sizeof *agents * agent_count);
  memset(first_maker, 0, sizeof first_maker);
  memset(made_twice, 0, sizeof made_twice);
  memset(outcome, 0, sizeof outcome);
  version_count = 0;
  add_version(0, 0, 0, 0, 0, CORRECT);
  message_count = item_count = 0;
  rounds_done = check_phases = rejections = outstanding = 0;
  tokens_left = P.budgetTokens[0];
  events_clear(&events);
  now = 0;
  draw_starts();
}

static void run_task(void) {
  begin_task();
  phase = PLAN;
  begin_phase();
  while (events.size > 0) {
    const Event event = events_pop(&events);
    now = event.time;
    events_handled++;
    outstanding--;
    if (event.kind == TURN_ENDS) end_turn(event.subject);
    else receive_message(event.subject);
    proceed();
  }
  count_outcome();
}

/* ---------------------------------------------------------------- statistics */

/* Replications of one instance are a cluster; sums over clusters give means with honest standard errors. */
static double sums[FIELD_COUNT], squares[FIELD_COUNT];
static long clusters;

static void run_cluster(void) {
  double cluster[FIELD_COUNT] = {0};
  draw_instance();
  for (int repeat = 0; repeat < P.repeats[0]; repeat++) {
    run_task();
    for (int field = 0; field < FIELD_COUNT; field++) cluster[field] += outcome[field];
  }
  for (int field = 0; field < FIELD_COUNT; field++) {
    const double mean = cluster[field] / P.repeats[0];
    sums[field] += mean;
    squares[field] += mean * mean;
  }
  clusters++;
}

/* Of the processor, so that other work on the machine does not count. */
static double processor_seconds(void) { return (double)clock() / CLOCKS_PER_SEC; }

int main(int argc, char *argv[]) {
  if (argc != 4) fail("usage", "centralized PARAMETERS REPLICATIONS SEED");
  read_parameters(argv[1]);
  prepare_parameters();
  random_seed(&rng, strtoull(argv[3], NULL, 10));
  const long wanted = (long)(atol(argv[2]) / P.repeats[0]);
  const double start = processor_seconds();
  while (clusters < wanted) run_cluster();
  printf("{\"seconds\": %.6f, \"replications\": %.0f, \"events\": %lld, \"clusters\": %ld, \"fields\": {",
         processor_seconds() - start, clusters * P.repeats[0], events_handled, clusters);
  for (int field = 0; field < FIELD_COUNT; field++)
    printf("%s\"%s\": [%.17g, %.17g]", field ? ", " : "", FIELD_NAMES[field], sums[field], squares[field]);
  printf("}}\n");
  return 0;
}
