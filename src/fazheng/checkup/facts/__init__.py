"""What a text says, read before any rule judges it: headings, parts, figures, relations, citations."""
