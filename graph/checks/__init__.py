"""The arithmetic identities that a report must meet, checked and explained.

    figures          the figures of a report, found by metric and breakdown
    check            one identity, its operands, its verdict
    rules            `rules.toml`: every identity as data, with its number and formula
    forms            identities between the cells of a form (chapters I to IV of the rules)
    prose            totals and parts, shares, ratios, growth in running text (V)
    text_and_tables  what the text says of a total of the tables (VI)
    across           this year's report beside last year's (VII)
    below            a roll-up beside the reports of the bodies right below it (V.6)

Pure functions over observations; nothing here asks a store. Nothing is repaired: a check says what
was found, and a blank or absent operand never counts as zero.
"""
