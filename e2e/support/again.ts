import { setTimeout as pause } from "node:timers/promises";

/** As somebody does who starts a command again that failed. @throws what the last of twenty attempts does */
export async function again<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === 20) throw error;
      await pause(200);
    }
  }
}
