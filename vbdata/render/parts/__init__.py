"""What pages are made of: data, words, tables, the stylesheet. Knows no page."""
