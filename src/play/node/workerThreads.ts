// In place of node:worker_threads in a page: its engine has one thread, and never begins another.
export class Worker {
  constructor() {
    throw new Error("The engine of a page has one thread");
  }
}
