/* Hands snmpd a column of 10,000 integers, by its protocol "pass_persist". */
#include <stdio.h>
#include <string.h>

#define ROWS 10000
static const char ROOT[] = ".1.3.6.1.4.1.8072.9999.1";

static void none(void) { puts("NONE"); }

static void show(long row) { printf("%s.1.%ld\ninteger\n%ld\n", ROOT, row, row * 7); }

/* The row that is asked for: 0 if the name ends before it, -1 if it is not ours. */
static long row_of(const char *oid) {
  long column = 0, row = 0;
  if (strncmp(oid, ROOT, sizeof ROOT - 1) != 0) return -1;
  int found = sscanf(oid + sizeof ROOT - 1, ".%ld.%ld", &column, &row);
  if (found >= 1 && column > 1) return ROWS;
  return found == 2 ? row : 0;
}

int main(void) {
  char verb[512], oid[512];
  setvbuf(stdout, NULL, _IOFBF, 1 << 16);
  while (fgets(verb, sizeof verb, stdin) != NULL) {
    if (strncmp(verb, "PING", 4) == 0) {
      puts("PONG");
    } else {
      if (fgets(oid, sizeof oid, stdin) == NULL) return 0;
      long row = row_of(oid);
      int next = strncmp(verb, "getnext", 7) == 0;
      if (next && row >= 0) row++;
      if (row < 1 || row > ROWS) none();
      else show(row);
    }
    fflush(stdout);
  }
  return 0;
}
