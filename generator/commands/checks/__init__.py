"""What ``check`` looks for, one kind a module, each yielding SourceErrors; ``site`` does all."""

from generator.commands.checks.site import LIMITS, check

__all__ = ["LIMITS", "check"]
