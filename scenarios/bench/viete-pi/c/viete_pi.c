/*
 * Approaches pi by Viète's product of N square roots (1593):
 *
 * 2 / pi = √2 / 2 · √(2 + √2) / 2 · √(2 + √(2 + √2)) / 2 · ...
 *
 * After some 26 factors a double has no room for more; the rest are there to be
 * timed.
 */

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Divides 2 by the product of n factors. */
static double viete_pi(uint64_t n) {
  double root = 0.0;
  double product = 1.0;
  for (uint64_t i = 0; i < n; i++) {
    root = sqrt(2.0 + root);
    product *= root / 2.0;
  }
  return 2.0 / product;
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
    fprintf(stderr, "usage: viete_pi N (a whole number)\n");
    return 2;
  }
  printf("%.15f\n", viete_pi(n));
  return 0;
}
