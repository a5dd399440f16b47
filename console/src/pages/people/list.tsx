import { Users } from "lucide-react";
import type { Resources } from "../../api/resources.ts";
import { ListPage } from "../../ui/list-page.tsx";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";

const columns: Column<Resources["org_users"]>[] = [
  { header: "E-mail", cell: ({ email }) => email },
  { header: "User name", cell: ({ username }) => username, from: "md" },
  { header: "Role", cell: ({ role }) => <StateBadge state={role} /> },
  { header: "Second factor", cell: ({ has_totp }) => (has_totp ? "yes" : "no"), from: "md" },
  { header: "Since", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];

export function People() {
  return (
    <ListPage
      title="People"
      resource="org_users"
      columns={columns}
      wordsIn="email"
      icon={<Users />}
      none={{
        title: "Nobody yet",
        text: "People sign in here; programs use API keys.",
        command: "npx peridio invitations create --email EMAIL --role developer",
      }}
    />
  );
}
