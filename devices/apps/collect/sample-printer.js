/** m/s2 in a g. */
const GRAVITY = 9.80665;

/**
 * Prints what an accelerometer gives, in g, one sample a line, for `ganglion collect` on a computer:
 *
 *     ~17,0.0123,-0.9812,0.0801*5c
 *
 * is the sample's number, 0 to 65535 and then 0 again, x, y and z, and the sum of all characters before the star as two
 * hexadecimal digits, so that the computer notices what was lost or damaged on the way.
 */
export class SamplePrinter {
  #sensor;
  #write;
  #number = 0;

  /**
   * @param {object} parts
   * @param {{sample(): import("ganglion/sensors/motion-reader").MotionSample | undefined}} parts.sensor in m/s2
   * @param {(bytes: ArrayBuffer) => void} parts.write the serial line's
   */
  constructor({sensor, write}) {
    this.#sensor = sensor;
    this.#write = write;
  }

  /** To be called as often as the model takes samples. A sample that the sensor doesn't give is passed over. */
  tick() {
    const sample = this.#sensor.sample();
    const {x, y, z} = sample?.accelerometer ?? sample ?? {};
    if (x === undefined || y === undefined || z === undefined) return;
    const numbers = [x, y, z].map((value) => (value / GRAVITY).toFixed(4));
    const text = `~${this.#number},${numbers.join(",")}`;
    this.#number = (this.#number + 1) & 0xffff;
    let sum = 0;
    for (let k = 0; k < text.length; k++) sum += text.charCodeAt(k);
    const line = `${text}*${(sum & 0xff).toString(16).padStart(2, "0")}\r\n`;
    this.#write(Uint8Array.from(line, (character) => character.charCodeAt(0)).buffer);
  }
}
