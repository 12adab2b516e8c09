import java.math.BigInteger;

/**
 * Sums the squares of 1 to N: N (N + 1) (2 N + 1) / 6.
 *
 * <p>A BigInteger grows, so the sum is exact; each addition makes a new one.
 */
public final class SumOfSquaresBigInteger {
    private SumOfSquaresBigInteger() {}

    /** Sums the squares of 1 to n. */
    private static BigInteger sumSquares(long n) {
        BigInteger sum = BigInteger.ZERO;
        for (long i = 1; i <= n; i++) {
            BigInteger number = BigInteger.valueOf(i);
            sum = sum.add(number.multiply(number));
        }
        return sum;
    }

    public static void main(String[] args) {
        long n;
        try {
            n = parseArgs(args);
        } catch (IllegalArgumentException e) {
            System.err.println(
                    "SumOfSquaresBigInteger: " + e.getMessage() + "\nusage: SumOfSquaresBigInteger N");
            System.exit(2);
            return;
        }
        BigInteger sum = sumSquares(n);
        System.out.println(sum);
        if (sum.bitLength() > 63) {
            System.err.println(
                    "SumOfSquaresBigInteger: the sum takes " + sum.bitLength() + " bits");
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
