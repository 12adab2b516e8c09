/**
 * Finds the largest factorial, or power of 3, that a long holds exactly, and shows what the next one
 * becomes: it wraps around, unless Math.multiplyExact is asked, which throws an exception.
 */
public final class IntegerWidth {
    private IntegerWidth() {}

    /** Numbers that are each the one before times a factor. */
    private enum Sequence {
        FACTORIAL {
            @Override
            long factor(long step) {
                return step;
            }

            @Override
            String name(long step) {
                return step + "!";
            }
        },
        POWER {
            @Override
            long factor(long step) {
                return 3;
            }

            @Override
            String name(long step) {
                return "3^" + step;
            }
        };

        abstract long factor(long step);

        abstract String name(long step);
    }

    private static boolean isExact(long value, long factor) {
        try {
            Math.multiplyExact(value, factor);
            return true;
        } catch (ArithmeticException e) {
            return false;
        }
    }

    public static void main(String[] args) {
        Sequence sequence;
        try {
            sequence = parseArgs(args);
        } catch (IllegalArgumentException e) {
            System.err.println(
                    "IntegerWidth: " + e.getMessage() + "\nusage: IntegerWidth factorial|power");
            System.exit(2);
            return;
        }
        long step = 0;
        long value = 1;
        while (isExact(value, sequence.factor(step + 1))) {
            step++;
            value *= sequence.factor(step);
        }
        long next = value * sequence.factor(step + 1);
        System.out.println(sequence.name(step) + " is exact: " + value);
        System.out.println(sequence.name(step + 1) + " wraps around to " + next);
    }

    private static Sequence parseArgs(String[] args) {
        if (args.length != 1) {
            throw new IllegalArgumentException("expected 1 argument, found " + args.length);
        }
        switch (args[0]) {
            case "factorial":
                return Sequence.FACTORIAL;
            case "power":
                return Sequence.POWER;
            default:
                throw new IllegalArgumentException("unknown sequence " + args[0]);
        }
    }
}
