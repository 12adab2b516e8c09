// A thread executes a program.
// usage: exec_thread PROGRAM
#include <pthread.h>
#include <unistd.h>

static void *work(void *program) {
  execl(program, program, (char *)NULL);
  return NULL;
}

int main(int argc, char **argv) {
  pthread_t thread;
  if (argc < 2 || pthread_create(&thread, NULL, work, argv[1]) != 0) return 1;
  pthread_join(thread, NULL);
  return 1;
}
