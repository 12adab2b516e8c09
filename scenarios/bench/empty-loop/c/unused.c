/*
 * Moves the hand of a clock by 5 hours on each of N iterations, and throws the
 * hour away; used.c has the same loop and prints it.
 *
 * With optimisation gcc and clang leave nothing of the loop.
 */

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Moves the hand n times, from 0 on. */
static uint64_t move_hand(uint64_t n) {
  uint64_t hour = 0;
  for (uint64_t i = 0; i < n; i++) {
    hour = (hour + 5) % 12;
  }
  return hour;
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
    fprintf(stderr, "usage: unused N (a whole number)\n");
    return 2;
  }
  move_hand(n);
  puts("done");
  return 0;
}
