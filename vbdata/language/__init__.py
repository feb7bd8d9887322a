"""Swedish running text: its sentences and words, their inflection, and the numbers that they state.

Beside the stages: it knows the vocabulary and no table.
"""
