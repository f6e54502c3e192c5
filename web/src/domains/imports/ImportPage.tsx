import { type ReactNode, useState } from "react";
import { useParams } from "react-router";

import { useRead } from "@/kit/query";
import { Loaded } from "@/kit/states";

import { Check } from "./Check";
import { ImportFrame } from "./ImportFrame";
import { type Import, underWay } from "./marks";
import { Mapping } from "./Mapping";
import { Running } from "./Running";

export default function ImportPage(): ReactNode {
  const id = Number(useParams()["id"]);
  const run = useRead("/api/imports/{import_id}", {
    path: { import_id: id },
    refetchInterval: (query) => (query.state.data && underWay(query.state.data as Import) ? 1_000 : false),
  });
  return <Loaded query={run}>{(data) => <Stage key={data.id} run={data} />}</Loaded>;
}

function Stage({ run }: { run: Import }): ReactNode {
  // once the columns are matched they need not be looked at again
  const [matching, setMatching] = useState(run.status === "ready");
  const title = `${run.importer_name} · ${run.file_name}`;
  if (run.status !== "ready") {
    return (
      <ImportFrame step={run.status === "done" ? 4 : 3} title={title}>
        <Running run={run} />
      </ImportFrame>
    );
  }
  return (
    <ImportFrame step={matching ? 1 : 2} title={title}>
      {matching ? (
        <Mapping run={run} onNext={() => setMatching(false)} />
      ) : (
        <Check run={run} onBack={() => setMatching(true)} />
      )}
    </ImportFrame>
  );
}
