/**
 * A made-up capacitive probe: its voltage falls as the soil gets wet, along a curve, and drifts as the probe ages.
 *
 * @param {number} moisture 0 to 1
 * @param {number} age 0 for new, 1 for a year
 * @returns {number} the reading, 0 to 1
 */
export function probe(moisture, age) {
  const fresh = 0.85 - 0.55 * Math.sqrt(moisture);
  return fresh * (1 - 0.3 * age) + 0.1 * age;
}
