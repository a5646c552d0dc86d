/** What a timer's callback is handed, and what clear() and schedule() take. */
export interface VirtualTimer {
  readonly callback: (timer: VirtualTimer) => void;
  /** When it goes off next; Infinity for one that isn't scheduled. */
  at: number;
  /** Milliseconds from then on; 0 for once. */
  interval: number;
  /** Those with the same time go off in the order of this. */
  readonly order: number;
}

/**
 * Time that goes on when a test says so, and Moddable's module `timer` on it: `set`, `repeat`, `schedule`, `clear` and
 * `delay`, with whole milliseconds. As on a chip a callback that takes long makes later ones late, and a repeating timer
 * makes up for all that it missed; one that goes off once is gone after its callback, even if that scheduled it anew.
 *
 *     const clock = new VirtualClock();
 *     clock.Timer.repeat(onSample, 20);
 *     clock.advance(1000);
 */
export class VirtualClock {
  /** Milliseconds since the start. */
  now = 0;
  /** What `import Timer from "timer"` gives. */
  readonly Timer: VirtualTimers;
  readonly timers = new Set<VirtualTimer>();

  constructor() {
    this.Timer = new VirtualTimers(this);
  }

  /** Lets time go on by `milliseconds`, with all timers that go off. @returns how many did */
  advance(milliseconds: number): number {
    const end = this.now + milliseconds;
    let count = 0;
    for (;;) {
      const timer = this.#next();
      if (timer === undefined || timer.at > end) break;
      if (timer.at > this.now) this.now = timer.at;
      this.#fire(timer);
      count++;
    }
    if (end > this.now) this.now = end;
    return count;
  }

  /** Time that work takes, or Timer.delay: no timer goes off meanwhile. */
  spend(milliseconds: number): void {
    this.now += milliseconds;
  }

  #next(): VirtualTimer | undefined {
    let first: VirtualTimer | undefined;
    for (const timer of this.timers)
      if (first === undefined || timer.at < first.at || (timer.at === first.at && timer.order < first.order))
        first = timer;
    return first?.at === Infinity ? undefined : first;
  }

  #fire(timer: VirtualTimer): void {
    timer.at += timer.interval;
    timer.callback(timer);
    if (timer.interval === 0) this.Timer.clear(timer);
  }
}

class VirtualTimers {
  readonly #clock: VirtualClock;
  #made = 0;

  constructor(clock: VirtualClock) {
    this.#clock = clock;
  }

  /** Goes off after `delay`, and then every `repeat` milliseconds, if that is not 0. */
  set(callback: (timer: VirtualTimer) => void, delay = 0, repeat = 0): VirtualTimer {
    if (typeof callback !== "function") throw new TypeError("callback is no function");
    const at = this.#clock.now + Math.trunc(delay);
    const timer = {callback, at, interval: Math.trunc(repeat), order: this.#made++};
    this.#clock.timers.add(timer);
    return timer;
  }

  repeat(callback: (timer: VirtualTimer) => void, interval: number): VirtualTimer {
    return this.set(callback, interval, interval);
  }

  /** Without a delay the timer waits until it is scheduled again. @throws Error for one that was cleared or went off */
  schedule(timer: VirtualTimer, delay?: number, repeat = 0): void {
    if (!this.#clock.timers.has(timer)) throw new Error("invalid timer");
    timer.at = delay === undefined ? Infinity : this.#clock.now + Math.trunc(delay);
    if (delay !== undefined) timer.interval = Math.trunc(repeat);
  }

  /** What is no timer, or none any more, is left alone. */
  clear(timer?: VirtualTimer | null): void {
    if (timer !== undefined && timer !== null) this.#clock.timers.delete(timer);
  }

  delay(milliseconds: number): void {
    this.#clock.spend(milliseconds);
  }
}
