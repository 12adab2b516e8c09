/**
 * Moves the hand of a clock by 5 hours on each of N iterations, and prints the hour that it points
 * at: 5 * N % 12. Unused has the same loop and throws the hour away.
 */
public final class Used {
    private Used() {}

    /** Moves the hand n times, from 0 on. */
    private static long moveHand(long n) {
        long hour = 0;
        for (long i = 0; i < n; i++) {
            hour = (hour + 5) % 12;
        }
        return hour;
    }

    public static void main(String[] args) {
        long n;
        try {
            n = parseArgs(args);
        } catch (IllegalArgumentException e) {
            System.err.println("Used: " + e.getMessage() + "\nusage: Used N");
            System.exit(2);
            return;
        }
        System.out.println(moveHand(n));
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
