import type { components } from "@open-peridio/sdk";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { allOf } from "../../api/queries.ts";
import { quoted } from "../../api/search-text.ts";
import { shellWord } from "../../ui/cli-hint.tsx";
import { CheckField, SelectField, TextField, type Values } from "../../ui/form.tsx";

type Jitp = NonNullable<components["schemas"]["CaCertificate"]["jitp"]>;

/** What devices get that an authority brings: just-in-time provisioning, or nothing of it. */
export function JitpFields({ jitp }: { jitp: Jitp | null }) {
  const { data: products } = useQuery(allOf("products"));
  const [brings, setBrings] = useState(jitp !== null);
  const [product, setProduct] = useState(jitp?.product_prn);
  if (!products) return null;
  const live = products.items.filter(({ archived, prn }) => !archived || prn === jitp?.product_prn);
  if (live.length === 0) {
    return (
      <p className="text-sm text-muted">
        It can bring devices once there is a{" "}
        <Link to="/products" className="text-ink underline underline-offset-2">
          product
        </Link>{" "}
        for them.
      </p>
    );
  }
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
          <SelectField
            name="product_prn"
            label="Product"
            options={live.map(({ prn, name }) => ({ value: prn, label: name }))}
            defaultValue={jitp?.product_prn}
            onChange={setProduct}
          />
          <Cohort key={product} product={product ?? live[0]!.prn} chosen={jitp?.cohort_prn ?? ""} />
          <TextField
            name="tags"
            label="Tags"
            hint="Separated by commas."
            defaultValue={jitp?.tags?.join(", ")}
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

function Cohort({ product, chosen }: { product: string; chosen: string }) {
  const { data: cohorts } = useQuery(allOf("cohorts", { search: `product_prn:${quoted(product)}` }));
  const options = (cohorts?.items ?? []).map(({ prn, name }) => ({ value: prn, label: name }));
  // A choice that is made before its options are there is lost.
  return (
    <SelectField
      key={String(cohorts !== undefined)}
      name="cohort_prn"
      label="Cohort"
      options={[{ value: "", label: "none: they get no release" }, ...options]}
      defaultValue={chosen}
    />
  );
}

const tagsOf = (text: string): string[] =>
  text
    .split(",")
    .map((tag) => tag.trim())
    .filter((tag) => tag !== "");

/** The settings as the API takes them; null for an authority that brings no devices. */
export function readJitp(values: Values) {
  if (values.brings === undefined || values.product_prn === undefined) return null;
  return {
    product_prn: values.product_prn,
    cohort_prn: values.cohort_prn ?? null,
    tags: values.tags === undefined ? null : tagsOf(values.tags),
    target: values.target ?? null,
    description: values.jitp_description ?? null,
    allow_second_certificate: values.second !== undefined,
  };
}

/** The same as options of a command. */
export function jitpOptions(values: Values): string {
  const jitp = readJitp(values);
  if (jitp === null) return "";
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
