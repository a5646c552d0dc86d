/* Numbers: rho, epsilon. */
static void rmsPropUpdate(const Update* u)
{
	const Real rho = (Real)u->numbers[0];
	const Real rest = (Real)(1 - u->numbers[0]);
	const Real epsilon = (Real)u->numbers[1];
	const Real rate = (Real)u->rate;
	const Real share = (Real)(1.0 / u->examples);
	int32_t k;
	for (k = 0; k < u->count; k++) {
		const Real g = (Real)u->gradients[k] * share;
		const Real v = rho * (Real)u->states[k] + rest * g * g;
		u->states[k] = (float)v;
		u->parameters[k] = (float)((Real)u->parameters[k] - (rate * g) / (rootOf(v) + epsilon));
	}
}
