export { PasswordForm } from "./PasswordForm";
