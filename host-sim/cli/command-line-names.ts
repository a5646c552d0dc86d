import {InputError} from "../../runtime/input-error.js";

/** Options as programs name them, and as the command line has them. */
const flags: Readonly<Record<string, string>> = {
  columns: "--columns",
  labelColumn: "--label-column",
  recordingColumn: "--recording-column",
  rowsPerRecording: "--rows-per-recording",
  layers: "--learn-layers",
  "learning: layers": "--learn-layers",
};

/** @returns the error with options named as whoever wrote the command line knows them */
export function inCommandLineNames({place, expected, found, remedy}: InputError): InputError {
  const [wanted, stood, advice] = [expected, found, remedy].map((text) =>
    text
      // The command line has no such option.
      .replace(", or give its name with the option personColumn", "")
      .replace(/\boption (\w+)/g, (all, name: string) => (name in flags ? `option ${flags[name]}` : all)),
  );
  return new InputError(flags[place] ?? place, wanted, stood, advice);
}
