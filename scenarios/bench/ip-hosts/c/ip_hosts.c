/*
 * Walks every host of each NETWORK and prints the sum of the octets of their
 * addresses.
 */

#define _POSIX_C_SOURCE 200809L

#include <arpa/inet.h>
#include <ctype.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct {
  uint8_t first[16];
  uint8_t last[16];
  int octets; /* 4 or 16 */
  int length; /* How many leading bits all its addresses share. */
} Network;

static bool parse_network(const char *text, Network *network) {
  char address[INET6_ADDRSTRLEN];
  const char *slash = strchr(text, '/');
  if (slash == NULL || (size_t)(slash - text) >= sizeof address ||
      !isdigit((unsigned char)slash[1])) {
    return false;
  }
  memcpy(address, text, (size_t)(slash - text));
  address[slash - text] = '\0';
  int family = strchr(address, ':') == NULL ? AF_INET : AF_INET6;
  network->octets = family == AF_INET ? 4 : 16;
  if (inet_pton(family, address, network->first) != 1) {
    return false;
  }
  char *rest;
  long length = strtol(slash + 1, &rest, 10);
  if (*rest != '\0' || length > 8 * network->octets) {
    return false;
  }
  network->length = (int)length;
  for (int i = 0; i < network->octets; i++) {
    int prefix = network->length - 8 * i;
    int host = 0xff >> (prefix < 0 ? 0 : prefix > 8 ? 8 : prefix);
    if ((network->first[i] & host) != 0) {
      return false;
    }
    network->last[i] = network->first[i] | (uint8_t)host;
  }
  return true;
}

/* Moves an address by one, with a carry from octet to octet. */
static void increment(uint8_t *address, int octets) {
  for (int i = octets - 1; i >= 0 && ++address[i] == 0; i--) {
  }
}

/* Sums the octets of all hosts: all but the network's own address and IPv4's
   broadcast. */
static uint64_t octet_sum(const Network *network) {
  bool reserved = network->length < 8 * network->octets - 1;
  bool broadcast = reserved && network->octets == 4;
  size_t size = (size_t)network->octets;
  uint8_t host[16];
  memcpy(host, network->first, size);
  if (reserved) {
    increment(host, network->octets);
  }
  uint64_t sum = 0;
  for (;;) {
    bool last = memcmp(host, network->last, size) == 0;
    if (last && broadcast) {
      return sum;
    }
    for (int i = 0; i < network->octets; i++) {
      sum += host[i];
    }
    if (last) {
      return sum;
    }
    increment(host, network->octets);
  }
}

static int usage(void) {
  fprintf(stderr, "usage: ip_hosts NETWORK...\n");
  return 2;
}

int main(int argc, char **argv) {
  if (argc < 2) {
    return usage();
  }
  uint64_t sum = 0;
  for (int i = 1; i < argc; i++) {
    Network network;
    if (!parse_network(argv[i], &network)) {
      return usage();
    }
    sum += octet_sum(&network);
  }
  printf("%" PRIu64 "\n", sum);
  return 0;
}
