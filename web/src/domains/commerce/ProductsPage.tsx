import { type ReactNode } from "react";

import { api } from "@/kit/api";

import { Catalogue } from "./Catalogue";
import { texts } from "./texts";

export default function ProductsPage(): ReactNode {
  const t = texts.use();
  return (
    <Catalogue
      path="/api/products"
      manage="product.manage"
      importer="products"
      words={{
        title: t("products"),
        purpose: t("productsPurpose"),
        add: t("addProduct"),
        edit: t("editProduct"),
        archive: t("archive"),
        archived: t("archived"),
        none: t("noProducts"),
        noneHint: t("noProductsHint"),
      }}
      create={(body, key) => api.post("/api/products", { body, key })}
      change={(id, body, key) =>
        api.put("/api/products/{product_id}", { path: { product_id: id }, body, key })
      }
      archive={(id) => api.delete("/api/products/{product_id}", { path: { product_id: id } })}
    />
  );
}
