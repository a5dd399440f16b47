import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FieldProblem, Form, TextField, type Values } from "../../ui/form.tsx";
import { ThingField } from "../../ui/thing-field.tsx";

interface CohortDialogProps {
  /** What is edited; absent for a new one. */
  cohort?: Resources["cohorts"];
  /** The product of a new one, where it is clear. */
  productPrn?: string;
  onClose: () => void;
}

/** Makes a cohort, or changes one; its product stays. */
export function CohortDialog({ cohort, productPrn, onClose }: CohortDialogProps) {
  const navigate = useNavigate();
  const [values, setValues] = useState<Values>({
    ...(cohort && { name: cohort.name }),
    ...(productPrn !== undefined && { product_prn: productPrn }),
  });
  const save = async ({ name, product_prn, description }: Values) => {
    if (!cohort && !product_prn) throw new FieldProblem("product_prn", "is needed");
    const body = { name: name ?? "", description: description ?? null, ...(!cohort && { product_prn }) };
    const saved = await change(cohort ? "PATCH" : "POST", "cohorts", cohort?.prn ?? null, body);
    await queryClient.invalidateQueries({ queryKey: ["cohorts"] });
    if (!cohort) await navigate({ to: paths.cohort(saved.prn) });
    onClose();
  };
  const name = shellWord(values.name ?? "NAME");
  const command = cohort
    ? `update --prn ${cohort.prn} --name ${name}`
    : `create --product-prn ${values.product_prn ?? "PRODUCT_PRN"} --name ${name}`;
  return (
    <Dialog title={cohort ? "Edit the cohort" : "New cohort"} onClose={onClose}>
      <Form submit={cohort ? "Save" : "Create cohort"} onSubmit={save} onCancel={onClose} onValues={setValues}>
        {!cohort && <ThingField name="product_prn" label="Product" resource="products" defaultPrn={productPrn} />}
        <TextField
          name="name"
          label="Name"
          hint="Such as beta or production: its devices get the same releases."
          defaultValue={cohort?.name}
        />
        <TextField name="description" label="Description" defaultValue={cohort?.description ?? ""} optional />
        <CliHint command={`npx peridio cohorts ${command}`} />
      </Form>
    </Dialog>
  );
}
