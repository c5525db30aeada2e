"""台账 and 名录 at any size: which columns, whose rows, how they are filtered, summed and handed out."""
