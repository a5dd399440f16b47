import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import pg from "pg";

const answers = workerData as MessagePort;
/** bigint and numeric come as text. */
const types = { getTypeParser: (id: number) => (id === 20 || id === 1700 ? Number : pg.types.getTypeParser(id)) };

interface Question {
  url: string;
  text: string;
  values: unknown[];
  done: Int32Array;
}

parentPort!.on("message", async ({ url, text, values, done }: Question) => {
  const client = new pg.Client({ connectionString: url, types });
  try {
    await client.connect();
    const { rows } = await client.query(text, values);
    answers.postMessage({ rows });
  } catch (error) {
    answers.postMessage({ failure: error instanceof Error ? error.message : String(error) });
  } finally {
    await client.end().catch(() => {}); // One that never connected has nothing to end.
    Atomics.store(done, 0, 1);
    Atomics.notify(done, 0);
  }
});
