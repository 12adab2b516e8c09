import java.util.ArrayList;
import java.util.List;

/**
 * Lists the primes from 1 to N by trial of divisors, and prints how many they are and their sum.
 *
 * <p>Divisors are tried in the same order in every language: 2, then odd ones up to the square root.
 */
public final class Primes {
    private Primes() {}

    /** Tries 2 and the odd divisors up to the square root. */
    private static boolean isPrime(long candidate) {
        if (candidate < 3 || candidate % 2 == 0) {
            return candidate == 2;
        }
        for (long divisor = 3; divisor * divisor <= candidate; divisor += 2) {
            if (candidate % divisor == 0) {
                return false;
            }
        }
        return true;
    }

    /** Lists the primes from start up to end. */
    private static List<Long> primesBetween(long start, long end) {
        List<Long> primes = new ArrayList<>();
        for (long candidate = start; candidate < end; candidate++) {
            if (isPrime(candidate)) {
                primes.add(candidate);
            }
        }
        return primes;
    }

    public static void main(String[] args) {
        long n;
        try {
            n = parseArgs(args);
        } catch (IllegalArgumentException e) {
            System.err.println("Primes: " + e.getMessage() + "\nusage: Primes N");
            System.exit(2);
            return;
        }
        List<Long> primes = primesBetween(1, n + 1);
        long sum = 0;
        for (long prime : primes) {
            sum += prime;
        }
        System.out.println(primes.size() + " " + sum);
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
