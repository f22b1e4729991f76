"""The commands, one a module: ``run(options, progress)`` does it and returns the exit code."""
