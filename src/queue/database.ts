// What a queue asks of its database, whichever it is: jobs, kept by BullMQ, and beside them small records.
import type { Job as BullJob, Queue, Worker, WorkerOptions } from "bullmq";
import type { Batch } from "./task.ts";

export interface Entry {
  readonly key: string;
  readonly value: Buffer;
}

/** Values by key, which go away by themselves. */
export interface Records {
  /** @param seconds until they are gone */
  put(records: readonly Entry[], seconds: number): Promise<void>;
  /** Puts down a value for good, unless there is one. @returns the one that stands */
  settle(key: string, value: string): Promise<string>;
  /** In the order of the keys. */
  get(keys: readonly string[]): Promise<readonly (Buffer | null)[]>;
  /** Lets records go away after so many seconds from now. */
  expire(keys: readonly string[], seconds: number): Promise<void>;
  remove(key: string): Promise<void>;
  /** Removes all of them. */
  clear(): Promise<void>;
}

/** A batch in the hands of a worker. */
export interface Job {
  readonly batch: Batch;
  /** Whether it was begun before, by somebody who did not end it. */
  readonly isRepeated: boolean;
  /** Tells the share that is done, 0..1. */
  report(share: number): Promise<void>;
}

export type Process = (job: Job) => Promise<void>;

export interface Database {
  readonly records: Records;
  readonly jobs: Queue<Batch>;
  /** False while it cannot be reached. */
  readonly isUp: boolean;
  /** Whether an error says that it has no room. */
  isFull(error: unknown): boolean;
  /** Takes jobs out of the queue, over connections of its own. */
  worker(process: Process, options: Omit<WorkerOptions, "connection">): Worker<Batch>;
  /** Cuts the connections of workers: nothing they have under way reaches the queue any more. */
  cutWorkers(): void;
  close(): Promise<void>;
}

/** Events that a queue keeps: nobody reads them. */
export const EVENTS = 100;
/** Name of the queue, and what all else of ours in a database begins with. */
export const QUEUE = "cells";
export const PREFIX = "faultline";
/** Milliseconds to reach a database. */
export const TIMEOUT = 5000;

/** What a worker sees of a job of BullMQ. */
export const jobOf = (job: BullJob<Batch>): Job => ({
  batch: job.data,
  isRepeated: job.attemptsStarted > 1,
  report: (share) => job.updateProgress(share),
});

/** What a promise gives, unless it takes longer than a database may. */
export async function inTime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${TIMEOUT / 1000} s`)), TIMEOUT);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
