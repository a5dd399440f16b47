import { Boxes } from "lucide-react";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { Prn } from "../../ui/copy.tsx";
import { ListPage } from "../../ui/list-page.tsx";
import type { Column } from "../../ui/table.tsx";
import { When } from "../../ui/when.tsx";

const columns: Column<Resources["bundles"]>[] = [
  { header: "Name", cell: ({ name, prn }) => name ?? `…${prn.slice(-12)}` },
  { header: "Binaries", cell: ({ binaries }) => binaries?.length ?? "–", figures: true, from: "md" },
  { header: "PRN", cell: ({ prn }) => <Prn prn={prn} />, from: "lg" },
  { header: "Created", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
];

export function Bundles() {
  return (
    <ListPage
      title="Bundles"
      resource="bundles"
      columns={columns}
      to={({ prn }) => paths.bundle(prn)}
      wordsIn="name"
      icon={<Boxes />}
      none={{
        title: "No bundles yet",
        text: "A bundle is what a device gets at once: one or more signed binaries. A release puts it before a cohort.",
        command: "npx peridio bundles create --artifact-version-prns VERSION_PRN --name NAME",
      }}
    />
  );
}
