"""Forms that other offices send: their holes filled with figures, everything else in the package left as it was."""

from fazheng.casework.forms.package import Filled, FormFault, fill_form, holes_of
from fazheng.casework.forms.text import Filling

__all__ = ["Filled", "Filling", "FormFault", "fill_form", "holes_of"]
