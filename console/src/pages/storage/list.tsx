import { Database } from "lucide-react";
import type { Resources } from "../../api/resources.ts";
import { ListPage } from "../../ui/list-page.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";

const columns: Column<Resources["content_stores"]>[] = [
  { header: "Name", cell: ({ name }) => name },
  { header: "State", cell: ({ state }) => <StateBadge state={state} /> },
  {
    header: "Last test",
    cell: ({ last_test }) =>
      last_test === null ? (
        "never"
      ) : (
        <StateBadge state={last_test.passed ? "passed" : "failed"} tone={last_test.passed ? "good" : "bad"} />
      ),
  },
  { header: "Address", cell: ({ url }) => <span className="font-mono text-xs">{url}</span>, from: "md" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true, from: "lg" },
];

export function Storage() {
  return (
    <ListPage
      title="Storage"
      resource="content_stores"
      columns={columns}
      wordsIn="name"
      icon={<Database />}
      none={{
        title: "Content is in the server's own store",
        text: "An organization may keep its content in a bucket of its own. It is tested before it is used.",
        command: "npx peridio storage create --name NAME --url 's3://BUCKET?region=REGION' --help",
      }}
    />
  );
}
