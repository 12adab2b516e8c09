import java.util.HashMap;
import java.util.Map;
import java.util.function.LongUnaryOperator;

/**
 * Does one trivial OPERATION N times, and prints the sum of 1, 2, ..., 7, 0, 1, ... that it makes.
 *
 * <ul>
 *   <li>attribute: go to the next of eight objects in a ring, and read its number
 *   <li>call: call a method that returns the next number
 *   <li>lookup: look the next number up in a hash map, by one of eight names
 *   <li>object: make a small object with the next number, and keep it in an array of eight
 *   <li>logic: make an event, hand it to a method that looks up the counter for the event's name,
 *       decides what to add to it and keeps the event
 * </ul>
 *
 * <p>HotSpot compiles the loops and takes the calls into them; objects that are kept have to be
 * made.
 */
public final class Trivial {
    private static final String[] NAMES = {
        "eth0", "eth1", "eth2", "eth3", "eth4", "eth5", "eth6", "eth7"
    };

    private static final Map<String, LongUnaryOperator> OPERATIONS =
            Map.of(
                    "attribute", Trivial::accessAttributes,
                    "call", Trivial::callMethod,
                    "lookup", Trivial::lookUp,
                    "object", Trivial::makeObjects,
                    "logic", Trivial::handleEvents);

    private Trivial() {}

    private static final class Node {
        final int position;
        Node next;

        Node(int position) {
            this.position = position;
        }
    }

    private static final class Event {
        final String name;
        final int position;

        Event(String name, int position) {
            this.name = name;
            this.position = position;
        }
    }

    private static final class Counter {
        long total;
        long rounds;
        Event last;
    }

    private static Node[] makeNodes() {
        Node[] nodes = new Node[8];
        for (int position = 0; position < 8; position++) {
            nodes[position] = new Node(position);
        }
        return nodes;
    }

    private static long accessAttributes(long n) {
        Node[] nodes = makeNodes();
        for (Node node : nodes) {
            node.next = nodes[(node.position + 1) % 8];
        }
        Node node = nodes[0];
        long total = 0;
        for (long i = 0; i < n; i++) {
            node = node.next;
            total += node.position;
        }
        return total;
    }

    private static int step(int position) {
        return (position + 1) % 8;
    }

    private static long callMethod(long n) {
        int position = 0;
        long total = 0;
        for (long i = 0; i < n; i++) {
            position = step(position);
            total += position;
        }
        return total;
    }

    private static long lookUp(long n) {
        Map<String, Integer> following = new HashMap<>();
        for (int position = 0; position < 8; position++) {
            following.put(NAMES[position], (position + 1) % 8);
        }
        int position = 0;
        long total = 0;
        for (long i = 0; i < n; i++) {
            position = following.get(NAMES[position]);
            total += position;
        }
        return total;
    }

    private static long makeObjects(long n) {
        Node[] nodes = makeNodes();
        Node node = nodes[0];
        long total = 0;
        for (long i = 0; i < n; i++) {
            node = new Node((node.position + 1) % 8);
            nodes[node.position] = node;
            total += node.position;
        }
        return total;
    }

    private static void handle(Map<String, Counter> counters, Event event) {
        Counter counter = counters.get(event.name);
        if (event.position == 0) {
            counter.rounds++;
        } else {
            counter.total += event.position;
        }
        counter.last = event;
    }

    private static long handleEvents(long n) {
        Map<String, Counter> counters = new HashMap<>();
        for (String name : NAMES) {
            counters.put(name, new Counter());
        }
        int position = 0;
        for (long i = 0; i < n; i++) {
            position = (position + 1) % 8;
            handle(counters, new Event(NAMES[position], position));
        }
        return counters.values().stream().mapToLong(counter -> counter.total).sum();
    }

    public static void main(String[] args) {
        LongUnaryOperator operation;
        long n;
        try {
            if (args.length != 2) {
                throw new IllegalArgumentException("expected 2 arguments, found " + args.length);
            }
            operation = OPERATIONS.get(args[0]);
            n = Long.parseLong(args[1]);
            if (operation == null || n < 1) {
                throw new IllegalArgumentException(
                        "expected attribute, call, lookup, object or logic, and a number > 0");
            }
        } catch (IllegalArgumentException e) {
            System.err.println("Trivial: " + e.getMessage() + "\nusage: Trivial OPERATION N");
            System.exit(2);
            return;
        }
        long start = System.nanoTime();
        long total = operation.applyAsLong(n);
        double elapsed = System.nanoTime() - start;
        System.out.println(total);
        System.out.println("operationUs=" + elapsed / n / 1000);
    }
}
