/*
 * Sums a bit that flips between 0 and 1 on each of N iterations: N / 2, rounded
 * down. The iterations are divided among WORKERS threads, which each sum a part
 * of their own.
 *
 * The bit is a counter that wraps at 2, in every language alike: LLVM solves
 * 1 - flip, flip ^ 1 and (flip + 1) % 2 in advance, and leaves an empty loop.
 */

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct part {
  pthread_t thread;
  uint64_t start;
  uint64_t end;
  uint64_t sum;
};

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

static void *sum_part(void *argument) {
  struct part *part = argument;
  part->sum = sum_flips(part->start, part->end);
  return NULL;
}

static void fail(const char *what, int error) {
  fprintf(stderr, "flipsum_threads: %s: %s\n", what, strerror(error));
  exit(1);
}

/* Divides n iterations among the workers; the first n % workers of them take
 * one more. */
static uint64_t sum_in_parts(uint64_t n, uint64_t workers) {
  struct part *parts = calloc(workers, sizeof *parts);
  if (parts == NULL) {
    fail("parts", errno);
  }
  uint64_t start = 0;
  for (uint64_t k = 0; k < workers; k++) {
    parts[k].start = start;
    parts[k].end = start + n / workers + (k < n % workers);
    start = parts[k].end;
    int error = pthread_create(&parts[k].thread, NULL, sum_part, &parts[k]);
    if (error != 0) {
      fail("pthread_create", error);
    }
  }

  uint64_t sum = 0;
  for (uint64_t k = 0; k < workers; k++) {
    int error = pthread_join(parts[k].thread, NULL);
    if (error != 0) {
      fail("pthread_join", error);
    }
    sum += parts[k].sum;
  }
  free(parts);
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
  uint64_t workers;
  if (argc != 3 || !parse_whole(argv[1], &n) ||
      !parse_whole(argv[2], &workers) || workers == 0) {
    fprintf(stderr, "usage: flipsum_threads N WORKERS"
                    " (whole numbers, WORKERS > 0)\n");
    return 2;
  }
  printf("%" PRIu64 "\n", sum_in_parts(n, workers));
  return 0;
}
