import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { allOf, change } from "../../api/queries.ts";
import { queryClient } from "../../api/query-client.ts";
import type { Resources } from "../../api/resources.ts";
import { quoted } from "../../api/search-text.ts";
import { paths } from "../../paths.ts";
import { CliHint } from "../../ui/cli-hint.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FieldProblem, Form, SelectField, type Values } from "../../ui/form.tsx";
import { ThingField } from "../../ui/thing-field.tsx";
import { type ReleaseBody, readRelease } from "./body.ts";
import { releaseCommand } from "./command.ts";
import { ReleaseFields } from "./fields.tsx";
import { Preview } from "./preview.tsx";

interface CreateProps {
  /** What is chosen already. */
  cohortPrn?: string;
  bundlePrn?: string;
  onClose: () => void;
}

/** A new release, with who gets it beside the fields while they are filled in. */
export function CreateRelease({ cohortPrn, bundlePrn, onClose }: CreateProps) {
  const navigate = useNavigate();
  const [values, setValues] = useState<Values>({
    audience: "all",
    when: "now",
    ...(cohortPrn !== undefined && { cohort_prn: cohortPrn }),
    ...(bundlePrn !== undefined && { bundle_prn: bundlePrn }),
  });
  const cohort = values.cohort_prn;
  const { data: channel } = useQuery({
    ...allOf("releases", { search: `cohort_prn:${quoted(cohort ?? "")}` }, 100),
    enabled: cohort !== undefined,
  });
  const others = channel?.items ?? [];
  const bodyOf = (given: Values): ReleaseBody => ({ ...placeOf(given, others), ...readRelease(given) });

  const create = async (given: Values) => {
    for (const field of ["cohort_prn", "bundle_prn"]) if (!given[field]) throw new FieldProblem(field, "is needed");
    const release = await change("POST", "releases", null, bodyOf(given));
    await queryClient.invalidateQueries({ queryKey: ["releases"] });
    await navigate({ to: paths.release(release.prn) });
    onClose();
  };
  const { body, problem } = attempt(() => bodyOf(values));
  return (
    <Dialog title="New release" onClose={onClose} wide>
      <Form submit="Create release" onSubmit={create} onCancel={onClose} onValues={setValues}>
        <div className="grid gap-6 md:grid-cols-[minmax(0,1fr)_17rem]">
          <div className="flex min-w-0 flex-col gap-4">
            <div className="grid items-start gap-4 sm:grid-cols-2">
              <ThingField
                name="cohort_prn"
                label="Cohort"
                resource="cohorts"
                defaultPrn={cohortPrn}
                hint="Whose devices."
              />
              <ThingField
                name="bundle_prn"
                label="Bundle"
                resource="bundles"
                defaultPrn={bundlePrn}
                hint="What they get."
              />
            </div>
            <ReleaseFields />
            {others.length > 0 && (
              <SelectField
                key={cohort}
                name="place"
                label="Place in the channel"
                hint="What isn't the newest must be for all devices, from now on."
                options={[
                  { value: "", label: "as the newest" },
                  ...others.map(({ prn, name }) => ({ value: prn, label: `before ${name}` })),
                ]}
              />
            )}
          </div>
          <div className="min-w-0 self-start md:sticky md:top-0">
            <Preview body={body} problem={problem} />
          </div>
        </div>
        <CliHint command={releaseCommand("create", body ?? {})} />
      </Form>
    </Dialog>
  );
}

function placeOf({ cohort_prn, bundle_prn, place }: Values, others: Resources["releases"][]): ReleaseBody {
  const next = others.find(({ prn }) => prn === place);
  return {
    ...(cohort_prn && { cohort_prn }),
    ...(bundle_prn && { bundle_prn }),
    ...(next && { next_release_prn: next.prn, previous_release_prn: next.previous_release_prn }),
  };
}

/** What the fields say so far, or what is wrong with them. */
function attempt(make: () => ReleaseBody): { body: ReleaseBody | null; problem: string | null } {
  try {
    return { body: make(), problem: null };
  } catch (error) {
    if (error instanceof FieldProblem)
      return { body: null, problem: `${words[error.field] ?? error.field} ${error.message}` };
    throw error;
  }
}

const words: Record<string, string> = {
  phase_value: "The share or number of devices",
  phase_tags: "The tags",
  schedule_date: "The day",
  failure_share: "The share of failures",
  failure_minimum: "The number of failures",
};
