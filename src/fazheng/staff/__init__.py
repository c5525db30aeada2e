"""人员: who works here on a day, which roles they hold, whose certificate is valid. Read from the staff register."""

from fazheng.staff.roster import Person, Roster, load_roster

__all__ = ["Person", "Roster", "load_roster"]
