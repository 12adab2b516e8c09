/*
 * Busy for a fixed amount of work, not for a time: as many steps of a xorshift generator as it is
 * told (Marsaglia, "Xorshift RNGs", 2003), and the last number as the result.
 *
 * busy STEPS
 */
#include <inttypes.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    uint64_t steps = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    uint64_t x = 88172645463325252u;

    for (uint64_t i = 0; i < steps; i++) {
        x ^= x << 13;
        x ^= x >> 7;
        x ^= x << 17;
    }
    printf("%" PRIu64 "\n", x);
    return 0;
}
