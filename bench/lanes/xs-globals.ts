/** What peers expect of an environment and XS alone doesn't have; none of it is called while a turn is measured. */
const nothing = () => {};
const environment = globalThis as Record<string, unknown>;
environment.console ??= {log: nothing, warn: nothing, error: nothing, info: nothing};
environment.setTimeout ??= nothing;
environment.performance ??= {now: () => 0};
environment.global ??= globalThis;
