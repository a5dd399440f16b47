import { useQuery } from "@tanstack/react-query";
import { bytes, counted } from "../../ui/bytes.ts";
import { Card, Fact, Facts } from "../../ui/card.tsx";
import { Loaded } from "../../ui/loaded.tsx";
import { When } from "../../ui/when.tsx";
import { storageFigures } from "./figures.ts";

/** What all contents would take, and why it is less. */
export function Savings() {
  const figures = useQuery(storageFigures);
  return (
    <Card title="What it is made of">
      <Loaded query={figures}>
        {({ stores, as_of }) => {
          const sum = (of: (store: (typeof stores)[number]) => number) =>
            stores.reduce((all, store) => all + of(store), 0);
          const size = (of: (store: (typeof stores)[number]) => number) => (
            <span className="nums">{bytes(sum(of))}</span>
          );
          return (
            <Facts>
              <Fact name="All contents">{size((store) => store.plain_bytes)}</Fact>
              <Fact name="Saved by sharing">{size((store) => store.deduplicated_bytes)}</Fact>
              <Fact name="Saved by compressing">{size((store) => store.compression_saved_bytes)}</Fact>
              <Fact name="Archived">{size((store) => store.archived_bytes)}</Fact>
              <Fact name="Uploads under way">
                {size((store) => store.unfinished_uploads.bytes)}
                <span className="text-muted">
                  {" in "}
                  {counted(
                    sum((store) => store.unfinished_uploads.binaries),
                    "binary",
                    "binaries",
                  )}
                </span>
              </Fact>
              <Fact name="Deltas">{size((store) => store.deltas.bytes)}</Fact>
              <Fact name="Counted">
                <When time={as_of} />
              </Fact>
            </Facts>
          );
        }}
      </Loaded>
    </Card>
  );
}
