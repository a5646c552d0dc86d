import {ProgramWords} from "../../runtime/image/format.js";
import {type Image, RECOMPILE, refuse} from "../../runtime/image/open.js";
import {countOperators} from "../../runtime/image/program.js";
import {type Graph, hasWeights, type Node} from "../graph/graph.js";
import {fusedLosses, losses} from "../losses.js";
import {activations, layers, passOperators} from "../ops/table.js";

/**
 * Reads which operators an image's program has, and their sizes. Their numbers are left out: all parameters are 0.
 * @throws InputError for a program that the runtime would refuse
 */
export function readGraph({program}: Image): Graph {
  const count = countOperators(program);
  const nodes: Node[] = [];
  let layer = -1;
  for (let k = 0; k < count; k++) {
    const [code, outputSize] = program.subarray(ProgramWords.header + k * ProgramWords.operator);
    const operator = OPERATORS.find(({runtime}) => runtime.code === code);
    if (operator === undefined) return refuse(`operator ${k}`, "a known one", `code ${code}`, RECOMPILE);
    const {runtime} = operator;
    const inputSize = nodes[k - 1]?.outputSize ?? program[0];
    // Activations, and what turns numbers of one kind into the other, belong to the layer before.
    if (hasWeights({operator, inputSize, outputSize})) layer++;
    nodes.push({
      name: layer < 0 ? `input, ${runtime.name}` : `layers[${layer}] ${runtime.name}`,
      operator,
      inputSize,
      outputSize,
      parameters: new Float32Array(runtime.parameterCount(inputSize, outputSize)),
      constants: new Float32Array(0),
      int8: new Int8Array(runtime.int8Count?.(inputSize, outputSize) ?? 0),
      regularization: undefined,
    });
  }
  const known = [...Object.values(losses), ...fusedLosses.map(({takes}) => takes)];
  const loss = known.find(({runtime}) => runtime.code === program[2]);
  if (loss === undefined) return refuse("program: loss", "a known one", `code ${program[2]}`, RECOMPILE);
  return {inputSize: program[0], nodes, loss};
}

const OPERATORS = [...Object.values(layers), ...Object.values(activations), ...Object.values(passOperators)];
