export { IncomeLines, IncomeTable } from "./IncomeLines";
