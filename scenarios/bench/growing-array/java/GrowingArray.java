import java.util.ArrayList;
import java.util.List;

/**
 * Appends the numbers 0 to N - 1 to a list, one at a time, and prints their sum.
 *
 * <p>The list holds references to numbers, which are objects of their own.
 */
public final class GrowingArray {
    private GrowingArray() {}

    /** Appends one number after the other. */
    private static List<Long> grow(long n) {
        List<Long> numbers = new ArrayList<>();
        for (long number = 0; number < n; number++) {
            numbers.add(number);
        }
        return numbers;
    }

    private static long total(List<Long> numbers) {
        long sum = 0;
        for (long number : numbers) {
            sum += number;
        }
        return sum;
    }

    public static void main(String[] args) {
        long n;
        try {
            n = parseArgs(args);
        } catch (IllegalArgumentException e) {
            System.err.println("GrowingArray: " + e.getMessage() + "\nusage: GrowingArray N");
            System.exit(2);
            return;
        }
        System.out.println(total(grow(n)));
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
