/*
 * Runs TASKS equal tasks on WORKERS threads, and prints the sum of what they
 * compute.
 *
 * Task k multiplies k by the first N factors of Viète's product, which tends to
 * k times pi: a square root and a division for each factor. A thread takes the
 * next task when it is done with one.
 */

#define _POSIX_C_SOURCE 200809L

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct queue {
  uint64_t n;
  uint64_t count;
  _Atomic uint64_t next;
};

struct worker {
  pthread_t thread;
  struct queue *queue;
  double sum;
};

/* Multiplies the task's number by the first n factors. */
static double multiply_factors(uint64_t task, uint64_t n) {
  double root = 0.0;
  double product = 2.0 * (double)task;
  for (uint64_t i = 0; i < n; i++) {
    root = sqrt(2.0 + root);
    product *= 2.0 / root;
  }
  return product;
}

static void *work(void *argument) {
  struct worker *worker = argument;
  struct queue *queue = worker->queue;
  double sum = 0.0;
  for (;;) {
    uint64_t task = atomic_fetch_add(&queue->next, 1);
    if (task > queue->count) {
      break;
    }
    sum += multiply_factors(task, queue->n);
  }
  worker->sum = sum;
  return NULL;
}

static void fail(const char *what, int error) {
  fprintf(stderr, "scaling: %s: %s\n", what, strerror(error));
  exit(1);
}

/* Runs the tasks 1 to count and sums their results. */
static double run_tasks(uint64_t n, uint64_t count, uint64_t workers) {
  struct queue queue = {.n = n, .count = count, .next = 1};
  struct worker *all = calloc(workers, sizeof *all);
  if (all == NULL) {
    fail("workers", errno);
  }
  for (uint64_t k = 0; k < workers; k++) {
    all[k].queue = &queue;
    int error = pthread_create(&all[k].thread, NULL, work, &all[k]);
    if (error != 0) {
      fail("pthread_create", error);
    }
  }

  double sum = 0.0;
  for (uint64_t k = 0; k < workers; k++) {
    int error = pthread_join(all[k].thread, NULL);
    if (error != 0) {
      fail("pthread_join", error);
    }
    sum += all[k].sum;
  }
  free(all);
  return sum;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static bool parse_positive(const char *text, uint64_t *value) {
  /* strtoull would take a minus sign and wrap the number around. */
  if (!isdigit((unsigned char)text[0])) {
    return false;
  }
  char *rest;
  errno = 0;
  *value = strtoull(text, &rest, 10);
  return errno == 0 && *rest == '\0' && *value > 0;
}

int main(int argc, char **argv) {
  uint64_t n;
  uint64_t tasks;
  uint64_t workers;
  if (argc != 4 || !parse_positive(argv[1], &n) ||
      !parse_positive(argv[2], &tasks) || !parse_positive(argv[3], &workers)) {
    fprintf(stderr, "usage: scaling N TASKS WORKERS (whole numbers > 0)\n");
    return 2;
  }
  double start = now();
  double sum = run_tasks(n, tasks, workers);
  double elapsed = now() - start;
  printf("%.17g\ntaskS=%.6f\n", sum, elapsed);
  return 0;
}
