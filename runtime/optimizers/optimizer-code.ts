/** By these, kernels in C know an optimizer's formula; native/program/table.c has the same numbers. */
export const OptimizerCode = Object.freeze({
  onlineSgd: 1,
  sgd: 2,
  momentum: 3,
  adagrad: 4,
  rmsprop: 5,
  adam: 6,
  onlineAdam: 7,
});
