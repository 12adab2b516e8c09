/*
 * Appends the numbers 0 to N - 1 to an array, one at a time, and prints their
 * sum.
 *
 * An array that is full is reallocated with twice the capacity; pages that are
 * not written to yet take no memory.
 */

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct array {
  uint64_t *numbers;
  size_t length;
  size_t capacity;
};

static void append(struct array *array, uint64_t number) {
  if (array->length == array->capacity) {
    size_t capacity = array->capacity == 0 ? 4 : 2 * array->capacity;
    size_t size = sizeof *array->numbers;
    uint64_t *numbers = capacity > SIZE_MAX / size
                            ? NULL
                            : realloc(array->numbers, capacity * size);
    if (numbers == NULL) {
      fprintf(stderr, "growing_array: %zu numbers: %s\n", capacity,
              strerror(ENOMEM));
      exit(1);
    }
    array->numbers = numbers;
    array->capacity = capacity;
  }
  array->numbers[array->length] = number;
  array->length++;
}

/* Appends one number after the other. */
static struct array grow(uint64_t n) {
  struct array array = {0};
  for (uint64_t number = 0; number < n; number++) {
    append(&array, number);
  }
  return array;
}

static uint64_t total(const struct array *array) {
  uint64_t sum = 0;
  for (size_t i = 0; i < array->length; i++) {
    sum += array->numbers[i];
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
    fprintf(stderr, "usage: growing_array N (a whole number)\n");
    return 2;
  }
  struct array array = grow(n);
  printf("%" PRIu64 "\n", total(&array));
  free(array.numbers);
  return 0;
}
