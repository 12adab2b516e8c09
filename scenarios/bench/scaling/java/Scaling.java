import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs TASKS equal tasks on WORKERS threads, and prints the sum of what they compute.
 *
 * <p>Task k multiplies k by the first N factors of Vi&egrave;te's product, which tends to k times pi:
 * a square root and a division for each factor. A thread takes the next task when it is done with
 * one.
 */
public final class Scaling {
    private Scaling() {}

    /** Multiplies the task's number by the first n factors. */
    private static double multiplyFactors(long task, long n) {
        double root = 0.0;
        double product = 2.0 * task;
        for (long i = 0; i < n; i++) {
            root = Math.sqrt(2.0 + root);
            product *= 2.0 / root;
        }
        return product;
    }

    /** Runs the tasks 1 to count and sums their results. */
    private static double runTasks(long n, int count, int workers)
            throws InterruptedException, ExecutionException {
        List<Callable<Double>> tasks = new ArrayList<>();
        for (int k = 1; k <= count; k++) {
            int task = k;
            tasks.add(() -> multiplyFactors(task, n));
        }
        ExecutorService pool = Executors.newFixedThreadPool(workers);
        double sum = 0.0;
        for (Future<Double> result : pool.invokeAll(tasks)) {
            sum += result.get();
        }
        pool.shutdown();
        return sum;
    }

    public static void main(String[] args) throws InterruptedException, ExecutionException {
        long n;
        int tasks;
        int workers;
        try {
            if (args.length != 3) {
                throw new IllegalArgumentException("expected 3 arguments, found " + args.length);
            }
            n = parsePositive(args[0]);
            tasks = Math.toIntExact(parsePositive(args[1]));
            workers = Math.toIntExact(parsePositive(args[2]));
        } catch (IllegalArgumentException | ArithmeticException e) {
            System.err.println("Scaling: " + e.getMessage() + "\nusage: Scaling N TASKS WORKERS");
            System.exit(2);
            return;
        }
        long start = System.nanoTime();
        double sum = runTasks(n, tasks, workers);
        double elapsed = (System.nanoTime() - start) / 1e9;
        System.out.println(sum);
        System.out.println("taskS=" + elapsed);
    }

    private static long parsePositive(String text) {
        long value = Long.parseLong(text);
        if (value < 1) {
            throw new IllegalArgumentException("found " + value + ", expected at least 1");
        }
        return value;
    }
}
