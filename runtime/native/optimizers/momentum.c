/* Numbers: gamma. */
static void momentumUpdate(const Update* u)
{
	const Real gamma = (Real)u->numbers[0];
	const Real rate = (Real)(u->rate / u->examples);
	int32_t k;
	for (k = 0; k < u->count; k++) {
		const Real v = gamma * (Real)u->states[k] + rate * (Real)u->gradients[k];
		u->states[k] = (float)v;
		u->parameters[k] = (float)((Real)u->parameters[k] - v);
	}
}
