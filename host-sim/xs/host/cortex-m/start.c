/* From reset to main on a bare Cortex-M4F, with the command line and the files of the computer by semihosting. */
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define COPROCESSOR_ACCESS (*(volatile uint32_t*)0xE000ED88)
#define FULL_ACCESS_TO_FPU (0xFu << 20)

/* Arm's "Semihosting for AArch32 and AArch64" numbers the operations. */
#define SEMIHOSTING_GET_COMMAND_LINE 0x15

#define LONGEST_COMMAND_LINE 4096
#define MOST_ARGUMENTS 64

extern uint32_t stackTop;
extern uint32_t zeroedBegin;
extern uint32_t zeroedEnd;

extern int main(int count, char** arguments);
/* The C library's: opens stdin, stdout and stderr by semihosting. */
extern void initialise_monitor_handles(void);

void reset(void);

static void stop(void)
{
	_exit(99);
}

/* The first words of memory: the stack, reset, and the faults, none of which a run survives. */
__attribute__((section(".vectors"), used)) static const void* const vectors[16] = {
	&stackTop, reset, stop, stop, stop, stop, stop, 0, 0, 0, 0, stop, stop, 0, stop, stop,
};

static int semihosting(int operation, void* argument)
{
	register int r0 __asm__("r0") = operation;
	register void* r1 __asm__("r1") = argument;
	__asm__ volatile("bkpt 0xAB" : "+r"(r0) : "r"(r1) : "memory");
	return r0;
}

static int readArguments(char** arguments)
{
	static char line[LONGEST_COMMAND_LINE];
	struct {
		char* text;
		int length;
	} commandLine = {line, LONGEST_COMMAND_LINE};
	char* argument;
	int count = 0;
	if (semihosting(SEMIHOSTING_GET_COMMAND_LINE, &commandLine))
		return 0;
	for (argument = strtok(line, " "); argument && (count < MOST_ARGUMENTS); argument = strtok(NULL, " "))
		arguments[count++] = argument;
	return count;
}

static void begin(void)
{
	static char* arguments[MOST_ARGUMENTS + 1];
	int code;
	initialise_monitor_handles();
	code = main(readArguments(arguments), arguments);
	fflush(NULL);
	_exit(code);
}

/* Nothing here may use a register of the FPU before it is switched on. */
__attribute__((noreturn)) void reset(void)
{
	COPROCESSOR_ACCESS |= FULL_ACCESS_TO_FPU;
	__asm__ volatile("dsb\n isb" ::: "memory");
	memset(&zeroedBegin, 0, (size_t)((char*)&zeroedEnd - (char*)&zeroedBegin));
	begin();
	for (;;) {
	}
}
