/*
 * Writes a bitmap (PBM, form P4) of N × N pixels of the square from -1.5 - i to
 * 0.5 + i: a pixel's bit is set if z ← z² + c, taken 50 times from z = 0, stays
 * within a distance of 2 from 0.
 *
 * The eight pixels of a byte are iterated side by side, since one pixel alone
 * leaves the processor waiting for each result, and are looked at every seventh
 * time: beyond 2 there is no way back.
 */

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#define MAX_SIZE 65536

/* The real part of c for each column. Columns that fill up the last byte are
 * right of the square, where every z escapes. */
static double *make_columns(size_t n) {
  size_t count = (n + 7) / 8 * 8;
  double *columns = malloc(count * sizeof *columns);
  if (columns == NULL) {
    return NULL;
  }
  for (size_t x = 0; x < count; x++) {
    columns[x] = 2.0 * (double)x / (double)n - 1.5;
  }
  return columns;
}

/* The bits of eight pixels in the row at ci. The first z is c, so 49 times are
 * left. */
static uint8_t eight_pixels(const double cr[8], double ci) {
  double zr[8];
  double zi[8];
  for (int k = 0; k < 8; k++) {
    zr[k] = cr[k];
    zi[k] = ci;
  }
  unsigned bits = 0;
  for (int i = 0; i < 7; i++) {
    for (int j = 0; j < 7; j++) {
      for (int k = 0; k < 8; k++) {
        double re = zr[k];
        double im = zi[k];
        zr[k] = re * re - im * im + cr[k];
        zi[k] = 2.0 * re * im + ci;
      }
    }
    bits = 0;
    for (int k = 0; k < 8; k++) {
      bits = bits << 1 | (zr[k] * zr[k] + zi[k] * zi[k] <= 4.0);
    }
    if (bits == 0) {
      break;
    }
  }
  return (uint8_t)bits;
}

/* Writes row by row; false, with errno set, if that fails. */
static bool write_bitmap(FILE *out, size_t n) {
  double *columns = make_columns(n);
  if (columns == NULL) {
    return false;
  }
  fprintf(out, "P4\n%zu %zu\n", n, n);
  for (size_t y = 0; y < n; y++) {
    double ci = 2.0 * (double)y / (double)n - 1.0;
    for (size_t x = 0; x < n; x += 8) {
      putc(eight_pixels(&columns[x], ci), out);
    }
  }
  free(columns);
  return fflush(out) == 0 && !ferror(out);
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
  if (argc != 2 || !parse_whole(argv[1], &n) || n < 1 || n > MAX_SIZE) {
    fprintf(stderr, "usage: mandelbrot N (a whole number, 1 to %d)\n",
            MAX_SIZE);
    return 2;
  }
  if (!write_bitmap(stdout, n)) {
    perror("mandelbrot");
    return 1;
  }
  return 0;
}
