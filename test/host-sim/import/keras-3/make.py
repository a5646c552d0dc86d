"""Makes the files beside it with Keras 3.15.1 (KERAS_BACKEND=numpy): two models, each in both forms, and what they predict."""

import json

import keras
import numpy as np
from keras import layers


def draw_weights(model):
    random = np.random.RandomState(3)
    for variable in model.weights:
        if "seed" in variable.name:
            continue
        value = random.uniform(-0.8, 0.8, variable.shape).astype("float32")
        variable.assign(abs(value) + 0.1 if "variance" in variable.name else value)


sequential = keras.Sequential(
    [
        keras.Input((4,)),
        layers.Dense(5, activation="relu"),
        layers.BatchNormalization(),
        layers.Dropout(0.25),
        layers.Dense(6, use_bias=False),
        layers.LeakyReLU(negative_slope=0.01),
        layers.Dense(3, activation="softmax"),
    ]
)
start = keras.Input((2, 2))
at = layers.Flatten()(start)
at = layers.Dense(5, name="alpha")(at)
at = layers.BatchNormalization(center=False)(at)
at = layers.Activation("tanh")(at)
at = layers.Dense(4)(at)
at = layers.ReLU()(at)
at = layers.Rescaling(0.5, offset=0.1)(at)
functional = keras.Model(start, layers.Dense(2, activation="sigmoid", name="out")(at))

x = np.random.RandomState(5).uniform(-2, 2, (6, 4)).astype("float32")
for name, model, rows in (("sequential", sequential, x), ("functional", functional, x.reshape(6, 2, 2))):
    draw_weights(model)
    model.save(f"{name}.keras")
    model.save(f"{name}.h5")
    y = np.asarray(model.predict(rows, verbose=0))
    with open(f"{name}.json", "w") as file:
        json.dump({"x": x.tolist(), "y": y.tolist()}, file)
