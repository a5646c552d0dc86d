/**
 * K-means one example at a time, in float64: each cluster keeps all that it took, its start included, and its centroid is
 * their mean, computed anew.
 */
export class ReferenceClusters {
  readonly #taken: number[][][];

  /** @param start a centroid each */
  constructor(start: readonly (readonly number[])[]) {
    this.#taken = start.map((centroid) => [[...centroid]]);
  }

  get centroids(): number[][] {
    return this.#taken.map((points) => points[0].map((_, i) => mean(points.map((point) => point[i]))));
  }

  get counts(): number[] {
    return this.#taken.map(({length}) => length);
  }

  /** @returns the squared distance to the nearest centroid, as it stood before the example was taken */
  learn(example: ArrayLike<number>): number {
    const distances = this.centroids.map((centroid) => squaredDistance(centroid, example));
    const nearest = distances.indexOf(Math.min(...distances));
    this.#taken[nearest].push(Array.from(example));
    return distances[nearest];
  }
}

export function squaredDistance(one: ArrayLike<number>, other: ArrayLike<number>): number {
  return Array.from(one).reduce((sum, value, i) => sum + (value - other[i]) ** 2, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
