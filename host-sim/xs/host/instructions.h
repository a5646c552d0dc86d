/* Instructions of the processor that the host itself runs on. */
#ifndef GANGLION_INSTRUCTIONS_H
#define GANGLION_INSTRUCTIONS_H

/* Starts counting. */
void startInstructions(void);

/* Between these two nothing is counted: what talks to the computer has no counterpart on a chip. */
void pauseInstructions(void);
void resumeInstructions(void);

/* Instructions since the start, or NAN where they can't be counted. */
double countInstructions(void);

#endif
