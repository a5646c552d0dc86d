/** In the order in which they come; those from penaltyGradient on are the end of a batch. */
export const Phase = Object.freeze({
  idle: 0,
  penalty: 1,
  forward: 2,
  loss: 3,
  watch: 4,
  lookAhead: 5,
  gradients: 6,
  backward: 7,
  rows: 8,
  penaltyGradient: 9,
  check: 10,
  clip: 11,
  norm: 12,
  scale: 13,
  update: 14,
});
