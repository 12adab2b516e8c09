/*
 * Ports of all of 127/8 for a scan: one that accepts and closes, and one that is silent, since its
 * backlog is full and the kernel drops what comes then. Both are bound to the loopback device. Prints the
 * two ports and accepts until it is ended.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>

static int listen_on(int backlog, int *port) {
  int fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = INADDR_ANY};
  socklen_t size = sizeof address;
  if (setsockopt(fd, SOL_SOCKET, SO_BINDTODEVICE, "lo", 3) != 0 ||
      bind(fd, (struct sockaddr *)&address, size) != 0 || listen(fd, backlog) != 0 ||
      getsockname(fd, (struct sockaddr *)&address, &size) != 0) {
    perror("targets");
    return -1;
  }
  *port = ntohs(address.sin_port);
  return fd;
}

int main(void) {
  int accepting, silent;
  int fd = listen_on(4096, &accepting);
  if (fd < 0 || listen_on(0, &silent) < 0) return 1;
  for (int i = 0; i < 4; i++) {
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons(silent),
                                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    connect(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0), (struct sockaddr *)&address,
            sizeof address);
  }
  printf("%d %d\n", accepting, silent);
  fflush(stdout);
  for (;;) {
    int connection = accept(fd, NULL, NULL);
    if (connection >= 0) close(connection);
  }
}
