import { RotateCcw } from "lucide-react";
import { client } from "../../api/client.ts";
import { queryClient } from "../../api/query-client.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { sayDone, sayProblem } from "../../ui/toast.tsx";

/** Sends a delivery once more, with the same event and id. */
async function redeliver(prn: string): Promise<void> {
  try {
    await client.api.POST("/webhook_deliveries/{prn}/redeliver", { params: { path: { prn } } });
    sayDone("It is being delivered again.");
    await queryClient.invalidateQueries({ queryKey: ["webhook_deliveries"] });
  } catch (error) {
    sayProblem(error, () => void redeliver(prn));
  }
}

/** In a row of a list. */
export function RedeliverIcon({ prn }: { prn: string }) {
  return (
    <IconButton label="Deliver again" className="relative z-10" onClick={() => void redeliver(prn)}>
      <RotateCcw />
    </IconButton>
  );
}

export function Redeliver({ prn }: { prn: string }) {
  return (
    <Button onClick={() => void redeliver(prn)}>
      <RotateCcw />
      Deliver again
    </Button>
  );
}
