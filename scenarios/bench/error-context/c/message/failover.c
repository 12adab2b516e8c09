/*
 * Connects to the PRIMARY router or else to the BACKUP; each dial that
 * fails is told with its address.
 */

#define _POSIX_C_SOURCE 200809L

#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <netinet/in.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Opens a connection; -1 after a message if that fails. */
static int dial(const char *role, const struct sockaddr_in *address) {
  char host[INET_ADDRSTRLEN];
  inet_ntop(AF_INET, &address->sin_addr, host, sizeof host);
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  if (connection < 0) {
    fprintf(stderr, "failover: socket: %s\n", strerror(errno));
    return -1;
  }
  if (connect(connection, (const struct sockaddr *)address, sizeof *address) <
      0) {
    fprintf(stderr, "failover: dial %s router %s:%d: %s\n", role, host,
            ntohs(address->sin_port), strerror(errno));
    close(connection);
    return -1;
  }
  return connection;
}

static bool parse_address(const char *text, struct sockaddr_in *address) {
  const char *colon = strrchr(text, ':');
  char host[INET_ADDRSTRLEN];
  if (colon == NULL || (size_t)(colon - text) >= sizeof host ||
      !isdigit((unsigned char)colon[1])) {
    return false;
  }
  memcpy(host, text, (size_t)(colon - text));
  host[colon - text] = '\0';
  char *rest;
  long port = strtol(colon + 1, &rest, 10);
  if (*rest != '\0' || port < 1 || port > 65535) {
    return false;
  }
  memset(address, 0, sizeof *address);
  address->sin_family = AF_INET;
  address->sin_port = htons((in_port_t)port);
  return inet_pton(AF_INET, host, &address->sin_addr) == 1;
}

int main(int argc, char **argv) {
  struct sockaddr_in primary;
  struct sockaddr_in backup;
  if (argc != 3 || !parse_address(argv[1], &primary) ||
      !parse_address(argv[2], &backup)) {
    fprintf(stderr, "usage: failover PRIMARY BACKUP (each ADDRESS:PORT)\n");
    return 2;
  }
  const char *address = argv[1];
  int connection = dial("primary", &primary);
  if (connection < 0) {
    address = argv[2];
    connection = dial("backup", &backup);
  }
  if (connection < 0) {
    return EXIT_FAILURE;
  }
  printf("connected to %s\n", address);
  close(connection);
  return EXIT_SUCCESS;
}
