/*
 * The hold model in plain C (see bench/hold.ts): a fixed number of pending events, each of which schedules the next.
 *
 *     hold PENDING EVENTS SEED
 */
#include <stdio.h>
#include <time.h>

#include "events.h"
#include "random.h"

#define INCREMENTS 65536

static int64_t increments[INCREMENTS];

int main(int argc, char *argv[]) {
  if (argc != 4) {
    fprintf(stderr, "hold PENDING EVENTS SEED\n");
    return 1;
  }
  const long pending = atol(argv[1]), wanted = atol(argv[2]);
  Random random;
  random_seed(&random, strtoull(argv[3], NULL, 10));
  for (int i = 0; i < INCREMENTS; i++) increments[i] = llround(-1e6 * log(1 - random_uniform(&random)));
  Events events = {0};
  for (long i = 0; i < pending; i++) events_push(&events, increments[i % INCREMENTS], 0, 0, (int)i);
  const clock_t start = clock();
  int64_t now = 0;
  for (long i = 0; i < wanted; i++) {
    const Event event = events_pop(&events);
    now = event.time;
    events_push(&events, now + increments[i % INCREMENTS], 0, 0, event.subject);
  }
  const double seconds = (double)(clock() - start) / CLOCKS_PER_SEC;
  printf("{\"seconds\": %.6f, \"events\": %ld, \"now\": %lld}\n", seconds, wanted, (long long)now);
  return 0;
}
