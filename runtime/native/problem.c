#include "native.h"

const char* ganglionProblem(const void* task, size_t taskBytes, size_t arenaBytes, size_t imageBytes)
{
	const GanglionTask* it = task;
	if ((taskBytes < sizeof(GanglionTask))
		|| (taskBytes != sizeof(GanglionTask) + (size_t)it->steps * sizeof(GanglionStep)))
		return "not a task";
	if (arenaBytes != (size_t)it->arenaWords * sizeof(float))
		return "an arena of another size";
	if (imageBytes != (size_t)it->imageBytes)
		return "an image of another size";
	return NULL;
}
