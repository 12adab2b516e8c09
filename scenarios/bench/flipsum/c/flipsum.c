/*
 * Sums a bit that flips between 0 and 1 on each of N iterations: N / 2, rounded
 * down.
 *
 * The bit is a counter that wraps at 2, in every language alike: LLVM solves
 * 1 - flip, flip ^ 1 and (flip + 1) % 2 in advance, and leaves an empty loop.
 */

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Sums the bit over the iterations start to end - 1; it is 1 on odd ones. */
static uint64_t sum_flips(uint64_t start, uint64_t end) {
  uint64_t flip = start % 2;
  uint64_t sum = 0;
  for (uint64_t i = start; i < end; i++) {
    sum += flip;
    flip++;
    if (flip == 2) {
      flip = 0;
    }
  }
  return sum;
}

static bool parse_whole(const char *text, uint64_t *value) {
  /* strtoull would take a minus sign and wrap the number around. */
  if (!isdigit((unsigned char)text[0])) {
    return false;
  }
  char *rest;
  errno = 0;
  *value = strtoull(text, &rest, 10);
  return errno == 0 && *rest == '\0';
}

int main(int argc, char **argv) {
  uint64_t n;
  if (argc != 2 || !parse_whole(argv[1], &n)) {
    fprintf(stderr, "usage: flipsum N (a whole number)\n");
    return 2;
  }
  printf("%" PRIu64 "\n", sum_flips(0, n));
  return 0;
}
