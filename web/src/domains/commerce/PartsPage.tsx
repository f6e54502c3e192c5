import { type ReactNode } from "react";

import { api } from "@/kit/api";

import { Catalogue } from "./Catalogue";
import { texts } from "./texts";

/** What field workers use up on the way: one catalogue with what is sold. */
export default function PartsPage(): ReactNode {
  const t = texts.use();
  return (
    <Catalogue
      path="/api/spare-parts"
      manage="spare_part.manage"
      importer="spare_parts"
      words={{
        title: t("parts"),
        purpose: t("partsPurpose"),
        add: t("addPart"),
        edit: t("editPart"),
        archive: t("archivePart"),
        archived: t("archivedPart"),
        none: t("noParts"),
        noneHint: t("noPartsHint"),
      }}
      create={(body, key) => api.post("/api/spare-parts", { body, key })}
      change={(id, body, key) => api.put("/api/spare-parts/{part_id}", { path: { part_id: id }, body, key })}
      archive={(id) => api.delete("/api/spare-parts/{part_id}", { path: { part_id: id } })}
    />
  );
}
