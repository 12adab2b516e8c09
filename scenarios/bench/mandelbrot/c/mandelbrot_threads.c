/*
 * Writes a bitmap (PBM, form P4) of N × N pixels of the square from -1.5 - i to
 * 0.5 + i: a pixel's bit is set if z ← z² + c, taken 50 times from z = 0, stays
 * within a distance of 2 from 0. The rows are shared out among WORKERS threads,
 * each of which takes the next one when it is done.
 *
 * The eight pixels of a byte are iterated side by side, since one pixel alone
 * leaves the processor waiting for each result, and are looked at every seventh
 * time: beyond 2 there is no way back.
 */

#include <ctype.h>
#include <errno.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MAX_SIZE 65536

struct image {
  size_t n;
  size_t row_bytes;
  /* The real part of c for each column. Columns that fill up the last byte are
   * right of the square, where every z escapes. */
  double *columns;
  uint8_t *rows;
  atomic_size_t next_row;
};

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

static void *render_rows(void *argument) {
  struct image *image = argument;
  for (;;) {
    size_t y = atomic_fetch_add(&image->next_row, 1);
    if (y >= image->n) {
      return NULL;
    }
    double ci = 2.0 * (double)y / (double)image->n - 1.0;
    uint8_t *row = &image->rows[y * image->row_bytes];
    for (size_t i = 0; i < image->row_bytes; i++) {
      row[i] = eight_pixels(&image->columns[8 * i], ci);
    }
  }
}

static void fail(const char *what, int error) {
  fprintf(stderr, "mandelbrot_threads: %s: %s\n", what, strerror(error));
  exit(1);
}

static void *allocate(size_t count, size_t size) {
  void *memory = calloc(count, size);
  if (memory == NULL) {
    fail("calloc", errno);
  }
  return memory;
}

static void render(struct image *image, size_t workers) {
  pthread_t *threads = allocate(workers, sizeof *threads);
  for (size_t i = 0; i < workers; i++) {
    int error = pthread_create(&threads[i], NULL, render_rows, image);
    if (error != 0) {
      fail("pthread_create", error);
    }
  }
  for (size_t i = 0; i < workers; i++) {
    int error = pthread_join(threads[i], NULL);
    if (error != 0) {
      fail("pthread_join", error);
    }
  }
  free(threads);
}

static void write_bitmap(FILE *out, size_t n, size_t workers) {
  struct image image = {.n = n, .row_bytes = (n + 7) / 8};
  image.columns = allocate(8 * image.row_bytes, sizeof *image.columns);
  image.rows = allocate(n, image.row_bytes);
  for (size_t x = 0; x < 8 * image.row_bytes; x++) {
    image.columns[x] = 2.0 * (double)x / (double)n - 1.5;
  }
  render(&image, workers);
  fprintf(out, "P4\n%zu %zu\n", n, n);
  fwrite(image.rows, image.row_bytes, n, out);
  if (fflush(out) != 0 || ferror(out)) {
    fail("write", errno);
  }
  free(image.rows);
  free(image.columns);
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
      !parse_whole(argv[2], &workers) || n < 1 || n > MAX_SIZE ||
      workers == 0) {
    fprintf(stderr,
            "usage: mandelbrot_threads N WORKERS"
            " (whole numbers, N 1 to %d, WORKERS > 0)\n",
            MAX_SIZE);
    return 2;
  }
  write_bitmap(stdout, n, workers);
  return 0;
}
