/*
 * Evicts the files in LIST from the page cache, then runs COMMAND, and prints
 * how long it took from start to end (coldS) and how much of the files was
 * cached all the same when it started (stillCachedPercent).
 *
 * A page that another process has mapped can't be evicted: the C library's
 * stay. So do the names of files, and what a host keeps of a virtual machine's
 * disk.
 */

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

struct pages {
  size_t all;
  size_t cached;
};

static void fail(const char *what, int error) {
  fprintf(stderr, "cold_start: %s: %s\n", what, strerror(error));
  exit(1);
}

/* The kernel tells what is cached of a file only to those who may write it; for
 * others it is as if all of it were. */
static bool may_ask(const char *path, const struct stat *info) {
  return info->st_uid == geteuid() || access(path, W_OK) == 0;
}

/* Adds the pages of an open file, and how many of them are cached. */
static void count_pages(int file, size_t size, struct pages *pages) {
  size_t page = (size_t)sysconf(_SC_PAGESIZE);
  size_t count = (size + page - 1) / page;
  unsigned char *cached = malloc(count);
  /* A mapping that is not read loads nothing. */
  void *map = mmap(NULL, size, PROT_READ, MAP_SHARED, file, 0);
  if (cached == NULL || map == MAP_FAILED || mincore(map, size, cached) != 0) {
    fail("mincore", errno);
  }
  pages->all += count;
  for (size_t i = 0; i < count; i++) {
    pages->cached += cached[i] & 1;
  }
  munmap(map, size);
  free(cached);
}

static void evict(const char *path, struct pages *pages) {
  int file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat info;
  if (file < 0 || fstat(file, &info) != 0) {
    /* It may have come and gone while the files were listed. */
    if (errno == ENOENT) {
      return;
    }
    fail(path, errno);
  }
  /* Pages that are not written yet would stay: after a build, for instance.
   * Where this fails they do, and count as cached. */
  sync_file_range(file, 0, 0,
                  SYNC_FILE_RANGE_WAIT_BEFORE | SYNC_FILE_RANGE_WRITE |
                      SYNC_FILE_RANGE_WAIT_AFTER);
  int error = posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
  if (error != 0) {
    fail(path, error);
  }
  if (info.st_size > 0 && may_ask(path, &info)) {
    count_pages(file, (size_t)info.st_size, pages);
  }
  close(file);
}

static struct pages evict_all(const char *list) {
  FILE *paths = fopen(list, "r");
  if (paths == NULL) {
    fail(list, errno);
  }
  struct pages pages = {0};
  char *path = NULL;
  size_t capacity = 0;
  ssize_t length;
  while ((length = getline(&path, &capacity, paths)) > 0) {
    path[strcspn(path, "\n")] = '\0';
    evict(path, &pages);
  }
  free(path);
  fclose(paths);
  return pages;
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: cold_start LIST COMMAND [ARGUMENT...]\n");
    return 2;
  }
  char **command = &argv[2];
  struct pages pages = evict_all(argv[1]);
  double start = now();
  pid_t child;
  int error = posix_spawnp(&child, command[0], NULL, NULL, command, environ);
  if (error != 0) {
    fail(command[0], error);
  }
  int status;
  if (waitpid(child, &status, 0) != child) {
    fail("waitpid", errno);
  }
  double elapsed = now() - start;
  if (!WIFEXITED(status)) {
    fprintf(stderr, "cold_start: %s was ended by a signal\n", command[0]);
    return 1;
  }
  if (WEXITSTATUS(status) != 0) {
    return WEXITSTATUS(status);
  }
  printf("coldS=%.6f\n", elapsed);
  if (pages.all > 0) {
    double percent = 100.0 * (double)pages.cached / (double)pages.all;
    printf("stillCachedPercent=%.1f\n", percent);
  }
  return 0;
}
