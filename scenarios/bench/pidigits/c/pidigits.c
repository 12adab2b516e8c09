/*
 * Prints N digits of pi, ten on a line, step by step as they become certain.
 *
 * Gibbons' unbounded spigot (2006): pi is the limit of (4 q + r) / t and
 * (3 q + r) / t, each term of a series brings them closer, and a digit is
 * certain once both begin with it. It is then taken off, and the rest
 * multiplied by 10. The second quotient costs GMP less than a remainder would:
 * for a short one it divides the leading limbs alone.
 */

#include <ctype.h>
#include <errno.h>
#include <gmp.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* Gives the digits of pi one by one, without end. */
struct spigot {
  mpz_t q, r, t;
  unsigned long k;
  mpz_t sum, quotient; /* kept for their memory */
};

static void spigot_init(struct spigot *s) {
  mpz_init_set_ui(s->q, 1);
  mpz_init_set_ui(s->r, 0);
  mpz_init_set_ui(s->t, 1);
  mpz_inits(s->sum, s->quotient, NULL);
  s->k = 0;
}

static void spigot_clear(struct spigot *s) {
  mpz_clears(s->q, s->r, s->t, s->sum, s->quotient, NULL);
}

static void add_term(struct spigot *s) {
  s->k++;
  mpz_addmul_ui(s->r, s->q, 2);
  mpz_mul_ui(s->r, s->r, 2 * s->k + 1);
  mpz_mul_ui(s->t, s->t, 2 * s->k + 1);
  mpz_mul_ui(s->q, s->q, s->k);
}

static unsigned long sum_by_t(struct spigot *s) {
  mpz_tdiv_q(s->quotient, s->sum, s->t);
  return mpz_get_ui(s->quotient);
}

static unsigned long next_digit(struct spigot *s) {
  unsigned long digit;
  for (;;) {
    add_term(s);
    if (mpz_cmp(s->q, s->t) >= 0) {
      continue; /* the two are 1 or more apart */
    }
    mpz_mul_ui(s->sum, s->q, 3);
    mpz_add(s->sum, s->sum, s->r);
    digit = sum_by_t(s);
    mpz_add(s->sum, s->sum, s->q);
    if (sum_by_t(s) == digit) {
      break;
    }
  }
  mpz_submul_ui(s->r, s->t, digit);
  mpz_mul_ui(s->r, s->r, 10);
  mpz_mul_ui(s->q, s->q, 10);
  return digit;
}

static void print_digits(uint64_t n) {
  struct spigot digits;
  spigot_init(&digits);
  char line[11];
  int length = 0;
  for (uint64_t i = 1; i <= n; i++) {
    line[length++] = (char)('0' + next_digit(&digits));
    if (length == 10 || i == n) {
      line[length] = '\0';
      printf("%-10s\t:%" PRIu64 "\n", line, i);
      length = 0;
    }
  }
  spigot_clear(&digits);
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
  if (argc != 2 || !parse_whole(argv[1], &n) || n < 1) {
    fprintf(stderr, "usage: pidigits N (a whole number > 0)\n");
    return 2;
  }
  print_digits(n);
  return 0;
}
