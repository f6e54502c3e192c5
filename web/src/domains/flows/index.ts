export { StepActs } from "./acts/StepActs";
export { PhoneActs } from "./acts/PhoneActs";
export { RunPicture } from "./RunPicture";
