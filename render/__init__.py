"""How a block is drawn: items in, safe HTML out. No Flask, no database."""
