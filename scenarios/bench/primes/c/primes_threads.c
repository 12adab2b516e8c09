/*
 * Lists the primes from 1 to N by trial of divisors, and prints how many they
 * are and their sum.
 *
 * Divisors are tried in the same order in every language: 2, then odd ones up
 * to the square root. Large numbers take longer, so that the WORKERS threads
 * get many parts, one after the other.
 */

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS_PER_WORKER = 16 };

struct list {
  uint64_t *numbers;
  size_t length;
  size_t capacity;
};

static void fail(const char *what, int error) {
  fprintf(stderr, "primes_threads: %s: %s\n", what, strerror(error));
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

/* What the workers share: parts to take, and a list for each. */
struct job {
  uint64_t n;
  uint64_t count;
  atomic_uint_fast64_t next;
  struct list *parts;
};

static uint64_t bound(const struct job *job, uint64_t part) {
  return 1 + job->n * part / job->count;
}

static void *work(void *argument) {
  struct job *job = argument;
  uint64_t part;
  while ((part = atomic_fetch_add(&job->next, 1)) < job->count) {
    job->parts[part] = primes_between(bound(job, part), bound(job, part + 1));
  }
  return NULL;
}

/* Lists the primes from 1 to n, found by the workers. */
static struct list primes_in_parts(uint64_t n, uint64_t workers) {
  struct job job = {.n = n, .count = workers * PARTS_PER_WORKER};
  job.parts = calloc(job.count, sizeof *job.parts);
  pthread_t *threads = calloc(workers, sizeof *threads);
  if (job.parts == NULL || threads == NULL) {
    fail("parts", errno);
  }
  for (uint64_t k = 0; k < workers; k++) {
    int error = pthread_create(&threads[k], NULL, work, &job);
    if (error != 0) {
      fail("pthread_create", error);
    }
  }
  for (uint64_t k = 0; k < workers; k++) {
    int error = pthread_join(threads[k], NULL);
    if (error != 0) {
      fail("pthread_join", error);
    }
  }
  free(threads);

  struct list primes = {0};
  for (uint64_t part = 0; part < job.count; part++) {
    for (size_t i = 0; i < job.parts[part].length; i++) {
      append(&primes, job.parts[part].numbers[i]);
    }
    free(job.parts[part].numbers);
  }
  free(job.parts);
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
  uint64_t workers;
  if (argc != 3 || !parse_whole(argv[1], &n) ||
      !parse_whole(argv[2], &workers) || workers == 0) {
    fprintf(stderr, "usage: primes_threads N WORKERS"
                    " (whole numbers, WORKERS > 0)\n");
    return 2;
  }
  struct list primes = primes_in_parts(n, workers);
  printf("%zu %" PRIu64 "\n", primes.length, total(&primes));
  free(primes.numbers);
  return 0;
}
