/*
 * Sums the squares of 1 to N: N (N + 1) (2 N + 1) / 6.
 *
 * Overflow of signed integers is undefined in C, so that this is a sum of
 * unsigned ones, which wrap around at 2 to the power of 64 without a word; the
 * program compares it with the formula afterwards.
 */

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

__extension__ typedef unsigned __int128 uint128;

/* Sums the squares of 1 to n. */
static uint64_t sum_squares(uint64_t n) {
  uint64_t sum = 0;
  for (uint64_t i = 1; i <= n; i++) {
    sum += i * i;
  }
  return sum;
}

/* What the sum is; for N up to 5e12, beyond which 128 bits would not do. */
static uint128 formula(uint128 n) { return n * (n + 1) * (2 * n + 1) / 6; }

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
    fprintf(stderr, "usage: sum_of_squares N (a whole number)\n");
    return 2;
  }
  uint64_t sum = sum_squares(n);
  printf("%" PRIu64 "\n", sum);
  if (formula(n) != sum) {
    fprintf(stderr, "sum_of_squares: the sum wrapped around\n");
  }
  return 0;
}
