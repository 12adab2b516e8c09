"""Run TASKS equal tasks on WORKERS processes, and print the sum of what they compute.

Task k multiplies k by the first N factors of Viète's product, which tends to k times pi: a square
root and a division for each factor. A process takes the next task when it is done with one.
"""

import sys
from math import sqrt
from multiprocessing import Pool
from time import perf_counter


def multiply_factors(task: int, n: int) -> float:
    """Multiply the task's number by the first n factors."""
    root = 0.0
    product = 2.0 * task
    for _ in range(n):
        root = sqrt(2.0 + root)
        product *= 2.0 / root
    return product


def main() -> int:
    try:
        n, tasks, workers = map(int, sys.argv[1:])
        if n < 1 or tasks < 1 or workers < 1:
            raise ValueError
    except ValueError:
        print("usage: scaling.py N TASKS WORKERS (whole numbers > 0)", file=sys.stderr)
        return 2
    start = perf_counter()
    with Pool(workers) as pool:
        arguments = ((task, n) for task in range(1, tasks + 1))
        results = pool.starmap(multiply_factors, arguments, chunksize=1)
    elapsed = perf_counter() - start
    print(sum(results))
    print(f"taskS={elapsed:.6f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
