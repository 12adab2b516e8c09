/*
 * Touches every page of so many MiB and prints what the kernel says is its largest resident set, in
 * KiB (VmHWM of /proc/self/status).
 *
 * touch MEBIBYTES
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int main(int argc, char **argv)
{
    size_t bytes = (argc > 1 ? strtoul(argv[1], NULL, 10) : 0) << 20;
    volatile char *memory = malloc(bytes + 1);
    FILE *status;
    char line[256];
    long kib = -1;

    if (memory == NULL)
        return 1;
    for (size_t i = 0; i <= bytes; i += 4096)
        memory[i] = 1;
    status = fopen("/proc/self/status", "r");
    if (status == NULL)
        return 1;
    while (fgets(line, sizeof line, status) != NULL)
        if (strncmp(line, "VmHWM:", 6) == 0)
            kib = strtol(line + 6, NULL, 10);
    fclose(status);
    printf("%ld\n", kib);
    return kib < 0;
}
