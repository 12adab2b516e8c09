import java.math.BigInteger;

/**
 * Sums the squares of 1 to N: N (N + 1) (2 N + 1) / 6.
 *
 * <p>A long has 64 bits: a sum that is larger wraps around without a word, so that the program
 * compares it with the formula afterwards.
 */
public final class SumOfSquares {
    private SumOfSquares() {}

    /** Sums the squares of 1 to n. */
    private static long sumSquares(long n) {
        long sum = 0;
        for (long i = 1; i <= n; i++) {
            sum += i * i;
        }
        return sum;
    }

    /** What the sum is. */
    private static BigInteger formula(long n) {
        return BigInteger.valueOf(n)
                .multiply(BigInteger.valueOf(n + 1))
                .multiply(BigInteger.valueOf(2 * n + 1))
                .divide(BigInteger.valueOf(6));
    }

    public static void main(String[] args) {
        long n;
        try {
            n = parseArgs(args);
        } catch (IllegalArgumentException e) {
            System.err.println("SumOfSquares: " + e.getMessage() + "\nusage: SumOfSquares N");
            System.exit(2);
            return;
        }
        long sum = sumSquares(n);
        System.out.println(sum);
        if (!formula(n).equals(BigInteger.valueOf(sum))) {
            System.err.println("SumOfSquares: the sum wrapped around");
        }
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
