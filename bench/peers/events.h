/*
 * The pending events: a binary heap in the total order (time, priority, sequence), as every textbook has it.
 *
 * Times are whole ticks of a microsecond. Of events at one time the smaller priority goes first, and of those of one
 * priority the one pushed first.
 */
#ifndef EVENTS_H
#define EVENTS_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

typedef struct {
  int64_t time;
  uint64_t rank; /* priority in the upper byte, sequence below */
  int32_t kind;
  int32_t subject;
} Event;

typedef struct {
  Event *heap;
  size_t size, capacity;
  uint64_t pushed;
} Events;

static inline int event_before(const Event *a, const Event *b) {
  return a->time < b->time || (a->time == b->time && a->rank < b->rank);
}

static inline void events_push(Events *events, int64_t time, int priority, int kind, int subject) {
  if (events->size == events->capacity) {
    events->capacity = events->capacity ? 2 * events->capacity : 64;
    events->heap = realloc(events->heap, events->capacity * sizeof *events->heap);
    if (!events->heap) abort();
  }
  const Event event = {time, (uint64_t)priority << 56 | events->pushed++, kind, subject};
  size_t hole = events->size++;
  while (hole > 0) {
    const size_t parent = (hole - 1) / 2;
    if (!event_before(&event, &events->heap[parent])) break;
    events->heap[hole] = events->heap[parent];
    hole = parent;
  }
  events->heap[hole] = event;
}

/* Takes the first event out. The heap must not be empty. */
static inline Event events_pop(Events *events) {
  const Event first = events->heap[0];
  const size_t size = --events->size;
  const Event last = events->heap[size];
  size_t hole = 0;
  for (size_t child = 1; child < size; child = 2 * hole + 1) {
    if (child + 1 < size && event_before(&events->heap[child + 1], &events->heap[child])) child++;
    if (!event_before(&events->heap[child], &last)) break;
    events->heap[hole] = events->heap[child];
    hole = child;
  }
  events->heap[hole] = last;
  return first;
}

/* Forgets all events and starts the sequence again; keeps the memory. */
static inline void events_clear(Events *events) {
  events->size = 0;
  events->pushed = 0;
}

#endif
