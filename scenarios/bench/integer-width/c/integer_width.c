/*
 * Finds the largest factorial, or power of 3, that a uint64_t holds exactly,
 * and shows what the next one becomes: it wraps around. Overflow of signed
 * integers is undefined in C, so that nothing can be shown of it.
 */

#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

/* Numbers that are each the one before times a factor. */
struct sequence {
  const char *name;
  uint64_t (*factor)(uint64_t step);
  const char *before;
  const char *after;
};

static uint64_t factorial_factor(uint64_t step) { return step; }

static uint64_t power_factor(uint64_t step) {
  (void)step;
  return 3;
}

static const struct sequence sequences[] = {
    {"factorial", factorial_factor, "", "!"},
    {"power", power_factor, "3^", ""},
};

static const struct sequence *find_sequence(const char *name) {
  for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++) {
    if (strcmp(sequences[i].name, name) == 0) {
      return &sequences[i];
    }
  }
  return NULL;
}

int main(int argc, char **argv) {
  const struct sequence *sequence = argc == 2 ? find_sequence(argv[1]) : NULL;
  if (sequence == NULL) {
    fprintf(stderr, "usage: integer_width factorial|power\n");
    return 2;
  }
  uint64_t step = 0;
  uint64_t value = 1;
  while (value <= UINT64_MAX / sequence->factor(step + 1)) {
    step++;
    value *= sequence->factor(step);
  }
  uint64_t next = value * sequence->factor(step + 1);
  printf("%s%" PRIu64 "%s is exact: %" PRIu64 "\n", sequence->before, step,
         sequence->after, value);
  printf("%s%" PRIu64 "%s wraps around to %" PRIu64 "\n", sequence->before,
         step + 1, sequence->after, next);
  return 0;
}
