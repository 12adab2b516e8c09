/** Counts down from N, one at a time, and prints the number that it ends at: 0. */
public final class Countdown {
    private Countdown() {}

    /** Takes one away until nothing is left. */
    private static long countDown(long n) {
        while (n > 0) {
            n--;
        }
        return n;
    }

    public static void main(String[] args) {
        long n;
        try {
            n = parseArgs(args);
        } catch (IllegalArgumentException e) {
            System.err.println("Countdown: " + e.getMessage() + "\nusage: Countdown N");
            System.exit(2);
            return;
        }
        System.out.println(countDown(n));
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
