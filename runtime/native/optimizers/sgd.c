static void sgdUpdate(const Update* u)
{
	const Real rate = (Real)(u->rate / u->examples);
	int32_t k;
	for (k = 0; k < u->count; k++)
		u->parameters[k] = (float)((Real)u->parameters[k] - rate * (Real)u->gradients[k]);
}
