import { bodyOf, type components } from "@open-peridio/sdk";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { client } from "../../api/client.ts";
import { count, counted } from "../../ui/bytes.ts";
import { inWords } from "../../ui/problem.tsx";
import { ThingLink } from "../../ui/thing-link.tsx";
import { useSettled } from "../../ui/use-settled.ts";
import { When } from "../../ui/when.tsx";
import type { ReleaseBody } from "./body.ts";

type Shown = components["schemas"]["ReleasePreview"];
type Outcome = Shown["devices"][number]["outcome"];

const outcomes: Record<Outcome, string> = {
  gets: "get it when they ask",
  another_release: "get another release in its place",
  overridden: "have a bundle override",
  there: "run it, or something later, already",
  unplaced: "are nowhere in the channel: what they reported fits nothing in it",
  held: "wait before a required release that they can't have",
  other_version: "run a version that isn't meant",
  other_tags: "have none of the tags",
};

interface PreviewProps {
  /** Null while the fields make no sense. */
  body: ReleaseBody | null;
  problem: string | null;
}

/** Who would get the release as it stands in the form, by what the devices reported last. */
export function Preview({ body, problem }: PreviewProps) {
  const isAsked = body?.cohort_prn !== undefined && body.bundle_prn !== undefined;
  const { schedule_date, name: _, ...asked } = body ?? {};
  // “Now” moves on; it is no other question.
  const isLater = schedule_date !== undefined && Date.parse(schedule_date) > Date.now() + 1_000;
  const question = useSettled(JSON.stringify({ ...asked, ...(isLater && { schedule_date }) }));
  const { data, error, isPlaceholderData } = useQuery({
    queryKey: ["releases", "preview", question],
    queryFn: async () => {
      const request = { body: JSON.parse(question) };
      return (await bodyOf(client.api.POST("/releases/preview", request))).preview;
    },
    enabled: isAsked && question.includes("cohort_prn") && question.includes("bundle_prn"),
    placeholderData: keepPreviousData,
  });
  const trouble = problem ?? (error && inWords(error));
  return (
    <section
      aria-label="Who gets it"
      aria-live="polite"
      className="rounded-lg border border-line bg-canvas p-4 text-sm"
    >
      <h3 className="mb-2 font-medium">Who gets it</h3>
      {trouble ? (
        <p className="text-warn">{trouble}</p>
      ) : !isAsked ? (
        <p className="text-muted">
          Choose a cohort and a bundle: the server then says which devices would get it, and why others wouldn't.
        </p>
      ) : data ? (
        <div className={isPlaceholderData ? "opacity-60" : ""}>
          <Answer preview={data} />
        </div>
      ) : (
        <p className="text-muted">Asking…</p>
      )}
    </section>
  );
}

function Answer({ preview }: { preview: Shown }) {
  const { eligible, cohort_devices: all, examined, limit, from, withheld } = preview;
  const found = (Object.keys(outcomes) as Outcome[]).filter((outcome) => preview.outcomes[outcome] > 0);
  return (
    <div className="flex flex-col gap-3">
      <p>
        <strong data-eligible={eligible} className="nums text-xl font-semibold">
          {count(eligible)}
        </strong>{" "}
        <span className="text-muted">of {counted(all, "device")}</span>
        {Date.parse(from) > Date.now() && (
          <span className="text-muted">
            , <When time={from} />
          </span>
        )}
      </p>
      {withheld !== null && <p className="text-bad">Nobody gets it: {withheld}.</p>}
      {limit !== null && (
        <p className="text-muted">Its phase has room for {counted(limit, "device")}: those that ask first.</p>
      )}
      {examined < all && (
        <p className="text-muted">Of the {count(examined)} newest devices; the others weren't looked at.</p>
      )}
      {all === 0 && <p className="text-muted">The cohort has no device yet; those that come later get it.</p>}
      <ul className="flex flex-col gap-1.5">
        {found.map((outcome) => (
          <li key={outcome}>
            <details>
              <summary>
                <span className="nums font-medium">{count(preview.outcomes[outcome])}</span>{" "}
                <span className={outcome === "gets" ? "text-accent" : "text-muted"}>{outcomes[outcome]}</span>
              </summary>
              <Devices preview={preview} outcome={outcome} />
            </details>
          </li>
        ))}
      </ul>
      {eligible === 0 && preview.outcomes.unplaced > 0 && (
        <p className="text-muted">
          Give it a version, and a requirement that what they run satisfies: that is where devices come in.
        </p>
      )}
    </div>
  );
}

function Devices({ preview, outcome }: { preview: Shown; outcome: Outcome }) {
  const named = preview.devices.filter((device) => device.outcome === outcome);
  const rest = preview.outcomes[outcome] - named.length;
  return (
    <ul className="mt-1 flex flex-col gap-0.5 pl-4 text-xs">
      {named.map(({ prn, identifier, reported_release_version: version }) => (
        <li key={prn} className="flex justify-between gap-3">
          <ThingLink prn={prn} name={identifier} />
          <span className="text-muted">{version ?? "no version"}</span>
        </li>
      ))}
      {rest > 0 && <li className="text-muted">and {count(rest)} more</li>}
    </ul>
  );
}
