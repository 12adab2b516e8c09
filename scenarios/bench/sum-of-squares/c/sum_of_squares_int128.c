/*
 * Sums the squares of 1 to N, N (N + 1) (2 N + 1) / 6, with integers of 128
 * bits, an extension of gcc and clang.
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
static uint128 sum_squares(uint64_t n) {
  uint128 sum = 0;
  for (uint64_t i = 1; i <= n; i++) {
    sum += (uint128)i * i;
  }
  return sum;
}

/* Prints a number, for which printf has no conversion. */
static void print(uint128 value) {
  char text[40] = {0};
  size_t start = sizeof text - 1;
  do {
    start--;
    text[start] = (char)('0' + (int)(value % 10));
    value /= 10;
  } while (value > 0);
  puts(text + start);
}

static int bits_of(uint128 value) {
  int bits = 0;
  for (; value > 0; value >>= 1) {
    bits++;
  }
  return bits;
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
    fprintf(stderr, "usage: sum_of_squares_int128 N (a whole number)\n");
    return 2;
  }
  uint128 sum = sum_squares(n);
  print(sum);
  if (bits_of(sum) > 63) {
    fprintf(stderr, "sum_of_squares_int128: the sum takes %d bits\n",
            bits_of(sum));
  }
  return 0;
}
