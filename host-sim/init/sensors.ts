/** A motion sensor that projects can be made for: how Moddable's driver of it is called and set up. */
export interface Sensor {
  readonly title: string;
  /** What the driver's module is called. */
  readonly module: string;
  /** The class that it exports. */
  readonly driver: string;
  /** The driver's folder among the SDK's. */
  readonly folder: string;
  /** What its configure() is given, as text. */
  readonly options: string;
  /** What these options mean. */
  readonly range: string;
}

/** By the name that the command line takes. Both give m/s2; what a gyroscope gives is left alone. */
export const sensors: ReadonlyMap<string, Sensor> = new Map([
  [
    "lis3dh",
    {
      title: "LIS3DH, an accelerometer",
      module: "embedded:sensor/Accelerometer/LIS3DH",
      driver: "LIS3DH",
      folder: "lis3dh",
      options: "{rate: 5, range: 1, enable: 7}",
      range: "100 samples a second, up to 4 g, all axes",
    },
  ],
  [
    "mpu6050",
    {
      title: "MPU6050, an accelerometer with a gyroscope",
      module: "embedded:sensor/Accelerometer-Gyroscope/MPU6050",
      driver: "MPU6050",
      folder: "mpu6050",
      options: "{range: 3}",
      range: "up to 16 g",
    },
  ],
]);
