import type {Model} from "../../runtime/model.js";
import {Network} from "../../runtime/network.js";
import {Counter, type Host} from "./host.js";
import {JobFile} from "./job.js";

/**
 * A program that is replayed as runJob is: it takes examples through the network operator by operator, and prints of each
 * operator how many bytecodes its forward took, summed over the examples; JSON has null where the engine can't tell.
 *
 * @param examples the name of their features' file: float32, raw, one example after the other
 */
export function meterOperators(host: Host, model: Model, examples: string): void {
  const network = new Network(model, host.read(JobFile.image));
  const file = host.read(JobFile.values(examples));
  const values = new Float32Array(file, 0, file.byteLength / 4);
  const {steps} = network;
  const size = network.input.length;
  const features = new Float32Array(size);
  const sums = new Float64Array(steps.length);
  const runs = values.length / size;
  for (let run = 0; run < runs; run++) {
    for (let i = 0; i < size; i++) features[i] = values[run * size + i];
    network.load(features);
    for (let k = 0; k < steps.length; k++) {
      const step = steps[k];
      const {operator} = step;
      // What one reading costs stands between the first two.
      const before = host.meter(Counter.bytecodes);
      const start = host.meter(Counter.bytecodes);
      operator.forward(step);
      const end = host.meter(Counter.bytecodes);
      sums[k] += end - start - (start - before);
    }
  }
  host.print(JSON.stringify(Array.from(sums)));
}
