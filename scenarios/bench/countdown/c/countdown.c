/*
 * Counts down from N, one at a time, and prints the number that it ends at: 0.
 *
 * With optimisation gcc and clang see that it always ends at 0 and leave no
 * loop.
 */

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Takes one away until nothing is left. */
static uint64_t count_down(uint64_t n) {
  while (n > 0) {
    n--;
  }
  return n;
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
    fprintf(stderr, "usage: countdown N (a whole number)\n");
    return 2;
  }
  printf("%" PRIu64 "\n", count_down(n));
  return 0;
}
