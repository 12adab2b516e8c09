// Opens, reads, and looks for files, with any number of threads: little else but system calls.
// usage: calls ROUNDS THREADS
#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static int rounds;

static void *work(void *unused) {
  char bytes[4096];
  struct stat found;
  for (int i = 0; i < rounds; i++) {
    stat("/usr/lib/no/such/folder/module.so", &found);
    int file = open("/etc/passwd", O_RDONLY | O_CLOEXEC);
    if (file < 0) exit(1);
    while (read(file, bytes, sizeof bytes) > 0) {
    }
    close(file);
    access("/etc/hosts", R_OK);
  }
  return unused;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  rounds = atoi(argv[1]);
  int count = atoi(argv[2]);
  pthread_t threads[256];
  if (count < 1 || count > 256) return 2;
  for (int i = 1; i < count; i++) {
    if (pthread_create(&threads[i], NULL, work, NULL) != 0) return 1;
  }
  work(NULL);
  for (int i = 1; i < count; i++) pthread_join(threads[i], NULL);
  return 0;
}
