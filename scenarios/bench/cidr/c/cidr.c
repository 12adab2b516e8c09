/*
 * Looks addresses up among prefixes, and collapses and subtracts prefixes, with
 * the standard library.
 *
 * Prints how many of LOOKUPS addresses are in one of PREFIXES prefixes with the
 * sum of what the longest ones stand for, then the number of prefixes after
 * collapsing them and after taking others away, each with the sum of their
 * addresses and lengths.
 *
 * The table is a binary trie, as the library has no hash table.
 */

#define _POSIX_C_SOURCE 200809L

#include <ctype.h>
#include <errno.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

typedef struct {
  uint32_t network;
  int length;
} Prefix;

/* All addresses from the first up to the end, which it has not. */
typedef struct {
  uint64_t first;
  uint64_t end;
} Span;

typedef struct {
  Prefix *items;
  size_t count;
  size_t capacity;
} Prefixes;

typedef struct {
  Span *items;
  size_t count;
  size_t capacity;
} Spans;

/* A node for some leading bits; 0 stands for no child and for no value. */
typedef struct {
  uint32_t children[2];
  uint32_t value;
} Node;

typedef struct {
  Node *nodes; /* The first is the root. */
  size_t count;
  size_t capacity;
} Table;

static void *allocate(void *old, size_t count, size_t size) {
  void *memory = count > SIZE_MAX / size ? NULL : realloc(old, count * size);
  if (memory == NULL && count > 0) {
    fprintf(stderr, "cidr: no memory for %zu items\n", count);
    exit(EXIT_FAILURE);
  }
  return memory;
}

/* The capacity for one item more, doubled when there is no room. */
static size_t grown(size_t count, size_t capacity) {
  return count < capacity ? capacity : capacity == 0 ? 64 : 2 * capacity;
}

static void push_span(Spans *spans, uint64_t first, uint64_t end) {
  size_t capacity = grown(spans->count, spans->capacity);
  if (capacity != spans->capacity) {
    spans->items = allocate(spans->items, capacity, sizeof *spans->items);
    spans->capacity = capacity;
  }
  spans->items[spans->count++] = (Span){first, end};
}

static void push_prefix(Prefixes *prefixes, Prefix prefix) {
  size_t capacity = grown(prefixes->count, prefixes->capacity);
  if (capacity != prefixes->capacity) {
    prefixes->items =
        allocate(prefixes->items, capacity, sizeof *prefixes->items);
    prefixes->capacity = capacity;
  }
  prefixes->items[prefixes->count++] = prefix;
}

static uint32_t push_node(Table *table) {
  size_t capacity = grown(table->count, table->capacity);
  if (capacity != table->capacity) {
    table->nodes = allocate(table->nodes, capacity, sizeof *table->nodes);
    table->capacity = capacity;
  }
  table->nodes[table->count] = (Node){0};
  return (uint32_t)table->count++;
}

static Table make_table(const Prefixes *prefixes) {
  Table table = {0};
  push_node(&table);
  for (size_t i = 0; i < prefixes->count; i++) {
    Prefix prefix = prefixes->items[i];
    uint32_t node = 0;
    for (int depth = 0; depth < prefix.length; depth++) {
      int bit = prefix.network >> (31 - depth) & 1;
      uint32_t child = table.nodes[node].children[bit];
      if (child == 0) {
        child = push_node(&table);
        table.nodes[node].children[bit] = child;
      }
      node = child;
    }
    table.nodes[node].value = (uint32_t)i + 1;
  }
  return table;
}

/* Returns what the longest prefix stands for that an address is in, or 0. */
static uint32_t find(const Table *table, uint32_t address) {
  const Node *node = table->nodes;
  uint32_t value = node->value;
  for (int shift = 31; shift >= 0; shift--) {
    uint32_t child = node->children[address >> shift & 1];
    if (child == 0) {
      break;
    }
    node = table->nodes + child;
    if (node->value != 0) {
      value = node->value;
    }
  }
  return value;
}

static int by_first(const void *a, const void *b) {
  uint64_t first = ((const Span *)a)->first;
  uint64_t second = ((const Span *)b)->first;
  return (first > second) - (first < second);
}

/* Sorts prefixes into spans that neither overlap nor touch. */
static Spans collapse(const Prefixes *prefixes) {
  Spans spans = {0};
  for (size_t i = 0; i < prefixes->count; i++) {
    Prefix prefix = prefixes->items[i];
    uint64_t first = prefix.network;
    push_span(&spans, first, first + (UINT64_C(1) << (32 - prefix.length)));
  }
  qsort(spans.items, spans.count, sizeof *spans.items, by_first);
  size_t merged = 0;
  for (size_t i = 0; i < spans.count; i++) {
    Span next = spans.items[i];
    if (merged > 0 && next.first <= spans.items[merged - 1].end) {
      if (next.end > spans.items[merged - 1].end) {
        spans.items[merged - 1].end = next.end;
      }
    } else {
      spans.items[merged++] = next;
    }
  }
  spans.count = merged;
  return spans;
}

/* Returns what is left of collapsed spans without collapsed holes. */
static Spans subtract(const Spans *spans, const Spans *holes) {
  Spans left = {0};
  const Span *hole = holes->items;
  const Span *last = holes->items + holes->count;
  for (size_t i = 0; i < spans->count; i++) {
    uint64_t first = spans->items[i].first;
    uint64_t end = spans->items[i].end;
    while (hole < last && hole->end <= first) {
      hole++;
    }
    for (; hole < last && hole->first < end; hole++) {
      if (first < hole->first) {
        push_span(&left, first, hole->first);
      }
      first = hole->end;
      if (hole->end > end) {
        break;
      }
    }
    if (first < end) {
      push_span(&left, first, end);
    }
  }
  return left;
}

/* Splits spans into the least number of prefixes. */
static Prefixes prefixes_of(const Spans *spans) {
  Prefixes prefixes = {0};
  for (size_t i = 0; i < spans->count; i++) {
    uint64_t first = spans->items[i].first;
    uint64_t end = spans->items[i].end;
    while (first < end) {
      uint64_t size = UINT64_C(1) << 32;
      int length = 0;
      while (first % size != 0 || size > end - first) {
        size /= 2;
        length++;
      }
      push_prefix(&prefixes, (Prefix){(uint32_t)first, length});
      first += size;
    }
  }
  return prefixes;
}

/* Marsaglia's 32-bit xorshift, the same in all languages. */
static uint32_t next_number(void) {
  static uint32_t x = UINT32_C(2463534242);
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  return x;
}

/* Keeps the leading bits of a number. */
static Prefix to_prefix(uint32_t number, int length) {
  return (Prefix){number >> (32 - length) << (32 - length), length};
}

/* Makes prefixes of 14 to 24 bits, holes in them, and addresses in and near
   them. */
static void make_input(size_t lookups, size_t count, Prefixes *prefixes,
                       Prefixes *holes, uint32_t *addresses) {
  for (size_t i = 0; i < count; i++) {
    int length = 14 + (int)(next_number() % 11);
    push_prefix(prefixes, to_prefix(next_number(), length));
  }
  for (size_t i = 0; i < count; i++) {
    Prefix prefix = prefixes->items[next_number() % count];
    int length = prefix.length + 1 + (int)(next_number() % 4);
    uint32_t number = prefix.network | next_number() >> prefix.length;
    push_prefix(holes, to_prefix(number, length));
  }
  for (size_t i = 0; i < lookups; i++) {
    Prefix prefix = prefixes->items[next_number() % count];
    addresses[i] = prefix.network ^ next_number() >> (prefix.length - 2);
  }
}

static void describe(const char *name, const Prefixes *prefixes) {
  uint64_t sum = 0;
  for (size_t i = 0; i < prefixes->count; i++) {
    sum += prefixes->items[i].network + (uint64_t)prefixes->items[i].length;
  }
  printf("%s %zu sum %" PRIu64 "\n", name, prefixes->count, sum);
}

static double seconds(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static void run(size_t lookups, size_t count) {
  Prefixes prefixes = {0};
  Prefixes holes = {0};
  uint32_t *addresses = allocate(NULL, lookups, sizeof *addresses);
  make_input(lookups, count, &prefixes, &holes, addresses);

  double start = seconds();
  Table table = make_table(&prefixes);
  double built = seconds();
  size_t found = 0;
  uint64_t sum = 0;
  for (size_t i = 0; i < lookups; i++) {
    uint32_t value = find(&table, addresses[i]);
    if (value != 0) {
      found++;
      sum += value;
    }
  }
  double looked_up = seconds();
  Spans spans = collapse(&prefixes);
  Prefixes collapsed = prefixes_of(&spans);
  double merged = seconds();
  Spans gaps = collapse(&holes);
  Spans rest = subtract(&spans, &gaps);
  Prefixes left = prefixes_of(&rest);
  double end = seconds();

  printf("found %zu sum %" PRIu64 "\n", found, sum);
  describe("collapsed", &collapsed);
  describe("left", &left);
  printf("buildMs=%.17g\n", (built - start) * 1e3);
  printf("lookupNs=%.17g\n",
         (looked_up - built) / (double)(lookups > 0 ? lookups : 1) * 1e9);
  printf("collapseMs=%.17g\n", (merged - looked_up) * 1e3);
  printf("subtractMs=%.17g\n", (end - merged) * 1e3);

  free(addresses);
  free(prefixes.items);
  free(holes.items);
  free(table.nodes);
  free(spans.items);
  free(collapsed.items);
  free(gaps.items);
  free(rest.items);
  free(left.items);
}

static bool parse_whole(const char *text, size_t *value) {
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
  size_t lookups;
  size_t count;
  if (argc != 3 || !parse_whole(argv[1], &lookups) ||
      !parse_whole(argv[2], &count) || count < 1) {
    fprintf(stderr, "usage: cidr LOOKUPS PREFIXES (whole numbers)\n");
    return 2;
  }
  run(lookups, count);
  return 0;
}
