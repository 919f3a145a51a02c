"""Comparisons across years and bodies: pure functions over figures that a store has gathered.

    standing        at loading: what a figure is a statement of, and which statement goes first
    gathered        what a store answers to `plan.Figures`
    units           which units count the same
    comparability   how far two figures may be set beside each other, and why no further
    chosen          of several statements of one figure the preferred one; where they disagree
    series          rows of points, missing years marked
    ranking         places, percentiles, quartiles among peers
    aggregates      sums and means that say what they leave out
    years           one body in two years: what appeared, vanished, changed
    moved           sentences of a section that were kept, moved or rewritten

Nothing here asks a store.
"""
