import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { paths } from "../../paths.ts";
import { CliHint, shellWord } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { CheckField, Form, TextField, type Values } from "../../ui/form.tsx";

interface ProductDialogProps {
  /** What is edited; absent for a new one. */
  product?: Resources["products"];
  onClose: () => void;
}

/** Makes a product, or changes one. */
export function ProductDialog({ product, onClose }: ProductDialogProps) {
  const navigate = useNavigate();
  const [values, setValues] = useState<Values>(product ? { name: product.name } : {});
  const save = async ({ name, archived }: Values) => {
    const body = { name: name ?? "", ...(product && { archived: archived === "on" }) };
    const saved = await change(product ? "PATCH" : "POST", "products", product?.prn ?? null, body);
    await queryClient.invalidateQueries({ queryKey: ["products"] });
    if (!product) await navigate({ to: paths.product(saved.prn) });
    onClose();
  };
  const name = shellWord(values.name ?? "NAME");
  const command = product ? `update --prn ${product.prn} --name ${name}` : `create --name ${name}`;
  return (
    <Dialog title={product ? "Edit the product" : "New product"} onClose={onClose}>
      <Form submit={product ? "Save" : "Create product"} onSubmit={save} onCancel={onClose} onValues={setValues}>
        <TextField
          name="name"
          label="Name"
          hint="What you build and sell, such as camera."
          defaultValue={product?.name}
        />
        {product && (
          <CheckField
            name="archived"
            label="Archived"
            hint="For what is sold no more. Refused while it has devices."
            defaultChecked={product.archived}
          />
        )}
        <CliHint command={`npx peridio products ${command}`} />
      </Form>
    </Dialog>
  );
}
