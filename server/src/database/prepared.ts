import type { Compilable, CompiledQuery, Kysely } from "kysely";
import { committedReadsOf } from "./committed-reads.ts";
import type { Tables } from "./tables.ts";

/**
 * A query of the hot path, which reads: built and compiled once for each database, then only run. `build` gets the database and
 * stand-ins for the arguments, which may go nowhere but into parameters. Rows are not to be changed: others may get them
 * too.
 * @param remember false where hardly anybody asks for the same twice, such as what only one of a million devices asks
 */
export function prepared<Arguments extends (string | number)[], Row>(
  build: (db: Kysely<Tables>, ...values: Arguments) => Compilable<Row>,
  { remember = true }: { remember?: boolean } = {},
): (db: Kysely<Tables>, ...values: Arguments) => Row[] | Promise<Row[]> {
  const compiled = new WeakMap<Kysely<Tables>, { query: CompiledQuery<Row>; order: number[] }>();
  return (db, ...values) => {
    let known = compiled.get(db);
    if (!known) {
      const standIns = values.map((_, index) => `\u0000argument ${index}`);
      const query = build(db, ...(standIns as Arguments)).compile() as CompiledQuery<Row>;
      known = { query, order: query.parameters.map((parameter) => standIns.indexOf(parameter as string)) };
      compiled.set(db, known);
    }
    const { query, order } = known;
    const parameters = order.map((index, position) => (index < 0 ? query.parameters[position] : values[index]));
    const committed = committedReadsOf(db);
    if (committed) return committed.all(query.sql, parameters, remember) as Row[] | Promise<Row[]>;
    return db.executeQuery<Row>({ ...query, parameters }).then(({ rows }) => rows);
  };
}
