import type { Searchable } from "@open-peridio/contract/search-keys";
import type { ReactNode } from "react";
import type { ResourceName, Resources } from "../api/resources.ts";
import { Card } from "./card.tsx";
import { CliHint } from "./cli-hint.tsx";
import { Empty } from "./empty.tsx";
import { PageHeader } from "./page-header.tsx";
import { type Column, Table } from "./table.tsx";

interface ListPageProps<R extends ResourceName & Searchable> {
  title: string;
  resource: R;
  columns: Column<Resources[R]>[];
  to?: (row: Resources[R]) => string;
  open?: (row: Resources[R]) => void;
  wordsIn: string;
  icon: ReactNode;
  /** What is said while there is nothing: a title, what it is for, the first step in a shell. */
  none: { title: string; text: string; command: string };
  actions?: ReactNode;
}

/** A page that is one list. */
export function ListPage<R extends ResourceName & Searchable>(props: ListPageProps<R>) {
  const { title, resource, columns, to, open, wordsIn, icon, none, actions } = props;
  return (
    <>
      <PageHeader title={title} actions={actions} />
      <Card flush>
        <Table
          resource={resource}
          columns={columns}
          {...(to && { to })}
          {...(open && { open })}
          wordsIn={wordsIn}
          empty={
            <Empty title={none.title} icon={icon} action={actions}>
              <p className="mb-3">{none.text}</p>
              <div className="text-left">
                <CliHint command={none.command} />
              </div>
            </Empty>
          }
        />
      </Card>
    </>
  );
}
