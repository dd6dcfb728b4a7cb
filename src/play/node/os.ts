// In place of node:os in a page: its engine has one thread.
export const availableParallelism = (): number => 1;
