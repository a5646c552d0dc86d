import {InputError} from "../../runtime/input-error.js";

/** @returns the message that a person reads when this is refused; @throws any error that is no InputError */
export function refusalOf(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return "accepted";
}
