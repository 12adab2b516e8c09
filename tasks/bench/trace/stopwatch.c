// Runs a command and writes how long it took, in seconds, to a file.
// usage: stopwatch FILE COMMAND...
#include <stdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec + at.tv_nsec / 1e9;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  double start = now();
  pid_t child = fork();
  if (child == 0) {
    execvp(argv[2], argv + 2);
    _exit(127);
  }
  int status;
  if (child < 0 || waitpid(child, &status, 0) != child) return 1;
  double took = now() - start;
  FILE *file = fopen(argv[1], "w");
  if (file == NULL) return 1;
  fprintf(file, "%.9f\n", took);
  fclose(file);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
