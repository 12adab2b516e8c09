// Many threads that open files at once: by absolute path, by working directory, by a folder's
// descriptor that another thread opened. One of them changes the working directory of all.
// usage: threads FOLDER COUNT
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static int folder;
static const char *name;
static pthread_barrier_t begin, moved;

static void touch(int at, const char *path, int flags) {
  char byte;
  int file = openat(at, path, flags, 0600);
  if (file < 0) exit(1);
  if (read(file, &byte, 1) < 0) exit(1);
  close(file);
}

static void *work(void *argument) {
  char path[64];
  long number = (long)(intptr_t)argument;
  snprintf(path, sizeof path, "own-%ld", number);
  pthread_barrier_wait(&begin);
  for (int round = 0; round < 20; round++) {
    touch(folder, path, O_RDWR | O_CREAT | O_CLOEXEC);
    touch(AT_FDCWD, "/etc/passwd", O_RDONLY);
  }
  if (number == 0 && chdir("below") != 0) exit(1);
  pthread_barrier_wait(&moved);
  touch(AT_FDCWD, "here", O_RDWR | O_CREAT);
  return NULL;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  name = argv[1];
  int count = atoi(argv[2]);
  if (chdir(name) != 0) return 1;
  folder = open(".", O_RDONLY | O_DIRECTORY);
  pthread_t threads[256];
  if (folder < 0 || count < 1 || count > 256) return 2;
  pthread_barrier_init(&begin, NULL, count);
  pthread_barrier_init(&moved, NULL, count);
  for (long i = 1; i < count; i++) {
    if (pthread_create(&threads[i], NULL, work, (void *)(intptr_t)i) != 0) return 1;
  }
  work(0);
  for (int i = 1; i < count; i++) pthread_join(threads[i], NULL);
  return 0;
}
