/*
 * Runs COMMAND and writes the files that it executed or opened to LIST, one
 * path a line, for cold_start. The command is traced with all its threads and
 * children; its output is thrown away. Needs Linux 5.3.
 */

#define _GNU_SOURCE

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MAX_THREADS = 4096, MAX_FILES = 16384, MAX_PATH = 4096 };

/* A thread of the command that is inside of a call that opens a file. */
static pid_t opening[MAX_THREADS];

static char *files[MAX_FILES];
static size_t file_count;

static void fail(const char *what) {
  fprintf(stderr, "list_files: %s: %s\n", what, strerror(errno));
  exit(1);
}

/* Keeps what a link in /proc leads to, if it is a file that can be cached:
 * those of /proc say that they are empty, and those of /sys are made when read.
 */
static void keep_target(const char *link) {
  char path[MAX_PATH];
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) {
    return;
  }
  path[length] = '\0';
  struct stat info;
  if (stat(path, &info) != 0 || !S_ISREG(info.st_mode) || info.st_size == 0 ||
      strncmp(path, "/sys/", 5) == 0 || strchr(path, '\n') != NULL) {
    return;
  }
  for (size_t i = 0; i < file_count; i++) {
    if (strcmp(files[i], path) == 0) {
      return;
    }
  }
  if (file_count < MAX_FILES && (files[file_count] = strdup(path)) != NULL) {
    file_count++;
  }
}

static bool opens_file(unsigned long long call) {
#ifdef SYS_open
  if (call == SYS_open) {
    return true;
  }
#endif
  return call == SYS_openat;
}

static pid_t *find_thread(pid_t thread) {
  for (size_t i = 0; i < MAX_THREADS; i++) {
    if (opening[i] == thread) {
      return &opening[i];
    }
  }
  return NULL;
}

/* Looks at a call that a thread enters or leaves. */
static void see_call(pid_t thread) {
  struct __ptrace_syscall_info info;
  if (ptrace(PTRACE_GET_SYSCALL_INFO, thread, sizeof info, &info) <= 0) {
    return;
  }
  pid_t *known = find_thread(thread);
  if (info.op == PTRACE_SYSCALL_INFO_ENTRY && opens_file(info.entry.nr)) {
    pid_t *slot = known != NULL ? known : find_thread(0);
    if (slot != NULL) {
      *slot = thread;
    }
  } else if (info.op == PTRACE_SYSCALL_INFO_EXIT && known != NULL) {
    *known = 0;
    if (!info.exit.is_error) {
      char link[64];
      snprintf(link, sizeof link, "/proc/%d/fd/%lld", (int)thread,
               (long long)info.exit.rval);
      keep_target(link);
    }
  }
}

/* Looks at why a thread stopped, and tells the signal that it is due. */
static int see_stop(pid_t thread, int status) {
  int stopped_by = WSTOPSIG(status);
  int event = status >> 16;
  if (stopped_by == (SIGTRAP | 0x80)) {
    see_call(thread);
    return 0;
  }
  if (event == PTRACE_EVENT_EXEC) {
    char link[64];
    snprintf(link, sizeof link, "/proc/%d/exe", (int)thread);
    keep_target(link);
  }
  /* New threads begin with SIGSTOP, and so does the command. */
  return event != 0 || stopped_by == SIGSTOP ? 0 : stopped_by;
}

static void be_command(char **command) {
  int null = open("/dev/null", O_RDWR);
  if (null < 0 || dup2(null, 0) < 0 || dup2(null, 1) < 0 ||
      ptrace(PTRACE_TRACEME, 0, NULL, NULL) != 0 || raise(SIGSTOP) != 0) {
    fail("tracing");
  }
  execvp(command[0], command);
  fail(command[0]);
}

/* Runs the command to its end and returns how it ended. */
static int trace(char **command) {
  pid_t child = fork();
  if (child < 0) {
    fail("fork");
  }
  if (child == 0) {
    be_command(command);
  }
  int status;
  if (waitpid(child, &status, 0) != child || !WIFSTOPPED(status)) {
    return status;
  }
  long options = PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD |
                 PTRACE_O_TRACECLONE | PTRACE_O_TRACEFORK |
                 PTRACE_O_TRACEVFORK | PTRACE_O_TRACEEXEC;
  if (ptrace(PTRACE_SETOPTIONS, child, NULL, options) != 0) {
    fail("tracing");
  }
  pid_t thread = child;
  int due = 0;
  int ended = 0;
  for (;;) {
    if (ptrace(PTRACE_SYSCALL, thread, NULL, (long)due) != 0 &&
        errno != ESRCH) {
      fail("tracing");
    }
    do {
      thread = waitpid(-1, &status, __WALL);
      if (thread == child && !WIFSTOPPED(status)) {
        ended = status;
      }
    } while (thread > 0 && !WIFSTOPPED(status));
    if (thread < 0) {
      return ended;
    }
    due = see_stop(thread, status);
  }
}

int main(int argc, char **argv) {
  if (argc < 3) {
    fprintf(stderr, "usage: list_files LIST COMMAND [ARGUMENT...]\n");
    return 2;
  }
  int status = trace(&argv[2]);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    fprintf(stderr, "list_files: %s did not end with 0\n", argv[2]);
    return 1;
  }
  FILE *list = fopen(argv[1], "w");
  if (list == NULL) {
    fail(argv[1]);
  }
  for (size_t i = 0; i < file_count; i++) {
    fprintf(list, "%s\n", files[i]);
  }
  if (fclose(list) != 0) {
    fail(argv[1]);
  }
  return 0;
}
