import type { components } from "@open-peridio/sdk";
import { useState } from "react";
import { quoted } from "../../api/search-text.ts";
import { shellWord } from "../../ui/cli-hint.tsx";
import { CheckField, FieldProblem, TextField, type Values } from "../../ui/form.tsx";
import { readTags, showTags } from "../../ui/tags.ts";
import { ThingField } from "../../ui/thing-field.tsx";

type Jitp = NonNullable<components["schemas"]["CaCertificate"]["jitp"]>;

/** What devices get that an authority brings: just-in-time provisioning, or nothing of it. */
export function JitpFields({ jitp }: { jitp: Jitp | null }) {
  const [brings, setBrings] = useState(jitp !== null);
  const [product, setProduct] = useState(jitp?.product_prn ?? null);
  return (
    <>
      <label className="flex items-start gap-2.5 text-sm">
        <input
          type="checkbox"
          name="brings"
          checked={brings}
          onChange={(event) => setBrings(event.target.checked)}
          className="mt-0.5 size-4 shrink-0 accent-accent"
        />
        <span>
          Bring devices
          <span className="block text-xs text-muted">
            Whoever shows a certificate of it is created at the first contact, with the common name for its identifier.
          </span>
        </span>
      </label>
      {brings && (
        <div className="grid gap-4 rounded-md border border-line p-3 sm:grid-cols-2">
          <ThingField
            name="product_prn"
            label="Product"
            resource="products"
            only="archived:false"
            defaultPrn={jitp?.product_prn}
            onChoose={setProduct}
          />
          <ThingField
            key={product}
            name="cohort_prn"
            label="Cohort"
            resource="cohorts"
            only={product ? `product_prn:${quoted(product)}` : undefined}
            defaultPrn={product === jitp?.product_prn ? jitp?.cohort_prn : null}
            hint="Whose releases they get."
            optional
          />
          <TextField
            name="tags"
            label="Tags"
            hint="Commas between them."
            defaultValue={showTags(jitp?.tags ?? null)}
            optional
          />
          <TextField
            name="target"
            label="Target"
            placeholder="aarch64-linux-gnu"
            defaultValue={jitp?.target ?? undefined}
            optional
            mono
          />
          <TextField
            name="jitp_description"
            label="Description of each"
            defaultValue={jitp?.description ?? undefined}
            optional
          />
          <div className="self-end pb-1.5">
            <CheckField
              name="second"
              label="Add unknown certificates to devices that are there"
              defaultChecked={jitp?.allow_second_certificate ?? false}
            />
          </div>
        </div>
      )}
    </>
  );
}

/** The settings as the API takes them; null for an authority that brings no devices. @throws FieldProblem */
export function readJitp(values: Values) {
  if (values.brings === undefined) return null;
  if (values.product_prn === undefined) throw new FieldProblem("product_prn", "is needed");
  return {
    product_prn: values.product_prn,
    cohort_prn: values.cohort_prn ?? null,
    tags: readTags(values.tags),
    target: values.target ?? null,
    description: values.jitp_description ?? null,
    allow_second_certificate: values.second !== undefined,
  };
}

/** The same as options of a command, as far as it is known yet. */
export function jitpOptions(values: Values): string {
  if (values.brings === undefined) return "";
  const jitp = readJitp({ product_prn: "PRODUCT_PRN", ...values })!;
  return [
    ` --jitp-product-prn ${jitp.product_prn}`,
    jitp.cohort_prn && ` --jitp-cohort-prn ${jitp.cohort_prn}`,
    jitp.tags && ` --jitp-tags ${shellWord(jitp.tags.join(","))}`,
    jitp.target && ` --jitp-target ${shellWord(jitp.target)}`,
    jitp.description && ` --jitp-description ${shellWord(jitp.description)}`,
    jitp.allow_second_certificate && " --jitp-second-certificate",
  ]
    .filter(Boolean)
    .join("");
}
