/*
 * Does one trivial OPERATION N times, and prints the sum of 1, 2, ..., 7, 0, 1,
 * ... that it makes.
 *
 * - attribute: go to the next of eight structs in a ring, and read its number
 * - call: call a function that returns the next number
 * - lookup: look the next number up in a hash table (hsearch), by one of eight
 *   names
 * - object: make a small struct with the next number on the heap, and keep it
 *   in an array of eight
 * - logic: make an event, hand it to a function that looks up the counter for
 *   the event's name, decides what to add to it and keeps the event
 *
 * The functions that are called are not inlined, so that there is a call. What
 * is kept is freed when the next one takes its place.
 */

#define _XOPEN_SOURCE 700

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <search.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define NOINLINE __attribute__((noinline))

/* hsearch takes keys that are not const. */
static char names[8][5] = {"eth0", "eth1", "eth2", "eth3",
                           "eth4", "eth5", "eth6", "eth7"};

struct node {
  uint64_t position;
  struct node *next;
};

struct event {
  char *name;
  uint64_t position;
};

struct counter {
  uint64_t total;
  uint64_t rounds;
  struct event *last;
};

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static uint64_t access_attributes(uint64_t n) {
  struct node nodes[8];
  for (uint64_t i = 0; i < 8; i++) {
    nodes[i] = (struct node){.position = i, .next = &nodes[(i + 1) % 8]};
  }
  struct node *node = &nodes[0];
  uint64_t total = 0;
  for (uint64_t i = 0; i < n; i++) {
    node = node->next;
    total += node->position;
  }
  return total;
}

NOINLINE static uint64_t step(uint64_t position) { return (position + 1) % 8; }

static uint64_t call_function(uint64_t n) {
  uint64_t position = 0;
  uint64_t total = 0;
  for (uint64_t i = 0; i < n; i++) {
    position = step(position);
    total += position;
  }
  return total;
}

/* Puts the eight names into the process's hash table, each with its value. */
static void enter_names(void *values, size_t size) {
  if (hcreate(16) == 0) {
    fail("hcreate");
  }
  for (size_t i = 0; i < 8; i++) {
    ENTRY entry = {.key = names[i], .data = (char *)values + i * size};
    if (hsearch(entry, ENTER) == NULL) {
      fail("hsearch");
    }
  }
}

static void *find(char *name) {
  return hsearch((ENTRY){.key = name}, FIND)->data;
}

static uint64_t look_up(uint64_t n) {
  uint64_t following[8] = {1, 2, 3, 4, 5, 6, 7, 0};
  enter_names(following, sizeof following[0]);
  uint64_t position = 0;
  uint64_t total = 0;
  for (uint64_t i = 0; i < n; i++) {
    position = *(uint64_t *)find(names[position]);
    total += position;
  }
  hdestroy();
  return total;
}

static void *allocate(size_t size) {
  void *memory = malloc(size);
  if (memory == NULL) {
    fail("malloc");
  }
  return memory;
}

static uint64_t make_objects(uint64_t n) {
  struct node *nodes[8] = {NULL};
  uint64_t position = 0;
  uint64_t total = 0;
  for (uint64_t i = 0; i < n; i++) {
    struct node *node = allocate(sizeof *node);
    *node = (struct node){.position = (position + 1) % 8};
    position = node->position;
    total += position;
    free(nodes[position]);
    nodes[position] = node;
  }
  for (size_t i = 0; i < 8; i++) {
    free(nodes[i]);
  }
  return total;
}

NOINLINE static void handle(struct event *event) {
  struct counter *counter = find(event->name);
  if (event->position == 0) {
    counter->rounds++;
  } else {
    counter->total += event->position;
  }
  free(counter->last);
  counter->last = event;
}

static uint64_t handle_events(uint64_t n) {
  struct counter counters[8] = {{0}};
  enter_names(counters, sizeof counters[0]);
  uint64_t position = 0;
  for (uint64_t i = 0; i < n; i++) {
    position = (position + 1) % 8;
    struct event *event = allocate(sizeof *event);
    *event = (struct event){.name = names[position], .position = position};
    handle(event);
  }
  hdestroy();
  uint64_t total = 0;
  for (size_t i = 0; i < 8; i++) {
    total += counters[i].total;
    free(counters[i].last);
  }
  return total;
}

typedef uint64_t operation_function(uint64_t n);

static const struct {
  const char *name;
  operation_function *run;
} operations[] = {
    {"attribute", access_attributes},
    {"call", call_function},
    {"lookup", look_up},
    {"object", make_objects},
    {"logic", handle_events},
};

static operation_function *parse_operation(const char *text) {
  for (size_t i = 0; i < sizeof operations / sizeof operations[0]; i++) {
    if (strcmp(text, operations[i].name) == 0) {
      return operations[i].run;
    }
  }
  return NULL;
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

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  operation_function *operation = argc == 3 ? parse_operation(argv[1]) : NULL;
  uint64_t n;
  if (operation == NULL || !parse_positive(argv[2], &n)) {
    fprintf(stderr, "usage: trivial OPERATION N (attribute, call, lookup, "
                    "object, logic; a whole number > 0)\n");
    return 2;
  }
  double start = now();
  uint64_t total = operation(n);
  double elapsed = now() - start;
  printf("%" PRIu64 "\noperationUs=%.6f\n", total, elapsed / (double)n * 1e6);
  return 0;
}
