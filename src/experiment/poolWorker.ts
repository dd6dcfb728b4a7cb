// The entry of a pool's thread: it makes the task once and answers every job.
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { type Answer, loadTask } from "./pool.ts";

const port = parentPort as MessagePort;
const { module, data } = workerData as { readonly module: string; readonly data: unknown };
const task = await loadTask<unknown, unknown>(module, data);
/** A pool that no longer wants a result ends the thread. */
const { signal } = new AbortController();

const send = (answer: Answer<unknown>) => port.postMessage(answer);

// One job after the other, even if a pause of one lets the next message in.
let before = Promise.resolve();
port.on("message", (job) => {
  before = before.then(async () => send(await answer(job)));
});

async function answer(job: unknown): Promise<Answer<unknown>> {
  try {
    return { result: await task(job, signal, (share) => send({ share })) };
  } catch (error) {
    return { error };
  }
}
