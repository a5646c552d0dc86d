import {type Graph, outputWords} from "../graph/graph.js";

/**
 * Looks at a graph between two passes. What it finds is a defect of a pass, not of the user's.
 * @param pass which pass made the graph
 * @throws Error naming the pass and the node
 */
export function verify(pass: string, graph: Graph): Graph {
  let size = graph.inputSize;
  let isInt8 = false;
  for (const node of graph.nodes) {
    const {name, operator, inputSize, outputSize, parameters, constants, int8} = node;
    const {runtime} = operator;
    const fail = (what: string): never => {
      throw new Error(`pass ${pass}: ${name}: ${what}`);
    };
    if (inputSize !== size) fail(`${inputSize} inputs where ${size} come`);
    if (outputSize < 1 || (runtime.inPlace && outputSize !== inputSize)) fail(`${outputSize} outputs`);
    if ((runtime.takesInt8 === true) !== isInt8) fail(`takes ${isInt8 ? "int8" : "float32"} numbers`);
    if (parameters.length !== runtime.parameterCount(inputSize, outputSize))
      fail(`${parameters.length} parameters`);
    if (constants.length !== (runtime.constantCount?.(inputSize, outputSize) ?? 0))
      fail(`${constants.length} constants`);
    if (int8.length !== (runtime.int8Count?.(inputSize, outputSize) ?? 0))
      fail(`${int8.length} int8 numbers`);
    if (outputWords(node) > outputSize) fail(`${outputWords(node)} words of outputs`);
    size = outputSize;
    isInt8 = runtime.outputWords !== undefined;
  }
  if (isInt8) throw new Error(`pass ${pass}: the outputs are int8 numbers`);
  return graph;
}
