/*
 * QEMU with -icount shift=0 lets a nanosecond of the board's time pass with each instruction, whatever the computer
 * does. Timer 0 of Arm's MPS2 board (Application Note AN386, "CMSDK APB timer") counts down at 25 MHz, so one tick is
 * 40 instructions.
 */
#include <stdint.h>

#include "instructions.h"

#define INSTRUCTIONS_PER_TICK 40

typedef struct {
	volatile uint32_t control;
	volatile uint32_t value;
	volatile uint32_t reload;
} Timer;

#define TIMER_0 ((Timer*)0x40000000)
#define TIMER_ENABLE 1u
#define TIMER_LONGEST 0xFFFFFFFFu

static uint32_t lastValue = TIMER_LONGEST;
static uint64_t ticks = 0;

void startInstructions(void)
{
	TIMER_0->control = 0;
	TIMER_0->reload = TIMER_LONGEST;
	TIMER_0->value = TIMER_LONGEST;
	TIMER_0->control = TIMER_ENABLE;
	lastValue = TIMER_0->value;
	ticks = 0;
}

void pauseInstructions(void)
{
	TIMER_0->control = 0;
}

void resumeInstructions(void)
{
	TIMER_0->control = TIMER_ENABLE;
}

double countInstructions(void)
{
	uint32_t value = TIMER_0->value;
	ticks += (uint32_t)(lastValue - value);
	lastValue = value;
	return (double)ticks * INSTRUCTIONS_PER_TICK;
}
