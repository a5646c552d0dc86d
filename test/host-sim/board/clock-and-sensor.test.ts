import {describe, expect, test} from "vitest";
import {recordedSensor} from "../../../host-sim/board/recorded-sensor.js";
import {VirtualClock} from "../../../host-sim/board/virtual-clock.js";

describe("the timer", () => {
  test("calls back once, or every interval, in the order of time, and of making where that is the same", () => {
    const clock = new VirtualClock();
    const {Timer} = clock;
    const calls: string[] = [];
    const note = (name: string) => () => calls.push(`${name}${clock.now}`);
    Timer.repeat(note("a"), 20);
    Timer.set(note("b"), 20);
    Timer.set(note("c"), 5, 30);
    Timer.set(note("d"));
    expect(clock.advance(40)).toBe(6);
    expect(calls).toEqual(["d0", "c5", "a20", "b20", "c35", "a40"]);
    expect(clock.now).toBe(40);
    expect(clock.timers.size).toBe(2);
  });

  test("makes up for what was missed while a callback took long", () => {
    const clock = new VirtualClock();
    const times: number[] = [];
    clock.Timer.repeat(() => {
      times.push(clock.now);
      if (times.length === 1) clock.Timer.delay(50);
    }, 20);
    clock.advance(100);
    expect(times).toEqual([20, 70, 70, 80, 100]);
  });

  test("can be cleared, unscheduled and scheduled anew, also by its own callback", () => {
    const clock = new VirtualClock();
    const {Timer} = clock;
    const times: number[] = [];
    const timer = Timer.repeat((own) => {
      times.push(clock.now);
      if (times.length === 2) Timer.schedule(own);
      if (times.length === 4) Timer.clear(own);
    }, 10);
    clock.advance(100);
    expect(times).toEqual([10, 20]);
    Timer.schedule(timer, 5, 30);
    clock.advance(100);
    expect(times).toEqual([10, 20, 105, 135]);
    Timer.clear(timer);
    Timer.clear(undefined);
    expect(() => Timer.schedule(timer, 5)).toThrow("invalid timer");
  });
});

describe("the sensor", () => {
  const rows = Array.from({length: 10}, (_, k) => [k, 10 * k, 100 * k]);
  const recording = {rows, axes: ["x", "y", "z"], rate: 50};

  test("gives the row of the time, a new object each time, and undefined when the recording is over", () => {
    const clock = new VirtualClock();
    const Sensor = recordedSensor(recording, clock);
    const sensor = new Sensor({sensor: {}});
    expect(sensor.sample()).toEqual({x: 0, y: 0, z: 0});
    clock.advance(45);
    expect(sensor.sample()).toEqual({x: 2, y: 20, z: 200});
    expect(sensor.sample()).not.toBe(sensor.sample());
    clock.advance(155);
    expect(sensor.sample()).toBeUndefined();
    sensor.close();
    expect(() => sensor.sample()).toThrow("closed");
  });

  test("nests what an IMU nests, and leaves out what was switched off", () => {
    const axes = ["accelerometer.x", "accelerometer.y", "gyroscope.z"];
    const Sensor = recordedSensor({...recording, axes}, new VirtualClock(), {
      missingAxes: ["accelerometer.y"],
    });
    expect(new Sensor({sensor: {}}).sample()).toEqual({accelerometer: {x: 0}, gyroscope: {z: 0}});
  });

  test("has gaps, undefined samples, missing axes, drift and jitter as it is told, the same for the same seed", () => {
    function play(faults: Parameters<typeof recordedSensor>[2]): string[] {
      const clock = new VirtualClock();
      const Sensor = recordedSensor({...recording, loops: true}, clock, faults);
      const sensor = new Sensor({sensor: {}});
      return Array.from({length: 400}, () => {
        const sample = sensor.sample();
        clock.advance(20);
        return sample === undefined ? "-" : Object.values(sample).join();
      });
    }
    const clean = play({});
    expect(clean.slice(8, 12)).toEqual(["8,80,800", "9,90,900", "0,0,0", "1,10,100"]);
    expect(play({gaps: [{from: 20, to: 60}]}).slice(0, 4)).toEqual(["0,0,0", "-", "-", "3,30,300"]);
    const lost = play({undefinedShare: 0.1}).filter((row) => row === "-").length;
    expect(lost).toBeGreaterThan(20);
    expect(lost).toBeLessThan(60);
    expect(play({missingShare: 0.1}).filter((row) => row.split(",").length === 2).length).toBeGreaterThan(20);
    const jittered = play({jitter: 15, seed: 4});
    expect(jittered).not.toEqual(clean);
    expect(play({jitter: 15, seed: 4})).toEqual(jittered);
    expect(play({drift: 0.5})[3]).toBe("4,40,400");
    expect(play({drift: -0.5, onlyNew: true}).slice(0, 3)).toEqual(["0,0,0", "-", "1,10,100"]);
  });

  test("refuses what a driver refuses", () => {
    const Sensor = recordedSensor(recording, new VirtualClock());
    expect(() => new Sensor({} as {sensor: object})).toThrow("sensor required");
    const sensor = new Sensor({sensor: {}});
    sensor.configure({range: 4});
    expect(() => sensor.configure(null as unknown as object)).toThrow("invalid options");
  });
});
