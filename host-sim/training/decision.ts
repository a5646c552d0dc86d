/**
 * @param outputs of one example
 * @returns the index of the class that they say, as Network.classify decides: -1 when it isn't a number
 */
export function decisionOf(outputs: Float32Array): number {
  if (outputs.length === 1) return Number.isNaN(outputs[0]) ? -1 : Number(outputs[0] > 0.5);
  const best = outputs.reduce((so, value, index) => (value > outputs[so] ? index : so), 0);
  return Number.isNaN(outputs[best]) ? -1 : best;
}
