/*
 * Lists the primes from 1 to N by trial of divisors, and prints how many they
 * are and their sum.
 *
 * Divisors are tried in the same order in every language: 2, then odd ones up
 * to the square root.
 */

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct list {
  uint64_t *numbers;
  size_t length;
  size_t capacity;
};

static void fail(const char *what, int error) {
  fprintf(stderr, "primes: %s: %s\n", what, strerror(error));
  exit(1);
}

static void append(struct list *list, uint64_t number) {
  if (list->length == list->capacity) {
    list->capacity = list->capacity == 0 ? 64 : 2 * list->capacity;
    list->numbers =
        realloc(list->numbers, list->capacity * sizeof *list->numbers);
    if (list->numbers == NULL) {
      fail("list", errno);
    }
  }
  list->numbers[list->length] = number;
  list->length++;
}

/* Tries 2 and the odd divisors up to the square root. */
static bool is_prime(uint64_t candidate) {
  if (candidate < 3 || candidate % 2 == 0) {
    return candidate == 2;
  }
  for (uint64_t divisor = 3; divisor * divisor <= candidate; divisor += 2) {
    if (candidate % divisor == 0) {
      return false;
    }
  }
  return true;
}

/* Lists the primes from start to end - 1. */
static struct list primes_between(uint64_t start, uint64_t end) {
  struct list primes = {0};
  for (uint64_t candidate = start; candidate < end; candidate++) {
    if (is_prime(candidate)) {
      append(&primes, candidate);
    }
  }
  return primes;
}

static uint64_t total(const struct list *list) {
  uint64_t sum = 0;
  for (size_t i = 0; i < list->length; i++) {
    sum += list->numbers[i];
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
    fprintf(stderr, "usage: primes N (a whole number)\n");
    return 2;
  }
  struct list primes = primes_between(1, n + 1);
  printf("%zu %" PRIu64 "\n", primes.length, total(&primes));
  free(primes.numbers);
  return 0;
}
