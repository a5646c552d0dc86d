/* Numbers: beta1, beta2, epsilon, beta1^t, beta2^t. */
static void adamBegin(double* numbers)
{
	numbers[3] *= numbers[0];
	numbers[4] *= numbers[1];
}

static void adamUpdate(const Update* u)
{
	const Real beta1 = (Real)u->numbers[0];
	const Real beta2 = (Real)u->numbers[1];
	const Real rest1 = (Real)(1 - u->numbers[0]);
	const Real rest2 = (Real)(1 - u->numbers[1]);
	const Real epsilon = (Real)u->numbers[2];
	const Real rate = (Real)(u->rate / (1 - u->numbers[3]));
	const Real correction = (Real)(1 / (1 - u->numbers[4]));
	const Real share = (Real)(1.0 / u->examples);
	int32_t k;
	for (k = 0; k < u->count; k++) {
		const Real g = (Real)u->gradients[k] * share;
		const Real m = beta1 * (Real)u->states[k] + rest1 * g;
		const Real v = beta2 * (Real)u->secondStates[k] + rest2 * g * g;
		u->states[k] = (float)m;
		u->secondStates[k] = (float)v;
		u->parameters[k] = (float)((Real)u->parameters[k] - (rate * m) / (rootOf(v * correction) + epsilon));
	}
}
