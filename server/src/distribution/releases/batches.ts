/** Jobs of one transaction, at most. */
const maxBatch = 500;

interface Waiting<Job, Result> {
  job: Job;
  resolve: (result: Result) => void;
  reject: (error: unknown) => void;
}

/**
 * Does jobs together that come while others are being done: a fleet that polls at once shares transactions, so that
 * devices don't wait for one commit after the other. Organizations don't wait for each other.
 * @param work does all or nothing; results in the order of the jobs
 */
export function makeBatches<Job, Result>(work: (organizationId: string, jobs: readonly Job[]) => Promise<Result[]>) {
  const queues = new Map<string, Waiting<Job, Result>[]>();

  async function doAll(organizationId: string, queue: Waiting<Job, Result>[]): Promise<void> {
    while (queue.length > 0) {
      const batch = queue.splice(0, maxBatch);
      try {
        const jobs = batch.map(({ job }) => job);
        const results = await work(organizationId, jobs);
        for (const [index, { resolve }] of batch.entries()) resolve(results[index]!);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    queues.delete(organizationId);
  }

  /** Resolves when the job is done and durable. */
  return function add(organizationId: string, job: Job): Promise<Result> {
    return new Promise<Result>((resolve, reject) => {
      const waiting = { job, resolve, reject };
      const queue = queues.get(organizationId);
      if (queue) {
        queue.push(waiting);
        return;
      }
      const begun = [waiting];
      queues.set(organizationId, begun);
      void doAll(organizationId, begun);
    });
  };
}
