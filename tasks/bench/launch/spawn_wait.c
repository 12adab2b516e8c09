/*
 * The reference that the launcher is compared with: posix_spawn and wait4, and a look at the clock
 * on both sides. Prints wall time in seconds and peak resident set in KiB, one line a sample.
 *
 * spawn_wait COUNT PROGRAM [ARGUMENT]...
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>

extern char **environ;

static double seconds(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    posix_spawn_file_actions_t actions;
    long count;

    if (argc < 3) {
        fprintf(stderr, "usage: spawn_wait COUNT PROGRAM [ARGUMENT]...\n");
        return 2;
    }
    count = strtol(argv[1], NULL, 10);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
    for (long i = 0; i < count; i++) {
        struct rusage usage;
        double end, start;
        int error, status;
        pid_t pid;

        start = seconds();
        error = posix_spawn(&pid, argv[2], &actions, NULL, argv + 2, environ);
        if (error != 0) {
            fprintf(stderr, "spawn_wait: %s: %s\n", argv[2], strerror(error));
            return 1;
        }
        while (wait4(pid, &status, 0, &usage) < 0 && errno == EINTR)
            ;
        end = seconds();
        printf("%.9f %ld\n", end - start, usage.ru_maxrss);
    }
    posix_spawn_file_actions_destroy(&actions);
    return 0;
}
