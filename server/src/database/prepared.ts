import type { Compilable, CompiledQuery, Kysely } from "kysely";
import type { Tables } from "./tables.ts";

/**
 * A query of the hot path: built and compiled once for each database, then only run. `build` gets the database and
 * stand-ins for the arguments, which may go nowhere but into parameters.
 */
export function prepared<Arguments extends (string | number)[], Row>(
  build: (db: Kysely<Tables>, ...values: Arguments) => Compilable<Row>,
): (db: Kysely<Tables>, ...values: Arguments) => Promise<Row[]> {
  const compiled = new WeakMap<Kysely<Tables>, { query: CompiledQuery<Row>; order: number[] }>();
  return async (db, ...values) => {
    let known = compiled.get(db);
    if (!known) {
      const standIns = values.map((_, index) => `\u0000argument ${index}`);
      const query = build(db, ...(standIns as Arguments)).compile() as CompiledQuery<Row>;
      known = { query, order: query.parameters.map((parameter) => standIns.indexOf(parameter as string)) };
      compiled.set(db, known);
    }
    const { query, order } = known;
    const parameters = order.map((index, position) => (index < 0 ? query.parameters[position] : values[index]));
    const { rows } = await db.executeQuery<Row>({ ...query, parameters });
    return rows;
  };
}
