/**
 * Sums a bit that flips between 0 and 1 on each of N iterations: N / 2, rounded down.
 *
 * <p>The bit is a counter that wraps at 2, in every language alike: LLVM solves {@code 1 - flip},
 * {@code flip ^ 1} and {@code (flip + 1) % 2} ahead of time, and leaves an empty loop.
 */
public final class Flipsum {
    private Flipsum() {}

    /** Sums the bit over the iterations from start up to end; it is 1 on the odd ones. */
    private static long sumFlips(long start, long end) {
        long flip = start % 2;
        long sum = 0;
        for (long i = start; i < end; i++) {
            sum += flip;
            flip++;
            if (flip == 2) {
                flip = 0;
            }
        }
        return sum;
    }

    public static void main(String[] args) {
        long n;
        try {
            n = parseArgs(args);
        } catch (IllegalArgumentException e) {
            System.err.println("Flipsum: " + e.getMessage() + "\nusage: Flipsum N");
            System.exit(2);
            return;
        }
        System.out.println(sumFlips(0, n));
    }

    private static long parseArgs(String[] args) {
        if (args.length != 1) {
            throw new IllegalArgumentException("expected 1 argument, found " + args.length);
        }
        long n = Long.parseLong(args[0]);
        if (n < 0) {
            throw new IllegalArgumentException("N is " + n + ", expected at least 0");
        }
        return n;
    }
}
