"""How a report leaves the house: its prose, its paper, its signature and what proves it. For the command line and the
desk alike: it stands on `report`, which composes, and on `casework`, which records."""
