import { type ComponentProps, type ComponentType, type ReactNode, Suspense, lazy } from "react";

import { Skeleton } from "@/kit/states";

import type { PhoneActs as HandActs } from "./acts/PhoneActs";
import type { StepActs as DeskActs } from "./acts/StepActs";
import type { RunPicture as Picture } from "./RunPicture";

/** Fetched when it is drawn: a page in the hand does not carry the desk's parts, nor the other way round. */
function later<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  const Part = lazy(async () => ({ default: await load() })) as unknown as ComponentType<P>;
  return function Later(props: P): ReactNode {
    return (
      <Suspense fallback={<Skeleton rows={1} />}>
        <Part {...props} />
      </Suspense>
    );
  };
}

export const StepActs = later<ComponentProps<typeof DeskActs>>(() =>
  import("./acts/StepActs").then((part) => part.StepActs),
);
export const PhoneActs = later<ComponentProps<typeof HandActs>>(() =>
  import("./acts/PhoneActs").then((part) => part.PhoneActs),
);
export const RunPicture = later<ComponentProps<typeof Picture>>(() =>
  import("./RunPicture").then((part) => part.RunPicture),
);
