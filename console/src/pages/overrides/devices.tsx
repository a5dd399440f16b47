import { bodyOf } from "@open-peridio/sdk";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useState } from "react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { useMay } from "../../session/session.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { Card } from "../../ui/card.tsx";
import { CliHint } from "../../ui/cli-hint.tsx";
import { FieldProblem, Form, type Values } from "../../ui/form.tsx";
import { NamedLink } from "../../ui/named-link.tsx";
import { Problem } from "../../ui/problem.tsx";
import { ThingField } from "../../ui/thing-field.tsx";
import { sayProblem } from "../../ui/toast.tsx";
import { When } from "../../ui/when.tsx";

/** The devices that an override decides for, in pages; to add and to remove. */
export function OverriddenDevices({ prn }: { prn: string }) {
  const mayWrite = useMay("releases:write");
  const [page, setPage] = useState<string | undefined>(undefined);
  const { data, error, refetch } = useQuery({
    queryKey: ["bundle_overrides", "devices", prn, page],
    queryFn: () => {
      const params = { path: { prn }, query: { limit: 25, ...(page !== undefined && { page }) } };
      return bodyOf(client.api.GET("/bundle_overrides/{prn}/devices", { params }));
    },
    placeholderData: keepPreviousData,
  });
  const remove = async (device: string): Promise<void> => {
    try {
      const params = { path: { prn, device_prn: device } };
      await bodyOf(client.api.DELETE("/bundle_overrides/{prn}/devices/{device_prn}", { params }));
      await fresh();
    } catch (problem) {
      sayProblem(problem, () => void remove(device));
    }
  };
  return (
    <Card title="Devices" flush>
      {mayWrite && <AddDevice prn={prn} />}
      {error && <Problem error={error} retry={() => void refetch()} />}
      {data?.devices.length === 0 && (
        <p className="border-t border-line p-4 text-sm text-muted">None yet: it decides for nobody.</p>
      )}
      <ul>
        {data?.devices.map(({ device_prn: device, inserted_at }) => (
          <li key={device} className="flex items-center gap-4 border-t border-line px-4 py-2 text-sm">
            <NamedLink resource="devices" prn={device} />
            <span className="ml-auto text-muted">
              added <When time={inserted_at} />
            </span>
            {mayWrite && (
              <IconButton label="Remove the device" onClick={() => void remove(device)}>
                <Trash2 />
              </IconButton>
            )}
          </li>
        ))}
      </ul>
      {(page !== undefined || data?.next_page) && (
        <nav aria-label="Pages of the list" className="flex justify-end gap-2 border-t border-line p-2.5">
          {page !== undefined && <Button onClick={() => setPage(undefined)}>First page</Button>}
          <Button disabled={!data?.next_page} onClick={() => setPage(data!.next_page!)}>
            Next page
          </Button>
        </nav>
      )}
    </Card>
  );
}

const fresh = () => queryClient.invalidateQueries({ queryKey: ["bundle_overrides"] });

function AddDevice({ prn }: { prn: string }) {
  // Another key each time, so that the field is empty for the next one.
  const [added, setAdded] = useState(0);
  const [chosen, choose] = useState<string | null>(null);
  const add = async ({ device_prn }: Values) => {
    if (!device_prn) throw new FieldProblem("device_prn", "is needed");
    await bodyOf(
      client.api.POST("/bundle_overrides/{prn}/devices", { params: { path: { prn } }, body: { device_prn } }),
    );
    await fresh();
    setAdded(added + 1);
    choose(null);
  };
  return (
    <div className="p-4">
      <Form key={added} submit="Add the device" onSubmit={add}>
        <ThingField name="device_prn" label="Add a device" resource="devices" onChoose={choose} />
        <CliHint
          command={`npx peridio bundle-overrides devices add --prn ${prn} --device-prn ${chosen ?? "DEVICE_PRN"}`}
        />
      </Form>
    </div>
  );
}
