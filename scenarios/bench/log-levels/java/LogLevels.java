import java.io.OutputStream;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;

/**
 * Times a call of java.util.logging with two values, and prints how many of N calls came out as
 * lines.
 *
 * <p>CALL is enabled or disabled: of a level that the logger takes, or of one below it. The lines are
 * counted and thrown away. Standard error gets what java.util.logging can do.
 */
public final class LogLevels {
    private static final String FORMAT = "%1$tFT%1$tT.%1$tL %4$s %3$s %5$s%n";

    private LogLevels() {}

    /** Counts lines and throws them away. */
    private static final class Sink extends OutputStream {
        private long lines;

        @Override
        public void write(int octet) {
            if (octet == '\n') {
                lines++;
            }
        }

        @Override
        public void write(byte[] text, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                write(text[i]);
            }
        }
    }

    private static void log(Logger logger, Level level, long n) {
        for (long i = 0; i < n; i++) {
            logger.log(level, "session up peer={0} prefixes={1}", new Object[] {"192.0.2.1", i});
        }
    }

    public static void main(String[] args) {
        long n;
        Level level;
        try {
            if (args.length != 2) {
                throw new IllegalArgumentException("expected 2 arguments, found " + args.length);
            }
            n = parseCount(args[0]);
            level = parseCall(args[1]);
        } catch (IllegalArgumentException e) {
            System.err.println("LogLevels: " + e.getMessage() + "\nusage: LogLevels N CALL");
            System.exit(2);
            return;
        }
        System.setProperty("java.util.logging.SimpleFormatter.format", FORMAT);
        Features.print();

        Sink sink = new Sink();
        StreamHandler handler = new StreamHandler(sink, new SimpleFormatter());
        Logger logger = Logger.getLogger("network");
        logger.setUseParentHandlers(false);
        logger.addHandler(handler);
        logger.setLevel(Level.INFO);
        long start = System.nanoTime();
        log(logger, level, n);
        handler.flush();
        long elapsed = System.nanoTime() - start;

        System.out.println(sink.lines);
        System.out.println("callNs=" + (double) elapsed / Math.max(n, 1));
    }

    private static long parseCount(String text) {
        long n = Long.parseLong(text);
        if (n < 0) {
            throw new IllegalArgumentException("N is " + n + ", expected at least 0");
        }
        return n;
    }

    private static Level parseCall(String text) {
        switch (text) {
            case "enabled":
                return Level.INFO;
            case "disabled":
                return Level.FINE;
            default:
                throw new IllegalArgumentException(
                        "CALL is '" + text + "', expected enabled or disabled");
        }
    }
}
