/*
 * Random numbers: xoshiro256++ (Blackman and Vigna, "Scrambled linear pseudorandom number generators", 2021), seeded by
 * splitmix64, with normal variates by Marsaglia's polar method (1964).
 */
#ifndef RANDOM_H
#define RANDOM_H

#include <math.h>
#include <stdint.h>

typedef struct {
  uint64_t state[4];
  double spare; /* second variate of the last pair */
  int has_spare;
} Random;

static inline void random_seed(Random *random, uint64_t seed) {
  for (int i = 0; i < 4; i++) {
    uint64_t z = (seed += 0x9e3779b97f4a7c15u);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
    random->state[i] = z ^ (z >> 31);
  }
  random->has_spare = 0;
}

static inline uint64_t rotate_left(uint64_t x, int k) { return x << k | x >> (64 - k); }

static inline uint64_t random_bits(Random *random) {
  uint64_t *s = random->state;
  const uint64_t result = rotate_left(s[0] + s[3], 23) + s[0];
  const uint64_t t = s[1] << 17;
  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate_left(s[3], 45);
  return result;
}

/* Uniform in [0, 1). */
static inline double random_uniform(Random *random) { return (random_bits(random) >> 11) * 0x1p-53; }

static inline int random_chance(Random *random, double chance) { return random_uniform(random) < chance; }

static inline double random_normal(Random *random) {
  if (random->has_spare) {
    random->has_spare = 0;
    return random->spare;
  }
  double x, y, s;
  do {
    x = 2 * random_uniform(random) - 1;
    y = 2 * random_uniform(random) - 1;
    s = x * x + y * y;
  } while (s >= 1 || s == 0);
  const double scale = sqrt(-2 * log(s) / s);
  random->spare = y * scale;
  random->has_spare = 1;
  return x * scale;
}

#endif
