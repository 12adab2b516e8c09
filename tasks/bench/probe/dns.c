/*
 * Asks a name server on loopback many times and prints the time of each question in microseconds:
 * dns udp|tcp PORT COUNT QUERY, where QUERY is the message in hexadecimal. Each question has a socket of
 * its own, as a cold probe has; the time runs from before the socket is made to the last byte.
 */
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static double now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static int read_all(int fd, unsigned char *to, size_t size) {
  for (size_t at = 0; at < size;) {
    ssize_t n = recv(fd, to + at, size - at, 0);
    if (n <= 0) return -1;
    at += n;
  }
  return 0;
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  int tcp = strcmp(argv[1], "tcp") == 0;
  unsigned char query[514], answer[65536];
  size_t length = strlen(argv[4]) / 2;
  if (length > 512) return 2;
  for (size_t i = 0; i < length; i++) sscanf(argv[4] + 2 * i, "%2hhx", &query[2 + i]);
  query[0] = length >> 8;
  query[1] = length & 255;
  struct sockaddr_in server = {.sin_family = AF_INET,
                               .sin_port = htons(atoi(argv[2])),
                               .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  for (int i = atoi(argv[3]); i > 0; i--) {
    double start = now();
    int fd = socket(AF_INET, tcp ? SOCK_STREAM : SOCK_DGRAM, 0), one = 1;
    if (tcp) setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    if (connect(fd, (struct sockaddr *)&server, sizeof server) != 0) return 1;
    if (tcp) {
      if (send(fd, query, length + 2, 0) < 0 || read_all(fd, answer, 2) != 0 ||
          read_all(fd, answer + 2, answer[0] << 8 | answer[1]) != 0) return 1;
    } else if (send(fd, query + 2, length, 0) < 0 || recv(fd, answer, sizeof answer, 0) <= 0) {
      return 1;
    }
    printf("%.1f\n", now() - start);
    close(fd);
  }
  return 0;
}
