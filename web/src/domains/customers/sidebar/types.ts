import type { Answer } from "@/kit/api";

export type Customer = Answer<"/api/customers/{customer_id}">;
export type Message = Answer<"/api/channels/messages">[number];
export type Kind = Answer<"/api/work-order-kinds">["items"][number];
