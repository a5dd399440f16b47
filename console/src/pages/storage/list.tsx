import { useQuery } from "@tanstack/react-query";
import { Database, Plus } from "lucide-react";
import { useState } from "react";
import { listOf } from "../../api/queries.ts";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { Button } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Empty } from "../../ui/empty.tsx";
import { PageHeader } from "../../ui/page-header.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import { type Column, Table } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";
import { AddStore } from "./add.tsx";
import { Checks } from "./checks.tsx";
import { Moves } from "./moves.tsx";
import { Savings } from "./savings.tsx";
import { Usage } from "./usage.tsx";

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
  {
    header: "Address",
    cell: ({ url }) => <span className="font-mono text-xs [overflow-wrap:anywhere]">{url}</span>,
    from: "md",
  },
  { header: "Added", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true, from: "lg" },
];

/** Stores of the organization, and what is moved between them. The page is for admins alone. */
export function Storage() {
  const [adding, setAdding] = useState(false);
  const { data: active } = useQuery(listOf("content_stores", { search: "state:'active'", limit: 1 }));
  const { data: any } = useQuery(listOf("content_stores", { limit: 1 }));
  const add = (
    <Button look="primary" data-create="" onClick={() => setAdding(true)}>
      <Plus />
      Add a store
    </Button>
  );
  return (
    <>
      <PageHeader title="Storage" actions={add}>
        {active && <span>New content goes to {active.items[0]?.name ?? "the server's own store"}.</span>}
      </PageHeader>
      <div className="flex flex-col gap-4">
        <Card flush>
          <Table
            resource="content_stores"
            columns={columns}
            to={({ prn }) => paths.contentStore(prn)}
            wordsIn="name"
            empty={
              <Empty title="Content is in the server's own store" icon={<Database />} action={add}>
                <p className="mb-3">
                  An organization may keep its content in a bucket of its own. It is tested before it is used.
                </p>
                <div className="text-left">
                  <CliHint command="npx peridio storage create --name ours --url 's3://BUCKET?region=REGION' --access-key-id ID --secret-access-key @secret.txt" />
                </div>
              </Empty>
            }
          />
        </Card>
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Usage />
          <Checks />
          <Savings />
        </div>
        <Moves canMove={(any?.items.length ?? 0) > 0} />
      </div>
      {adding && <AddStore onClose={() => setAdding(false)} />}
    </>
  );
}
