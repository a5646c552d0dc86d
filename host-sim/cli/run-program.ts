import {type Command, CommanderError} from "commander";
import {InputError} from "../../runtime/input-error.js";
import {ExitCode} from "./exit-code.js";

/**
 * Parses the command line and runs what it asks for. What a user handed in and can't be used is told on one line of stderr; it and
 * wrong usage set the exit code.
 *
 * @param program whose exits are overridden
 * @param name before a message
 * @param inItsNames puts a message into the words of the command line
 * @throws what is no error of the user's
 */
export async function runProgram(
  program: Command,
  name: string,
  inItsNames: (error: InputError) => InputError = (error) => error,
): Promise<void> {
  try {
    await program.parseAsync();
  } catch (error) {
    if (error instanceof InputError) {
      process.stderr.write(`${name}: ${inItsNames(error).message}\n`);
      process.exitCode = ExitCode.input;
    } else if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? 0 : ExitCode.usage;
    } else throw error;
  }
}
