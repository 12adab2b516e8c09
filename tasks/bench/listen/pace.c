/*
 * Sends NetFlow v9 or syslog to a port of loopback at an even pace.
 *
 * pace netflow|syslog PORT RECORDS_A_SECOND SECONDS [PER_DATAGRAM]
 *
 * It looks at the clock every half millisecond and sends what is due; it prints how many records were
 * sent and how long that took.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define TICK_NS 500000

static uint8_t *put(uint8_t *at, uint64_t value, int bytes) {
  for (int i = bytes - 1; i >= 0; i--, value >>= 8) at[i] = (uint8_t)value;
  return at + bytes;
}

/* Element and bytes of a usual record: 45 bytes. */
static const int FIELDS[][2] = {{8, 4},  {12, 4}, {15, 4}, {10, 2}, {14, 2}, {2, 4},  {1, 4},
                                {22, 4}, {21, 4}, {7, 2},  {11, 2}, {6, 1},  {4, 1},  {5, 1},
                                {16, 2}, {17, 2}, {9, 1},  {13, 1}};
#define FIELD_COUNT ((int)(sizeof FIELDS / sizeof FIELDS[0]))

static uint8_t *netflow_header(uint8_t *at, int count, uint32_t sequence) {
  at = put(at, 9, 2);
  at = put(at, (uint64_t)count, 2);
  at = put(at, 100000, 4);
  at = put(at, (uint64_t)time(NULL), 4);
  at = put(at, sequence, 4);
  return put(at, 1, 4);
}

static size_t netflow_template(uint8_t *packet, uint32_t sequence) {
  uint8_t *at = netflow_header(packet, 1, sequence);
  at = put(put(at, 0, 2), (uint64_t)(8 + FIELD_COUNT * 4), 2);
  at = put(put(at, 256, 2), FIELD_COUNT, 2);
  for (int i = 0; i < FIELD_COUNT; i++) {
    at = put(put(at, (uint64_t)FIELDS[i][0], 2), (uint64_t)FIELDS[i][1], 2);
  }
  return (size_t)(at - packet);
}

static size_t netflow_data(uint8_t *packet, int count, uint32_t sequence, uint64_t first) {
  uint8_t *at = netflow_header(packet, count, sequence);
  uint8_t *set = at;
  at += 4;
  for (int n = 0; n < count; n++) {
    uint64_t record = first + (uint64_t)n;
    for (int i = 0; i < FIELD_COUNT; i++) {
      at = put(at, record * 2654435761u + (uint64_t)i * 40503u, FIELDS[i][1]);
    }
  }
  while ((at - set) % 4 != 0) *at++ = 0;
  put(put(set, 256, 2), (uint64_t)(at - set), 2);
  return (size_t)(at - packet);
}

static size_t syslog_message(char *packet, size_t size, uint64_t number) {
  return (size_t)snprintf(packet, size,
                          "<134>1 2026-11-21T12:00:00.%06luZ r%lu.example.net ifmgr %lu LINK "
                          "[origin@32473 ip=\"192.0.2.1\"] Interface Ethernet1/%lu, changed state to up",
                          (unsigned long)(number % 1000000), (unsigned long)(number % 50),
                          (unsigned long)(number % 30000), (unsigned long)(number % 48));
}

static int64_t now_ns(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (int64_t)time.tv_sec * 1000000000 + time.tv_nsec;
}

int main(int argc, char **argv) {
  if (argc < 5) {
    fprintf(stderr, "usage: pace netflow|syslog PORT RATE SECONDS [PER_DATAGRAM]\n");
    return 2;
  }
  int flows = strcmp(argv[1], "netflow") == 0;
  double rate = atof(argv[3]), seconds = atof(argv[4]);
  int per = flows ? (argc > 5 ? atoi(argv[5]) : 30) : 1;
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(argv[2]))};
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  int fd = socket(AF_INET, SOCK_DGRAM, 0);
  if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) return 1;

  static uint8_t packet[65536];
  uint32_t sequence = 0;
  uint64_t total = (uint64_t)(rate * seconds), sent = 0;
  if (flows) {
    size_t size = netflow_template(packet, sequence++);
    if (send(fd, packet, size, 0) < 0) return 1;
  }
  int64_t start = now_ns(), next = start;
  while (sent < total) {
    uint64_t due = (uint64_t)((double)(now_ns() - start) * 1e-9 * rate);
    if (due > total) due = total;
    while (sent + (uint64_t)per <= due || (due == total && sent < total)) {
      int count = total - sent < (uint64_t)per ? (int)(total - sent) : per;
      size_t size = flows ? netflow_data(packet, count, sequence++, sent)
                          : syslog_message((char *)packet, sizeof packet, sent);
      if (send(fd, packet, size, 0) < 0) return 1;
      sent += (uint64_t)count;
    }
    next += TICK_NS;
    struct timespec until = {next / 1000000000, next % 1000000000};
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &until, NULL);
  }
  printf("%lu %.3f\n", (unsigned long)sent, (double)(now_ns() - start) * 1e-9);
  return 0;
}
