import {FileModule} from "../../../devices/storage/file-module.js";
import {FileSlots} from "../../../devices/storage/file-slots.js";
import {FlashSlots} from "../../../devices/storage/flash-slots.js";
import {KeyValueSlots} from "../../../devices/storage/key-value-slots.js";
import {PreferenceSlots} from "../../../devices/storage/preference-slots.js";
import type {SlotStorage} from "../../../devices/storage/slot-storage.js";
import {fileModule} from "../../../host-sim/board/file-module.js";
import {FilesDouble} from "../../../host-sim/board/files.js";
import {FlashMemory} from "../../../host-sim/board/flash-memory.js";
import {FlashPartitionDouble} from "../../../host-sim/board/flash-partition.js";
import {KeyValueDouble} from "../../../host-sim/board/key-value.js";
import {Nvs} from "../../../host-sim/board/nvs.js";
import type {Power} from "../../../host-sim/board/power.js";
import {PreferenceDouble} from "../../../host-sim/board/preference.js";
import {PreferenceLog} from "../../../host-sim/board/preference-log.js";

/** A board's storage, which outlives what a program makes of it. */
export interface World {
  /** What a program makes of it after the board has started. */
  boot(): SlotStorage;
  /** @returns a function that brings back what is stored now */
  keep(): () => void;
  /** All bytes that are stored, to flip bits in. */
  stored(): Uint8Array[];
}

/** A kind of storage; one in a log may lose all in a power cut, for reasons of the chip (preference-log.ts). */
export interface Kind {
  readonly title: string;
  readonly isLog: boolean;
  readonly make: (power: Power) => World;
}

function keepMap(map: Map<string, Uint8Array>): () => void {
  const entries = [...map].map(([name, bytes]) => [name, bytes.slice()] as const);
  return () => {
    map.clear();
    for (const [name, bytes] of entries) map.set(name, bytes.slice());
  };
}

function keepMemory({bytes}: FlashMemory): () => void {
  const copy = bytes.slice();
  return () => bytes.set(copy);
}

function onNvs(power: Power, adapter: (nvs: Nvs) => SlotStorage): World {
  // An ESP32's record.
  const nvs = new Nvs(power, {nameCharacters: 15, valueBytes: 4000});
  return {boot: () => adapter(nvs), keep: () => keepMap(nvs.values), stored: () => [...nvs.values.values()]};
}

function onLog(power: Power, adapter: (log: PreferenceLog) => SlotStorage): World {
  const memory = new FlashMemory(2, 4096, power);
  return {
    boot: () => adapter(new PreferenceLog(memory)),
    keep: () => keepMemory(memory),
    stored: () => [memory.bytes],
  };
}

function onFiles(power: Power, isAtomic: boolean): World {
  const files = new FilesDouble(power, isAtomic);
  return {
    boot: () => new FileSlots(files, {blockBytes: 32}),
    keep: () => keepMap(files.contents),
    stored: () => [...files.contents.values()],
  };
}

function onFileModule(power: Power): World {
  const files = new FilesDouble(power, true);
  return {
    boot: () => new FileSlots(new FileModule(fileModule(files), "/root/"), {blockBytes: 32}),
    keep: () => keepMap(files.contents),
    stored: () => [...files.contents.values()],
  };
}

/** A partition of eight blocks, four a slot. */
export function onFlash(power: Power, blockBytes: number): World & {memory: FlashMemory} {
  const memory = new FlashMemory(8, blockBytes, power);
  return {
    memory,
    boot: () => new FlashSlots(new FlashPartitionDouble(memory)),
    keep: () => keepMemory(memory),
    stored: () => [memory.bytes],
  };
}

export const kinds: readonly Kind[] = [
  {
    title: "preference on NVS (ESP32)",
    isLog: false,
    make: (power) => onNvs(power, (nvs) => new PreferenceSlots(new PreferenceDouble(nvs))),
  },
  {
    title: "key-value on NVS (ESP32)",
    isLog: false,
    make: (power) => onNvs(power, (nvs) => new KeyValueSlots(new KeyValueDouble(nvs, "gnl"))),
  },
  {
    title: "preference in a log (ESP8266, Pico, nRF52)",
    isLog: true,
    make: (power) => onLog(power, (log) => new PreferenceSlots(new PreferenceDouble(log))),
  },
  {
    title: "key-value in a log (ESP8266, Pico, nRF52)",
    isLog: true,
    make: (power) => onLog(power, (log) => new KeyValueSlots(new KeyValueDouble(log, "gnl"))),
  },
  {title: "files on littlefs", isLog: false, make: (power) => onFiles(power, true)},
  {title: "module file on littlefs", isLog: false, make: onFileModule},
  {title: "files on the weakest file system", isLog: false, make: (power) => onFiles(power, false)},
  {title: "flash in blocks of 64 bytes", isLog: false, make: (power) => onFlash(power, 64)},
  {title: "flash in blocks of 4 KB", isLog: false, make: (power) => onFlash(power, 4096)},
];
