"""The hold model in SimPy (see bench/hold.ts): a fixed number of processes, each of which waits again and again.

    python3 hold.py PENDING EVENTS SEED
"""

import json
import sys
from itertools import cycle
from random import Random
from time import process_time

import simpy

INCREMENTS = 65536


def waiter(env, increments):
    while True:
        yield env.timeout(next(increments))


def main(pending, events, seed):
    generator = Random(seed)
    increments = cycle([generator.expovariate(1) for _ in range(INCREMENTS)])
    env = simpy.Environment()
    for _ in range(pending):
        env.process(waiter(env, increments))
    for _ in range(pending):
        env.step()  # the events that begin the processes
    start = process_time()
    step = env.step
    for _ in range(events):
        step()
    print(json.dumps({"seconds": process_time() - start, "events": events}))


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
