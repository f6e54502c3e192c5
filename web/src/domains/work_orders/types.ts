import type { components } from "@/generated/api";

type Schemas = components["schemas"];

export type OrderRow = Schemas["OrderRow"];
export type OrderDetail = Schemas["OrderDetail"];
export type StepView = Schemas["StepView"];
export type RunView = Schemas["RunView"];
export type OfferView = Schemas["OfferView"];
export type Candidate = Schemas["Candidate"];
export type KindCard = Schemas["KindCard"];
