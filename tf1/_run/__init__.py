"""Running a program: the import hook, execution, notebooks, figures, tracebacks, threads, child processes."""
