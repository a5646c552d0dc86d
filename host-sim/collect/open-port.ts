import type {Readable} from "node:stream";
import {InputError} from "../../runtime/input-error.js";

/** An open serial line. */
export interface OpenPort {
  readonly line: Readable;
  close(): Promise<void>;
}

/**
 * Opens a serial port.
 * @throws InputError when there is none of that name or it can't be opened, naming those there are
 */
export async function openPort(path: string, baudRate: number): Promise<OpenPort> {
  const {SerialPort} = await load();
  const port = new SerialPort({path, baudRate, autoOpen: false});
  const problem = await new Promise<Error | null>((resolve) => port.open(resolve));
  if (problem !== null) {
    const found = (await SerialPort.list().catch(() => [])).map((info) => info.path);
    const there =
      found.length === 0 ? "No serial port is here: plug the board in." : `Ports here: ${found.join(", ")}.`;
    const allowed = /permission|access/i.test(problem.message) ? " On Linux, join the group dialout." : "";
    throw new InputError(
      path,
      "a serial port that can be opened",
      problem.message.replace(/^Error: /, ""),
      there + allowed,
    );
  }
  return {
    line: port,
    close: () => new Promise((resolve) => (port.isOpen ? port.close(() => resolve()) : resolve())),
  };
}

/** It has native parts, which are not there for every computer: all else works without it. */
async function load(): Promise<typeof import("serialport")> {
  try {
    return await import("serialport");
  } catch (error) {
    const found = (error as Error).message.split("\n", 1)[0];
    throw new InputError(
      "the package serialport",
      "one that can be loaded",
      found,
      "Run `npm install serialport`.",
    );
  }
}
