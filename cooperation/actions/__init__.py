"""Every change of a plan."""

from cooperation.actions.plans import add_step, change_step, remove_step, save_goal, set_done

__all__ = ["add_step", "change_step", "remove_step", "save_goal", "set_done"]
