// A fixed amount of work: steps of Marsaglia's xorshift64, printed so that no compiler can drop them.
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv) {
    uint64_t steps = argc > 1 ? strtoull(argv[1], NULL, 10) : 0;
    uint64_t state = UINT64_C(88172645463325252);
    for (uint64_t i = 0; i < steps; i++) {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
    }
    printf("%" PRIu64 "\n", state);
    return 0;
}
