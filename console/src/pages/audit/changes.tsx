import { classes } from "../../ui/classes.ts";

type Fields = Record<string, unknown> | null;

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** Each field before and after; those that changed stand out. */
export function Changes({ before, after }: { before: Fields; after: Fields }) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) return <p className="text-sm text-muted">Nothing of it was changed.</p>;
  const sides = [before && { title: "Before", fields: before }, after && { title: "After", fields: after }];
  const shown = sides.filter((side) => side !== null);
  const both = before !== null && after !== null;
  return (
    <div className="overflow-x-auto rounded-md border border-line">
      <table className="w-full text-sm">
        <thead>
          <tr className="border-b border-line text-left text-xs text-muted">
            {["Field", ...shown.map(({ title }) => title)].map((title) => (
              <th key={title} scope="col" className="h-8 px-3 font-medium">
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {names.map((name) => (
            <tr key={name} className="border-b border-line align-top last:border-0">
              <th scope="row" className="px-3 py-2 text-left font-normal text-muted">
                {name.replaceAll("_", " ")}
              </th>
              {shown.map(({ title, fields }) => (
                <td
                  key={title}
                  className={classes(
                    "px-3 py-2 font-mono text-xs [overflow-wrap:anywhere]",
                    both && !same(before[name], after[name]) && (title === "Before" ? "text-bad" : "text-accent"),
                  )}
                >
                  {inShort(fields[name])}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function inShort(value: unknown): string {
  if (value === undefined || value === null) return "–";
  return typeof value === "string" ? value : JSON.stringify(value, null, 1);
}
