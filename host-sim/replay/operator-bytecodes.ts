import {InputError} from "../../runtime/input-error.js";
import {bundleForXs} from "../xs/bundle.js";
import type {Engine} from "../xs/engine.js";
import {runOnXs} from "../xs/run.js";
import {here, resolver} from "./bundle.js";
import {JobFile} from "./job.js";
import type {SimulatedModel} from "./simulation.js";

const EXAMPLES = "examples";

/**
 * Measures what each operator of a network costs on the real XS engine.
 *
 * @param rows raw features of examples, at least one
 * @returns of each operator, the bytecodes of its forward, mean over the examples
 * @throws InputError when the program ends otherwise than well
 */
export async function measureOperators(
  {image, module}: Pick<SimulatedModel, "image" | "module">,
  rows: readonly Float32Array[],
  engine: Engine,
): Promise<number[]> {
  const contents = [
    'import model from "compiled-model";',
    'import {meterOperators} from "replay-program";',
    `meterOperators(host, model, ${JSON.stringify(EXAMPLES)});`,
  ].join("\n");
  const program = await bundleForXs({contents, resolveDir: here}, [resolver(module, "meter-operators")]);
  const values = Float32Array.from(rows.flatMap((row) => [...row]));
  const files = {[JobFile.image]: image, [JobFile.values(EXAMPLES)]: new Uint8Array(values.buffer)};
  const {output, exit} = await runOnXs({program, files, engine});
  if (exit.kind !== "ok") {
    throw new InputError(
      "the network on XS",
      "a run to the end",
      `${exit.kind} ${exit.message}`,
      "Compile it again.",
    );
  }
  const sums = JSON.parse(output[0]) as number[];
  return sums.map((sum) => sum / rows.length);
}
