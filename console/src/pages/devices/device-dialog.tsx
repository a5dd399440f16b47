import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { quoted } from "../../api/search-text.ts";
import { paths } from "../../paths.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FieldProblem, Form, TextField, type Values } from "../../ui/form.tsx";
import { readTags, showTags } from "../../ui/tags.ts";
import { ThingField } from "../../ui/thing-field.tsx";

interface DeviceDialogProps {
  /** What is edited; absent for a new one. */
  device?: Resources["devices"];
  /** Where a new one belongs, where that is clear. */
  place?: { productPrn: string; cohortPrn: string };
  onClose: () => void;
}

/** Makes a device, or changes one; its identifier stays, since it is in its certificates. */
export function DeviceDialog({ device, place, onClose }: DeviceDialogProps) {
  const navigate = useNavigate();
  const [values, setValues] = useState<Values>({
    ...(place && { product_prn: place.productPrn, cohort_prn: place.cohortPrn }),
    ...(device && { product_prn: device.product_prn, ...(device.cohort_prn && { cohort_prn: device.cohort_prn }) }),
  });
  const { product_prn: product } = values;
  const save = async (given: Values) => {
    if (!given.product_prn) throw new FieldProblem("product_prn", "is needed");
    const saved = await change(device ? "PATCH" : "POST", "devices", device?.prn ?? null, {
      ...(!device && { identifier: given.identifier ?? "" }),
      product_prn: given.product_prn,
      cohort_prn: given.cohort_prn ?? null,
      target: given.target ?? null,
      tags: readTags(given.tags),
      description: given.description ?? null,
    });
    for (const key of ["devices", "cohorts"]) await queryClient.invalidateQueries({ queryKey: [key] });
    if (!device) await navigate({ to: paths.device(saved.prn) });
    onClose();
  };
  return (
    <Dialog title={device ? "Edit the device" : "New device"} onClose={onClose}>
      <Form submit={device ? "Save" : "Create device"} onSubmit={save} onCancel={onClose} onValues={setValues}>
        {!device && (
          <TextField
            name="identifier"
            label="Identifier"
            hint="Its serial number, which is the common name of its certificates."
            mono
          />
        )}
        <ThingField
          name="product_prn"
          label="Product"
          resource="products"
          defaultPrn={device?.product_prn ?? place?.productPrn}
        />
        <ThingField
          key={product}
          name="cohort_prn"
          label="Cohort"
          resource="cohorts"
          only={product && `product_prn:${quoted(product)}`}
          defaultPrn={values.cohort_prn}
          hint="Whose releases it gets; without one it gets overrides only."
          optional
        />
        <TextField
          name="target"
          label="Target"
          hint="Such as aarch64-linux-gnu: it gets the binaries of its target, and those that fit all. Without one: all."
          defaultValue={device?.target ?? ""}
          optional
          mono
        />
        <TextField
          name="tags"
          label="Tags"
          hint="Commas between them. Releases can be for tags."
          defaultValue={showTags(device?.tags ?? null)}
          optional
        />
        <TextField name="description" label="Description" defaultValue={device?.description ?? ""} optional />
        <CliHint command={commandOf(values, device)} />
      </Form>
    </Dialog>
  );
}

function commandOf(values: Values, device: Resources["devices"] | undefined): string {
  const words = [
    device ? `update --prn ${device.prn}` : `create --identifier ${shellWord(values.identifier ?? "SERIAL")}`,
    `--product-prn ${values.product_prn ?? "PRODUCT_PRN"}`,
    values.cohort_prn ? `--cohort-prn ${values.cohort_prn}` : device?.cohort_prn && "--no-cohort",
    values.target && `--target ${shellWord(values.target)}`,
    values.tags && `--tags ${shellWord(readTags(values.tags)?.join(",") ?? "")}`,
  ];
  return `npx peridio devices ${words.filter(Boolean).join(" ")}`;
}
