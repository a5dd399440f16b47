import type { Resources } from "../../api/resources.ts";
import { StateBadge } from "../../ui/state-badge.tsx";
import type { Column } from "../../ui/table.tsx";
import { ThingLink } from "../../ui/thing-link.tsx";
import { When } from "../../ui/when.tsx";
import { RedeliverIcon } from "./redeliver.tsx";

export const deliveryColumns: Column<Resources["webhook_deliveries"]>[] = [
  { header: "Event", cell: ({ event_type }) => event_type },
  { header: "State", cell: ({ state, last_error }) => <StateBadge state={state} title={last_error ?? ""} /> },
  { header: "Answer", cell: ({ last_status, last_error }) => last_status ?? last_error ?? "–", from: "md" },
  { header: "Attempts", cell: ({ attempts }) => attempts, figures: true, from: "md" },
  { header: "About", cell: ({ resource_prn }) => <ThingLink prn={resource_prn} />, from: "lg" },
  { header: "When", cell: ({ inserted_at }) => <When time={inserted_at} />, ordered: true },
  {
    header: "Again",
    cell: ({ prn, state }) => state !== "pending" && <RedeliverIcon prn={prn} />,
    figures: true,
    from: "md",
  },
];
