import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.logging.Formatter;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import java.util.logging.StreamHandler;
import java.util.logging.XMLFormatter;
import java.util.regex.Pattern;

/** What java.util.logging can do, each told from what came out when it was tried. */
final class Features {
    private static final Pattern PEER =
            Pattern.compile("peer[\"']?\\s*[=:]\\s*[\"']?192\\.0\\.2\\.1");

    private Features() {}

    /** A handler that takes all levels and keeps its output. */
    private static final class Memory extends StreamHandler {
        private final ByteArrayOutputStream bytes;

        Memory(Formatter formatter) {
            this(new ByteArrayOutputStream(), formatter);
        }

        private Memory(ByteArrayOutputStream bytes, Formatter formatter) {
            super(bytes, formatter);
            this.bytes = bytes;
            setLevel(Level.ALL);
        }

        String text() {
            flush();
            return bytes.toString(StandardCharsets.UTF_8);
        }

        /** Tells whether a call leaves its message in the output. */
        boolean gets(Consumer<String> log) {
            flush();
            bytes.reset();
            log.accept("a message");
            return text().contains("a message");
        }
    }

    private static Logger makeLogger(String name, Memory... handlers) {
        Logger logger = Logger.getLogger(name);
        logger.setUseParentHandlers(false);
        logger.setLevel(Level.INFO);
        for (Memory handler : handlers) {
            logger.addHandler(handler);
        }
        return logger;
    }

    /** A level silences calls below it, and no others. */
    private static boolean hasLevels() {
        Memory memory = new Memory(new SimpleFormatter());
        Logger logger = makeLogger("levels", memory);
        return memory.gets(logger::info) && !memory.gets(logger::fine);
    }

    /** The level can be changed while the program runs. */
    private static boolean hasChange() {
        Memory memory = new Memory(new SimpleFormatter());
        Logger logger = makeLogger("change", memory);
        boolean before = memory.gets(logger::fine);
        logger.setLevel(Level.FINE);
        return !before && memory.gets(logger::fine);
    }

    /** A level holds for the names below its name, but for those with one of their own. */
    private static boolean hasHierarchy() {
        Memory memory = new Memory(new SimpleFormatter());
        Logger tree = makeLogger("tree", memory);
        Logger bgp = Logger.getLogger("tree.bgp");
        Logger ospf = Logger.getLogger("tree.ospf");
        bgp.setLevel(Level.FINE);
        return tree == bgp.getParent()
                && memory.gets(bgp::fine)
                && memory.gets(ospf::info)
                && !memory.gets(ospf::fine);
    }

    /** Two outputs get the same calls, each from a level of its own. */
    private static boolean hasHandlers() {
        Memory brief = new Memory(new SimpleFormatter());
        Memory full = new Memory(new SimpleFormatter());
        Logger logger = makeLogger("handlers", brief, full);
        logger.setLevel(Level.FINE);
        brief.setLevel(Level.INFO);
        logger.info("first");
        logger.fine("second");
        return brief.text().contains("first")
                && !brief.text().contains("second")
                && full.text().contains("first")
                && full.text().contains("second");
    }

    /** Fields are printed with their names by what comes with the library. */
    private static boolean hasFields() {
        Memory memory = new Memory(new SimpleFormatter());
        LogRecord session = new LogRecord(Level.INFO, "session up");
        session.setParameters(new Object[] {Map.of("peer", "192.0.2.1")});
        makeLogger("fields", memory).log(session);
        return PEER.matcher(memory.text()).find();
    }

    /** Records are printed as JSON, whatever is in them. */
    private static boolean hasJson() {
        Memory memory = new Memory(new XMLFormatter());
        makeLogger("json", memory).info("\"quoted\"");
        String text = memory.text().strip();
        return text.startsWith("{") && text.contains("\\\"quoted\\\"");
    }

    /** Prints all answers to standard error. */
    static void print() {
        Map<String, BooleanSupplier> features = new LinkedHashMap<>();
        features.put("levels", Features::hasLevels);
        features.put("change", Features::hasChange);
        features.put("hierarchy", Features::hasHierarchy);
        features.put("handlers", Features::hasHandlers);
        features.put("fields", Features::hasFields);
        features.put("json", Features::hasJson);
        features.forEach(
                (name, has) ->
                        System.err.println(name + ": " + (has.getAsBoolean() ? "yes" : "no")));
    }
}
